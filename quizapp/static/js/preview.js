// In the question editor: the question as a student sees it keeps up with what is being typed.
// Without this module it is shown as it was opened, and anew with every preview.

import { keepUpWith } from "./typing.js";

const form = document.querySelector("[data-preview]");
const part = document.querySelector("#preview-part");

// What the teacher has opened in the preview stays open, and its place stays where it is looked at.
function show(nodes) {
  const open = [...part.querySelectorAll("details")].map((details) => details.open);
  part.replaceChildren(...nodes);
  part.querySelectorAll("details").forEach((details, place) => {
    details.open = open[place] ?? details.open;
  });
}

document.querySelectorAll("[data-preview-button]").forEach((button) => {
  button.hidden = true; // the preview is there at all times
});
keepUpWith(form, form.dataset.preview, show);
