// In the editor of a passage: select words of the text, by mouse, finger or keyboard, press the button, and they stand
// in a record note. Without this module the same is done by copying the words into the note.

const line = document.querySelector("[data-note-words]");
const button = line.querySelector("button");
const says = line.querySelector("[role=status]");
const text = document.querySelector("textarea[name=text]");
let chosen = ""; // what was selected last: pressing the button may take the selection away

function inTextField() {
  return document.activeElement === text ? text.value.slice(text.selectionStart, text.selectionEnd) : "";
}

function inPreview() {
  const selection = document.getSelection();
  const inside = (node) => (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest("[data-note-source]");
  return inside(selection.anchorNode) && inside(selection.focusNode) ? selection.toString() : "";
}

function remember() {
  if (line.contains(document.activeElement)) return;
  chosen = (inTextField() || inPreview()).replace(/\s+/g, " ").trim();
  says.textContent = chosen ? `“${chosen.length > 60 ? `${chosen.slice(0, 60)}…` : chosen}”` : "";
}

line.hidden = false;
document.addEventListener("selectionchange", remember);
text.addEventListener("select", remember);
button.addEventListener("pointerdown", (event) => event.preventDefault());
button.addEventListener("click", () => {
  const free = [...document.querySelectorAll("[data-note-quote]")].find((quote) => !quote.value.trim());
  if (!chosen || !free) {
    says.textContent = chosen ? says.dataset.full : says.dataset.none;
    return;
  }
  const folded = free.closest("details");
  if (folded) folded.open = true;
  free.value = chosen;
  chosen = "";
  says.textContent = "";
  free.focus();
});
