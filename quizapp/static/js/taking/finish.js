// The last page before the submission: nothing is submitted while an answer is unsent. What is left in the outbox is
// sent as soon as the page opens; then the page is fetched anew, because its list of open questions has changed.

import { isCutOff } from "./leaving.js";
import { numbersOf } from "./page.js";

const PATIENCE = 10_000; // milliseconds

let isFinishing = false;
let isWarned = false; // of answers that cannot be read

function say(page, text) {
  const box = page.root.querySelector("[data-unsent]");
  if (!box) return;
  box.textContent = text;
  box.hidden = text === "";
}

/** Send what is unsent. Whether the attempt may be submitted, else it is said why not. */
export async function mayFinish(page) {
  isFinishing = true;
  try {
    return await decide(page);
  } finally {
    isFinishing = false;
  }
}

async function decide(page) {
  const { words, courier, attempt } = page;
  await courier.flush(attempt, PATIENCE);
  const unsent = page.unsent();
  if (unsent.length) return refuse(page, words("finish-unsaved", { questions: numbersOf(unsent) }));
  if (await isCutOff(page)) return refuse(page, words("stay-offline"));
  const unreadable = page.unsent({ unreadable: true });
  if (!unreadable.length || isWarned) return true;
  isWarned = true;
  return refuse(page, words("finish-refused", { questions: numbersOf(unreadable) }));
}

function refuse(page, text) {
  say(page, text);
  return false;
}

export function startFinish(page) {
  if (!page.root.querySelector("form[data-submit]")) return;
  page.courier.addEventListener("saved", ({ detail: { entry } }) => {
    if (entry.attempt === page.attempt && !isFinishing && !page.unsent().length) location.reload();
  });
}
