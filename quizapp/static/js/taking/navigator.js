// The places of the questions keep up with what is saved and flagged.

import { isAnswered } from "./controls.js";

export function startNavigator(page) {
  const { root, words, isTest } = page;
  const links = [...root.querySelectorAll("[data-navigator] a[data-goto]")];
  const places = new Map(links.map((link) => [Number(link.dataset.goto), link]));

  function mark(position, { answered, flagged }) {
    const link = places.get(position);
    const item = link?.closest("li");
    if (!item) return;
    // In practice a question is done once it is checked, which only a page of the server's tells.
    if (isTest && answered !== undefined) item.classList.toggle("done", answered);
    if (flagged !== undefined) item.classList.toggle("flagged", flagged);
    const state = words(item.classList.contains("done") ? "answered" : "open");
    const flag = item.classList.contains("flagged") ? [words("flagged")] : [];
    link.setAttribute("aria-label", [words("place", { number: position }), state, ...flag].join(", "));
  }

  page.courier.addEventListener("saved", ({ detail: { entry } }) => {
    if (entry.attempt === page.attempt && entry.values) mark(entry.slot, { answered: isAnswered(entry) });
  });
  page.addEventListener("flagged", ({ detail: { position, flagged } }) => mark(position, { flagged }));
  page.addEventListener("standing", ({ detail }) => {
    for (const { position, answered, flagged } of detail.slots ?? []) {
      mark(position, page.outbox.get(page.attempt, position) ? {} : { answered, flagged });
    }
  });
}
