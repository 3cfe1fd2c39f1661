// Keeps the table of a running assignment up to date. The server is asked every few seconds while the page is seen, and
// answers 304 while nothing has changed. Only cells whose words differ are exchanged, so that the keyboard, what is
// unfolded and what is being typed stay where they are. Without this module there is the link “Refresh”.

import { showOwnTimes } from "./local-times.js";
import { askForPart } from "./part.js";

const EVERY = 5_000; // milliseconds
const SIGNED_OUT = 302;
const PATIENCE = 15_000; // milliseconds until a request without a reply counts as failed

const state = document.querySelector("[data-live]");
const says = document.querySelector("[data-live-says]");
const part = document.querySelector("[data-live-part]");
const language = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(language, { timeStyle: "medium", hourCycle: "h23" });

let version = null;
let lastContact = new Date();
let isLost = false;
let next = null;
const known = new Map(); // what the server last said in each cell, as `said` has it

/** The words of a cell without what differs each time: the form's token, and a time that may be the reader's own. */
const said = (words) => words.replace(/(name="csrf_token" value=)"[^"]*"/g, "$1").replace(/(<time[^>]*>)[^<]*/g, "$1");

const cells = (root) => [...root.querySelectorAll("[data-cell]")];
const rowsOf = (root) => [...root.querySelectorAll("[data-row]")].map((row) => row.dataset.row).join(" ");

function tell(name, time) {
  state.classList.toggle("lost", name !== "live");
  state.textContent = state.getAttribute(`data-words-${name}`).replace("{time}", clock.format(time));
}

/** What has the keyboard inside of a cell, by its place among what can have it. */
function focusIn(cell) {
  const all = [...cell.querySelectorAll("a, button, input, summary")];
  return all.indexOf(document.activeElement);
}

function exchange(cell, told) {
  const place = focusIn(cell);
  // A form that is being filled in is left alone until the keyboard goes elsewhere.
  if (place >= 0 && cell.querySelector("details[open]")) return false;
  cell.replaceChildren(...told.childNodes);
  showOwnTimes(cell);
  if (place >= 0) [...cell.querySelectorAll("a, button, input, summary")][place]?.focus();
  return true;
}

/** Show what the server says; whether all of it is shown. */
function take(told) {
  if (rowsOf(told) !== rowsOf(part)) {
    part.replaceChildren(...told.childNodes);
    remember();
    showOwnTimes(part);
    return true;
  }
  let isWhole = true;
  const news = new Map(cells(told).map((cell) => [cell.dataset.cell, cell]));
  for (const cell of cells(part)) {
    const newer = news.get(cell.dataset.cell);
    if (newer === undefined) continue;
    const words = said(newer.innerHTML);
    if (words === known.get(cell.dataset.cell)) continue;
    if (exchange(cell, newer)) known.set(cell.dataset.cell, words);
    else isWhole = false;
  }
  return isWhole;
}

function remember() {
  known.clear();
  for (const cell of cells(part)) known.set(cell.dataset.cell, said(cell.innerHTML));
}

async function ask() {
  const reply = await askForPart(state.dataset.address, { version, patience: PATIENCE });
  if (reply.isElsewhere) return SIGNED_OUT;
  if (reply.status === 200) version = take(reply.body) ? reply.version : null;
  return reply.status;
}

async function look() {
  clearTimeout(next);
  try {
    const status = await ask();
    if (status === SIGNED_OUT || status === 404) return tell("out", lastContact);
    if (status !== 200 && status !== 304) throw new Error(String(status));
    lastContact = new Date();
    tell("live", lastContact);
    if (isLost) says.textContent = "";
    isLost = false;
  } catch {
    tell("lost", lastContact);
    if (!isLost) says.textContent = state.textContent;
    isLost = true;
  }
  if (document.visibilityState === "visible") next = setTimeout(look, EVERY);
}

if (state && part) {
  remember();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
    else clearTimeout(next);
  });
  addEventListener("online", look);
  next = setTimeout(look, EVERY);
}
