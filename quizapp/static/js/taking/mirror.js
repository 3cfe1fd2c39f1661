// Two pages of one attempt in one browser show the same: what is answered on one appears on the others, so that an old
// page does not pass for the newest. Words that stand unsaved on this page are not written over; their question says so.
// A page or device elsewhere may have saved, too: the server tells when it is asked how the attempt stands. So it does
// of an answer made here that another page has brought to it.

import { isSameAnswer } from "./controls.js";

const WAIT = 5_000; // milliseconds that the page on which something was answered has to send it itself

export function startMirror(page) {
  const { outbox, courier, standing } = page;
  const shown = new Map(); // slot: the revision of another page's answer that it shows
  const taken = new Map(); // slot: the revision of its own answer that another page has taken out of the outbox

  function fallBehind(slot, revision) {
    slot.acknowledge(revision);
    slot.state = "behind";
    page.tell("behind", { slot });
  }

  function take(slot, entry) {
    if (isSameAnswer(entry, slot.kept)) return;
    if (slot.state !== "clean" || slot.isChanged) return fallBehind(slot, entry.revision);
    slot.show(entry);
    shown.set(slot, entry.revision);
    page.tell("mirrored", { slot });
  }

  function isSavedElsewhere(slot, position, revision) {
    return slot.state === "unsent" && taken.get(slot) === revision && !outbox.get(page.attempt, position);
  }

  outbox.whenChangedElsewhere((attempt, position, entry, was) => {
    const slot = page.slotOf({ attempt, slot: position });
    if (entry) courier.sendLater(entry, WAIT);
    if (slot && entry?.values) take(slot, entry);
    if (slot && !entry) slot.acknowledge(shown.get(slot));
    if (slot?.state === "unsent" && !entry && was) {
      taken.set(slot, was.revision);
      standing.ask();
    }
  });

  page.addEventListener("standing", ({ detail }) => {
    for (const { position, revision } of detail.slots ?? []) {
      const slot = page.slots.get(position);
      if (slot && isSavedElsewhere(slot, position, revision)) {
        slot.acknowledge(revision);
        slot.state = "clean";
        page.tell("saved-elsewhere", { slot });
      }
      const isStill = slot?.state === "clean" && !slot.isChanged && !outbox.get(page.attempt, position);
      if (isStill && revision > slot.revision) fallBehind(slot, revision);
    }
  });
}
