// Marking by keyboard: digits give points, Ctrl+Enter saves and goes on, j and k go from answer to answer.
// Without this module everything has its control on the page. While something is typed, only Ctrl+Enter is a command;
// the single keys can be switched off, because they get in the way of some who speak to their computer.

import { recall, remember } from "./remembered.js";

const form = document.querySelector("form.marks");
const keys = document.querySelector("[data-marking-keys]");
const single = document.querySelector("#single-keys");
const said = document.querySelector("[data-keys-said]");
const criteria = [...form.querySelectorAll("select")];
const SWITCH = "marking-keys";
let changed = false;

function isTyping(target) {
  return target.isContentEditable || target.matches("textarea, input:not([type=checkbox], [type=radio])");
}

function go(relation) {
  document.querySelector(`a[rel=${relation}]`)?.click();
}

function give(points) {
  const here = criteria.find((one) => one === document.activeElement) ?? criteria.find((one) => one.value === "");
  if (!here) return;
  if (![...here.options].some((option) => option.value === points)) {
    said.textContent = said.dataset.words.replace("{points}", points);
    here.focus();
    return;
  }
  here.value = points;
  here.dispatchEvent(new Event("change", { bubbles: true }));
  const next = criteria[criteria.indexOf(here) + 1];
  (next ?? here).focus();
  said.textContent = here.selectedOptions[0].textContent;
}

const COMMANDS = { j: () => go("next"), "]": () => go("next"), k: () => go("prev"), "[": () => go("prev") };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-save-and-next]"));
    return;
  }
  if (event.ctrlKey || event.metaKey || !single.checked || isTyping(event.target)) return;
  const command = /^[0-9]$/.test(event.key) ? () => give(event.key) : COMMANDS[event.key];
  if (command) {
    event.preventDefault();
    command();
  }
});

form.addEventListener("input", () => (changed = true));
form.addEventListener("change", (event) => (changed ||= event.target !== single));
form.addEventListener("submit", () => (changed = false));
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

single.checked = !recall(SWITCH)?.off;
single.addEventListener("change", () => remember(SWITCH, single.checked ? {} : { off: true }));
keys.hidden = false;
