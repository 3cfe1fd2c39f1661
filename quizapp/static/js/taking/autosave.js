// Every change of an answer is kept in the browser at once and sent: a choice at once, writing after a short rest.
// An answer that was kept but not sent when the page was last here is put back and sent.

import { isOfAnswer, isWrittenIn } from "./controls.js";

const REST = 600; // milliseconds without a key until what is written is sent
const LONGEST = 5_000; // and the longest that somebody who writes on and on goes unsaved

export function startAutosave(page) {
  forgetTyping(page.root);
  restore(page);
  page.keepAll();
  listen(page);
}

// The browser's own memory of forms would put back what it pleases, without telling whether it was saved.
function forgetTyping(root) {
  for (const form of root.querySelectorAll("form[data-answers]")) form.setAttribute("autocomplete", "off");
}

function restore(page) {
  const { attempt, slots, outbox } = page;
  for (const slot of slots.values()) {
    const entry = outbox.get(attempt, slot.position);
    if (!entry || entry.values === null) continue;
    if (entry.revision <= slot.revision) {
      outbox.settle(attempt, slot.position, entry.revision);
    } else if (!slot.isChanged) {
      outbox.amend(entry, { refused: false });
      slot.show(entry);
      slot.state = "unsent";
      page.tell("kept", { slot });
    }
  }
}

function listen(page) {
  const { root, attempt, recorder, courier } = page;
  const resting = new Map(); // slot: {timer, since}

  function sendNow(slot) {
    clearTimeout(resting.get(slot)?.timer);
    resting.delete(slot);
    courier.send({ attempt, slot: slot.position });
  }

  function sendAfterRest(slot) {
    const { timer, since } = resting.get(slot) ?? { since: performance.now() };
    clearTimeout(timer);
    const left = Math.max(0, Math.min(REST, since + LONGEST - performance.now()));
    resting.set(slot, { since, timer: setTimeout(() => sendNow(slot), left) });
  }

  function keep({ target, type }) {
    const slot = isOfAnswer(target) ? page.slotAt(target) : null;
    if (!slot) return;
    if (recorder.keep(slot)) page.tell("kept", { slot });
    else if (!resting.has(slot)) return;
    if (type === "input" && isWrittenIn(target)) sendAfterRest(slot);
    else sendNow(slot);
  }

  function sendAllNow() {
    page.keepAll();
    for (const slot of page.slots.values()) sendNow(slot);
  }

  for (const type of ["input", "change", "focusout"]) root.addEventListener(type, keep);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && sendAllNow());
}
