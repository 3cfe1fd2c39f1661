// Tells at each question whether its answer is saved. What is seen changes with every step; what is read out changes
// only where it means something new, so that nobody has to listen to “Saving …” while writing.

import { timeOfDay } from "./words.js";

function part(element, attribute) {
  const found = element.querySelector(`[${attribute}]`);
  if (found) return found;
  const made = document.createElement("span");
  made.setAttribute(attribute, "");
  element.append(made);
  return made;
}

function begin(element) {
  element.replaceChildren();
  part(element, "data-seen").setAttribute("aria-hidden", "true");
  part(element, "data-heard").className = "visually-hidden";
}

function say(slot, state, text, aloud = true) {
  const element = slot.section.querySelector("[data-save-state]");
  if (!element) return;
  if (!element.querySelector("[data-seen]")) begin(element);
  element.dataset.saveState = state;
  part(element, "data-seen").textContent = text;
  const heard = part(element, "data-heard");
  if (aloud && heard.textContent !== text) heard.textContent = text;
}

export function startSaveState(page) {
  const { words, outbox } = page;
  const at = ({ entry }) => (entry.values === null ? null : page.slotOf(entry));
  const unsaved = (entry) => words(outbox.isPageOnly(entry) ? "unsaved-page-only" : "unsaved");
  const tell = (kind, show) =>
    page.courier.addEventListener(kind, ({ detail }) => {
      const slot = at(detail);
      if (slot) show(slot, detail);
    });

  page.addEventListener("kept", ({ detail: { slot } }) => {
    const waits = slot.section.querySelector("[data-save-state]")?.dataset.saveState === "unsaved";
    if (!waits) say(slot, "saving", words("saving"), false);
  });
  tell("saved", (slot, { saved }) => {
    if (slot.state === "clean") say(slot, "saved", words("saved", { time: timeOfDay(saved ?? page.clock.now()) }));
  });
  for (const kind of ["failed", "stale", "unknown"]) {
    tell(kind, (slot, { entry }) => say(slot, "unsaved", unsaved(entry)));
  }
  for (const kind of ["refused", "too-large", "newer", "closed"]) {
    tell(kind, (slot) => slot.state !== "unsent" && say(slot, "refused", words("refused"), false));
  }
  page.addEventListener("saved-elsewhere", ({ detail: { slot } }) =>
    say(slot, "saved", words("saved", { time: timeOfDay(page.clock.now()) })),
  );
  page.addEventListener("mirrored", ({ detail: { slot } }) => say(slot, "saving", "", false));
}
