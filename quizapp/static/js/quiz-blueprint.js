// On a quiz's page: what the quiz would give with the draw that is being chosen, before it is added.
// Without this module the table shows what the quiz gives as it stands.

import { askForPart } from "./part.js";

const form = document.querySelector("[data-blueprint]");
const table = document.querySelector("#blueprint-tables");
const PAUSE = 300; // milliseconds without a change before the server is asked
let waiting;
let asked = 0;

async function ask() {
  const turn = ++asked;
  try {
    const { status, isElsewhere, body } = await askForPart(form.dataset.blueprint, { form });
    if (status === 200 && !isElsewhere && turn === asked) table.replaceChildren(...body.childNodes);
  } catch {
    // No connection: the table stays, and the next change asks again.
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
