// A student's own marks in the passages. They are painted over the page and change nothing in it, so that evidence,
// notes and anchors stay as they are. A mark is kept as a stretch of the passage's characters, white space and the
// numbers of notes left out: the same passage bears it on every page, whatever else is marked there.

import { recall, remember, whenChangedElsewhere } from "./remembered.js";

const panel = document.querySelector(".reading-help");
const passages = [...document.querySelectorAll("[data-passage][data-passage-version]")];
const WORD = /[\p{L}\p{M}\p{N}]/u;
const BELOW = 10; // pixels between the words and the button, clear of the handles of a finger's selection

const nameOf = (passage) => `marks:${passage.dataset.passage}:${passage.dataset.passageVersion}`;

// A passage's text as its pieces stand in the page, and where in it every character is that is no white space.
const texts = new Map();

function textOf(passage) {
  if (!texts.has(passage)) texts.set(passage, readText(passage));
  return texts.get(passage);
}

function readText(passage) {
  const counts = (node) => (node.parentElement.closest(".note-mark") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT, counts);
  const pieces = [];
  let words = "";
  while (walker.nextNode()) {
    pieces.push({ node: walker.currentNode, start: words.length });
    words += walker.currentNode.data;
  }
  return { pieces, words, solid: [...words.matchAll(/\S/g)].map((found) => found.index) };
}

// Stretches are pairs [start, end) of counted characters.
const isStretch = (pair) => Array.isArray(pair) && pair.every(Number.isInteger) && 0 <= pair[0] && pair[0] < pair[1];

function marksOf(passage) {
  const found = recall(nameOf(passage));
  return Array.isArray(found) ? found.filter(isStretch) : [];
}

function joined(marks, [start, end]) {
  const meets = ([from, to]) => from <= end && to >= start;
  const met = [[start, end], ...marks.filter(meets)];
  const whole = [Math.min(...met.map(([from]) => from)), Math.max(...met.map(([, to]) => to))];
  return [...marks.filter((mark) => !meets(mark)), whole].sort((one, other) => one[0] - other[0]);
}

function without(marks, [start, end]) {
  const left = ([from, to]) => [[from, Math.min(to, start)], [Math.max(from, end), to]];
  return marks.flatMap(left).filter(isStretch);
}

const isMarked = ({ passage, stretch: [start, end] }) => marksOf(passage).some(([from, to]) => from <= start && end <= to);

// From marks to the page.
function rangesOf(passage) {
  const { pieces, solid } = textOf(passage);
  return marksOf(passage)
    .filter(([, end]) => end <= solid.length)
    .flatMap(([start, end]) => pieces.flatMap((piece) => rangeIn(piece, solid[start], solid[end - 1] + 1)));
}

function rangeIn({ node, start }, from, to) {
  const first = Math.max(from - start, 0);
  const last = Math.min(to - start, node.length);
  if (first >= last) return [];
  const range = new Range();
  range.setStart(node, first);
  range.setEnd(node, last);
  return [range];
}

function draw() {
  const ranges = passages.flatMap(rangesOf);
  CSS.highlights.set("my-marks", new Highlight(...ranges));
  panel.querySelector("[data-unmark-all]").hidden = ranges.length === 0;
}

// From what is selected to stretches, in whole words. A click into a mark chooses that mark.
function chosenIn(passage, range) {
  const touched = textOf(passage).pieces.filter(({ node }) => range.intersectsNode(node));
  if (!touched.length) return [];
  const first = touched.at(0);
  const last = touched.at(-1);
  const start = first.start + (first.node === range.startContainer ? range.startOffset : 0);
  const end = last.start + (last.node === range.endContainer ? range.endOffset : last.node.length);
  const stretch = range.collapsed ? markAt(passage, start) : wordsBetween(passage, start, end);
  return stretch && isStretch(stretch) ? [{ passage, stretch }] : [];
}

function counted(passage, offset) {
  return textOf(passage).solid.filter((place) => place < offset).length;
}

function markAt(passage, offset) {
  const at = counted(passage, offset);
  return marksOf(passage).find(([from, to]) => from <= at && at < to);
}

function wordsBetween(passage, from, to) {
  const { words } = textOf(passage);
  const inWord = (offset) => WORD.test(words[offset - 1] ?? "") && WORD.test(words[offset] ?? "");
  let [start, end] = [from, to];
  while (inWord(start)) start -= 1;
  while (inWord(end)) end += 1;
  return [counted(passage, start), counted(passage, end)];
}

function chosenStretches() {
  const selection = document.getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0) : null;
  return range ? passages.flatMap((passage) => chosenIn(passage, range)) : [];
}

function start() {
  const on = panel.querySelector("[data-switch=marker] input");
  const question = document.querySelector("[data-unmark-all-question]");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small mark-words";
  button.hidden = true;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.role = "status";
  document.querySelector("main").append(button, status);
  let chosen = [];
  let selecting = false; // the mouse is down: the button waits for its release
  let pressing = false; // a finger on the button may end the selection; what was chosen counts

  function offer() {
    if (selecting || pressing) return;
    chosen = on.checked ? chosenStretches() : [];
    button.hidden = chosen.length === 0;
    if (!button.hidden) place();
  }

  function place() {
    button.textContent = chosen.every(isMarked) ? panel.dataset.unmark : panel.dataset.mark;
    const box = [...document.getSelection().getRangeAt(0).getClientRects()].at(-1);
    if (!box) return;
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - button.offsetWidth - 8));
    const top = Math.max(8, Math.min(box.bottom + BELOW, innerHeight - button.offsetHeight - 8));
    button.style.setProperty("left", `${left + scrollX}px`);
    button.style.setProperty("top", `${top + scrollY}px`);
  }

  function press() {
    const unmarking = chosen.every(isMarked);
    const change = unmarking ? without : joined;
    for (const { passage, stretch } of chosen) remember(nameOf(passage), change(marksOf(passage), stretch));
    draw();
    status.textContent = unmarking ? panel.dataset.unmarked : panel.dataset.marked;
    const selection = document.getSelection();
    if (selection.rangeCount) selection.collapseToEnd();
    pressing = false;
    chosen = [];
    button.hidden = true;
  }

  document.addEventListener("selectionchange", offer);
  document.addEventListener("pointerdown", (event) => {
    selecting = event.pointerType === "mouse" && event.target !== button;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      selecting = false;
      if (end === "pointercancel") pressing = false;
      offer();
    });
  }
  on.addEventListener("change", offer);
  button.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    pressing = true;
  });
  document.addEventListener("click", (event) => {
    if (event.target === button) press();
    pressing = false;
  });
  document.addEventListener("keydown", (event) => {
    const elsewhere = document.activeElement?.closest("a, button, input, select, textarea, summary, dialog");
    if (event.key !== "Enter" || elsewhere) return;
    offer();
    if (button.hidden) return;
    event.preventDefault();
    press();
  });

  panel.querySelector("[data-unmark-all]").addEventListener("click", () => {
    question.returnValue = "";
    question.showModal();
  });
  question.addEventListener("close", () => {
    if (question.returnValue !== "remove") return;
    for (const passage of passages) remember(nameOf(passage), []);
    on.focus();
    draw();
    status.textContent = panel.dataset.allUnmarked;
  });

  panel.querySelector("[data-switch=marker]").hidden = false;
  whenChangedElsewhere(draw);
  draw();
}

if (passages.length && "highlights" in CSS) start();
