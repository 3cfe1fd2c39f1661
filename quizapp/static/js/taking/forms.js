// The forms of an attempt's page are sent once, however often the button is pressed, and only after what is unsent has
// been sent: what the page has not been able to save must not be lost to a page of the browser's that says “offline”.

import { hasToWait, mayLeave } from "./leaving.js";
import { mayFinish } from "./finish.js";

const LOCKED = 15_000; // milliseconds until a form may be sent again, should its answer never come

const readied = new WeakSet(); // forms that have waited for what had to be saved
const busy = new WeakSet(); // forms that wait, or are on their way

// A form cannot be sent from within its own submit event, where what has nothing to wait for would go on.
const eventIsOver = (value) => new Promise((done) => setTimeout(done, 0, value));

/** Send a form that has nothing to wait for any more. */
export function submitNow(form, submitter = null) {
  readied.add(form);
  form.requestSubmit(submitter);
}

function lock(form) {
  busy.add(form);
  // Only after the browser has taken the pressed button's value.
  setTimeout(() => setButtons(form, true));
  setTimeout(() => unlock(form), LOCKED);
}

function unlock(form) {
  busy.delete(form);
  setButtons(form, false);
}

function setButtons(form, locked) {
  for (const button of form.elements) {
    if (button.type !== "submit") continue;
    if (locked && !button.disabled) button.dataset.locked = "";
    if (locked || "locked" in button.dataset) button.disabled = locked;
    if (!locked) delete button.dataset.locked;
  }
}

const isDialog = (form, submitter) => (submitter?.formMethod || form.method) === "dialog";

const slotsIn = (page, form) => [...page.slots.values()].filter(({ section }) => form.contains(section));

const isOpenMatter = ({ state }) => state === "refused" || state === "behind";

function hasOpenMatter(page, form) {
  if (form.matches("[data-submit]")) return page.unsent({ unreadable: true }).length > 0;
  return slotsIn(page, form).some(isOpenMatter);
}

/** Whether the form's answers are all settled; otherwise the keyboard goes to the first that is not. */
function areSettled(page, form) {
  const unsettled = slotsIn(page, form).find(isOpenMatter);
  if (!unsettled) return true;
  page.tell("say-problems");
  unsettled.section.querySelector("[role=alert]")?.focus();
  return false;
}

async function mayGo(page, form) {
  if (form.matches("[data-submit]")) return mayFinish(page);
  if (!form.matches("[data-answers]")) return mayLeave(page, form);
  return (await mayLeave(page, form, { onlyUnsent: true })) && areSettled(page, form);
}

function go(page, form, submitter) {
  const next = submitter?.dataset.next;
  if (next === undefined || slotsIn(page, form).some((slot) => slot.isAskedAgain)) submitNow(form, submitter);
  else if (next) location.assign(next);
}

export function startForms(page) {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || isDialog(form, submitter)) return;
    if (busy.has(form)) {
      event.preventDefault();
      return;
    }
    const isFree = !hasToWait(page) && !hasOpenMatter(page, form) && submitter?.dataset.next === undefined;
    if (readied.delete(form) || isFree) {
      for (const slot of slotsIn(page, form)) slot.prepareForm();
      lock(form);
      return;
    }
    event.preventDefault();
    busy.add(form);
    mayGo(page, form)
      .catch((error) => {
        console.error(error);
        return true;
      })
      .then(eventIsOver)
      .then((may) => {
        busy.delete(form);
        if (may) go(page, form, submitter);
      });
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) unlock(form);
  });
}
