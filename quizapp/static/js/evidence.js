// In the question editor: select words of a passage, press the button that appears, and they stand in an evidence row.
// Without this module the same is done by copying the words into the row.

const button = document.createElement("button");
button.type = "button";
button.className = "button small use-words";
button.textContent = document.querySelector("[data-use-words]").dataset.useWords;
button.hidden = true;
document.body.append(button);

function selectedWords() {
  const selection = document.getSelection();
  const words = selection.toString().replace(/\s+/g, " ").trim();
  const anchor = selection.anchorNode?.parentElement?.closest("[data-passage]");
  const focus = selection.focusNode?.parentElement?.closest("[data-passage]");
  return words && anchor && anchor === focus ? { words, passage: anchor.dataset.passage, range: selection.getRangeAt(0) } : null;
}

function firstFreeRow() {
  const rows = [...document.querySelectorAll("[data-evidence-row]")];
  return rows.find((row) => !row.querySelector("textarea").value.trim()) ?? rows.at(-1);
}

document.addEventListener("selectionchange", () => {
  const chosen = selectedWords();
  button.hidden = !chosen;
  if (chosen) {
    const box = chosen.range.getBoundingClientRect();
    button.style.setProperty("inset-block-start", `${box.bottom + scrollY + 6}px`);
    button.style.setProperty("inset-inline-start", `${Math.max(8, box.left + scrollX)}px`);
  }
});

button.addEventListener("pointerdown", (event) => event.preventDefault());
button.addEventListener("click", () => {
  const chosen = selectedWords();
  const row = firstFreeRow();
  if (!chosen || !row) return;
  row.querySelector("select").value = chosen.passage;
  row.querySelector("textarea").value = chosen.words;
  document.getSelection().removeAllRanges();
  row.querySelector("textarea").focus();
});
