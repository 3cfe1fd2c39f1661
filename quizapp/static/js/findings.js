// In the question editor: what the rules of item writing say keeps up with what is being typed.
// Without this module the same is shown with every preview and after every save.

import { keepUpWith } from "./typing.js";

const form = document.querySelector("[data-findings]");
const list = document.querySelector("#findings-list");
const count = document.querySelector("[data-findings-count]");

// Where the window is narrow the findings stand below the form; a figure above it says how many there are.
function tell() {
  const found = list.querySelectorAll(".findings > li").length;
  count.textContent = found ? `(${found})` : "";
}

tell();
keepUpWith(form, form.dataset.findings, (nodes) => {
  list.replaceChildren(...nodes);
  tell();
});
