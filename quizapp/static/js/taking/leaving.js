// Before the page is left, what is unsent is sent; if that does not work, the page stays and says why. Pressing again
// goes on all the same, unless there is no connection: then there is no page to go to.

import { numbersOf } from "./page.js";

const PATIENCE = 3_000; // milliseconds that somebody who wants to go on is made to wait

let insistsOn = null; // where somebody wanted to go and was told why not

const isOfPage = (page) => (entry) => page.slots.has(entry.slot);

/** Whether something has to be done before the page can be left. */
export function hasToWait(page) {
  page.keepAll();
  const unreadable = page.unsent({ unreadable: true });
  return page.unsent().length > 0 || unreadable.some(isOfPage(page)) || !navigator.onLine;
}

/** Whether no page can be fetched. The browser may believe so of a computer that serves itself: only asking tells. */
export async function isCutOff(page) {
  return !navigator.onLine && !(await page.standing.canReach());
}

/** Send what is unsent. Whether the page may be left for `target` (a link's address, a form), else it is said why not. */
export async function mayLeave(page, target, { onlyUnsent = false } = {}) {
  const { notices, courier, attempt } = page;
  if (page.unsent().length) await courier.flush(attempt, PATIENCE);
  const unsent = page.unsent();
  const unreadable = onlyUnsent ? [] : page.unsent({ unreadable: true }).filter(isOfPage(page));
  const cutOff = await isCutOff(page);
  if (!cutOff && !unsent.length && !unreadable.length) {
    notices.settle("leaving");
    return true;
  }
  if (!cutOff && insistsOn === target) {
    page.isLeaving = true;
    return true;
  }
  insistsOn = target;
  notices.say("leaving", reason(page, cutOff, unsent, unreadable));
  page.tell("say-problems");
  return false;
}

function reason({ words, outbox }, cutOff, unsent, unreadable) {
  const questions = numbersOf(unsent.length ? unsent : unreadable);
  if (unsent.some((entry) => outbox.isPageOnly(entry))) return words("stay-page-only", { questions });
  if (cutOff) return words(unsent.length ? "stay-unsaved" : "stay-offline", { questions });
  return words(unsent.length ? "stay-retry" : "stay-refused", { questions });
}

function isWayOut(event, link) {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const isHere = link.target === "" || link.target === "_self";
  const isSamePage = link.hash !== "" && link.href.split("#")[0] === location.href.split("#")[0];
  return isPlain && isHere && !isSamePage && !link.hasAttribute("download") && link.protocol.startsWith("http");
}

export function startLeaving(page) {
  let deciding = false;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || !isWayOut(event, link) || !hasToWait(page)) return;
    event.preventDefault();
    if (deciding) return;
    deciding = true;
    mayLeave(page, link.href)
      .catch((error) => {
        console.error(error);
        return true;
      })
      .then((may) => {
        deciding = false;
        if (may) location.assign(link.href);
      });
  });

  addEventListener("beforeunload", (event) => {
    page.keepAll();
    const unreadable = page.unsent({ unreadable: true });
    if (page.isLeaving || !(page.unsent().length || unreadable.some(isOfPage(page)))) return;
    page.courier.sendAll();
    event.preventDefault();
  });

  addEventListener("pageshow", () => {
    page.isLeaving = false;
  });

  const settle = () => {
    if (!hasToWait(page)) page.notices.settle("leaving");
  };
  page.addEventListener("kept", () => {
    insistsOn = null;
  });
  for (const kind of ["saved", "newer", "closed"]) page.courier.addEventListener(kind, settle);
  addEventListener("online", settle);
}
