// In the question editor: select words of a passage, with a pointer or from word to word with the keys, and they stand
// in a row of quotes: the deciding words, or those against an option. What is chosen stays marked in the passage.
// Without this module the same is done by copying the words into a row.

import { highlightQuotes } from "./quotes.js";
import { walkByWords } from "./words.js";

const source = document.querySelector("[data-use-words]");
const words = source.dataset;
const form = document.querySelector("form[data-findings]");
const passages = [...source.querySelectorAll("[data-passage]")];
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
const lists = () => [...form.querySelectorAll("[data-quotes]")];

// What the words are for: one list of quotes of the form, by its name.
const chooser = document.createElement("p");
const target = document.createElement("select");
const label = document.createElement("label");
target.id = "words-target";
label.htmlFor = target.id;
label.textContent = words.wordsTarget;
chooser.className = "words-target";
chooser.append(label, " ", target);

function offerTargets() {
  const kept = target.value;
  target.replaceChildren(...lists().map((list) => new Option(list.dataset.target, list.dataset.quotes)));
  if (lists().some((list) => list.dataset.quotes === kept)) target.value = kept;
  else target.selectedIndex = lists().findIndex((list) => list.dataset.quotes === "evidence");
}

const chosenList = () => lists().find((list) => list.dataset.quotes === target.value);

// The button at the words selected.
const button = document.createElement("button");
button.type = "button";
button.className = "button small use-words";
button.hidden = true;
document.body.append(button);

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("aria-live", "polite");
source.append(said);

function selectedWords() {
  const selection = document.getSelection();
  const text = selection.toString().replace(/\s+/g, " ").trim();
  const [anchor, focus] = [selection.anchorNode, selection.focusNode].map((node) => node?.parentElement?.closest("[data-passage]"));
  if (!text || !anchor || anchor !== focus || !source.contains(anchor)) return null;
  return { text, passage: anchor.dataset.passage, range: selection.getRangeAt(0) };
}

function showButton() {
  const chosen = selectedWords();
  button.hidden = !chosen;
  if (!chosen) return;
  const box = chosen.range.getBoundingClientRect();
  button.textContent = filled(words.useWords, { target: chosenList()?.dataset.target ?? "" });
  button.style.setProperty("inset-block-start", `${box.bottom + scrollY + 6}px`);
  button.style.setProperty("inset-inline-start", `${Math.max(8, Math.min(box.left + scrollX, innerWidth - button.offsetWidth - 8))}px`);
}

// Rows: the first without words, or a new one, whose fields are called by the next number.
function freeRow(list) {
  const rows = [...list.querySelectorAll("[data-evidence-row]")];
  return rows.find((row) => !row.querySelector("textarea").value.trim()) ?? anotherRow(list);
}

function anotherRow(list) {
  const rows = [...list.querySelectorAll("[data-evidence-row]")];
  if (rows.length >= 40) return null;
  const row = rows.at(-1).cloneNode(true);
  const [before, after] = [rows.length - 1, rows.length].map((number) => `${list.dataset.quotes}-${number}-`);
  for (const element of row.querySelectorAll("[id], [name]")) {
    for (const name of ["id", "name"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace(before, after));
    }
  }
  for (const field of row.querySelectorAll("select, textarea")) {
    field.value = "";
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    const name = field.getAttribute("aria-label");
    field.setAttribute("aria-label", rows.length === 1 ? `${name}, 2` : name.replace(/\d+$/, String(rows.length + 1)));
  }
  for (const error of row.querySelectorAll(".field-error")) error.remove();
  rows.at(-1).after(row);
  return row;
}

function use() {
  const chosen = selectedWords();
  const list = chosenList();
  if (!chosen || !list) return;
  const row = freeRow(list);
  if (!row) {
    said.textContent = words.noRoom;
    return;
  }
  row.querySelector("select").value = chosen.passage;
  const quote = row.querySelector("textarea");
  quote.value = chosen.text;
  row.closest("details")?.setAttribute("open", "");
  button.hidden = true;
  said.textContent = filled(words.used, { target: list.dataset.target, words: chosen.text });
  quote.dispatchEvent(new Event("input", { bubbles: true }));
  if (passages.includes(document.activeElement)) document.getSelection().collapseToEnd();
  else {
    document.getSelection().removeAllRanges();
    quote.focus();
  }
}

document.addEventListener("selectionchange", showButton);
button.addEventListener("pointerdown", (event) => event.preventDefault());
button.addEventListener("click", use);
target.addEventListener("change", showButton);

// Whoever stands in a row of quotes wants the next words to be there.
form.addEventListener("focusin", (event) => {
  const list = event.target.closest("[data-quotes]");
  if (list) target.value = list.dataset.quotes;
});
form.addEventListener("click", (event) => {
  const more = event.target.closest("[data-another-row]");
  const list = more?.closest("[data-quotes]");
  if (!list) return;
  event.preventDefault();
  const row = anotherRow(list);
  if (row) row.querySelector("select").focus();
});

// From a list of quotes straight into the passage, to choose the words there.
function offerTheWay(list) {
  const way = document.createElement("button");
  way.type = "button";
  way.className = "link choose-words";
  way.textContent = words.choose;
  list.append(" ", way);
  way.addEventListener("click", () => {
    target.value = list.dataset.quotes;
    const rows = [...list.querySelectorAll("[data-evidence-row]")];
    const named = rows.map((row) => row.querySelector("select").value).filter(Boolean).at(-1);
    const passage = passages.find((text) => text.dataset.passage === named) ?? passages.find((text) => text.closest("details").open) ?? passages[0];
    passage.closest("details").open = true;
    passage.focus();
    passage.scrollIntoView({ block: "nearest" });
  });
}

if (passages.length) {
  source.querySelector("h2").after(chooser);
  offerTargets();
  lists().forEach(offerTheWay);
  for (const passage of passages) {
    passage.setAttribute("aria-label", filled(words.passageLabel, { title: passage.dataset.title }));
    walkByWords(passage, { hint: words.hint, use, say: (text) => (said.textContent = text) });
  }
  const quotesIn = (slug) =>
    [...form.querySelectorAll("[data-evidence-row]")]
      .filter((row) => row.querySelector("select").value === slug)
      .map((row) => ({ text: row.querySelector("textarea").value, deciding: row.closest("[data-quotes]").dataset.quotes === "evidence" }));
  const mark = () => highlightQuotes(passages, quotesIn);
  form.addEventListener("input", mark);
  form.addEventListener("change", mark);
  mark();
}
