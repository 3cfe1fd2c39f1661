// An attempt may end while its page is open: submitted on another page, by its deadline, or shown again by the Back
// button. Then the page leads to the review; but where an answer came too late, it says so first and waits.

import { numbersOf } from "./page.js";

export function startEnding(page) {
  const { words, notices, courier, attempt } = page;
  const late = new Map(); // slot: entry that was not taken

  courier.addEventListener("closed", ({ detail: { entry, review } }) => {
    if (entry.attempt !== attempt || entry.values === null) return;
    late.set(entry.slot, entry);
    const text = words("closed", { questions: numbersOf([...late.values()]) });
    notices.say("closed", text, { address: review, text: words("closed-link") });
  });

  page.addEventListener("standing", ({ detail }) => {
    if (detail.open) return;
    if (page.unsent().length) courier.sendAll(attempt);
    else if (!late.size) page.goToReview();
  });
}
