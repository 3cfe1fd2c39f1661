// The time left by the server's clock, and what happens when it is up: what is unsent is sent, and the attempt handed
// in. The deadline may move while the page is open, because a teacher gives more time.

import { submitNow } from "./forms.js";
import { timeLeft, untilNextWords } from "./time-left.js";
import { timeOfDay } from "./words.js";

const MINUTE = 60_000; // milliseconds
const TOLD_AT = [10, 5, 1]; // minutes before the end
const ON_THE_DOT = 5_000; // milliseconds after such a moment in which it is told as that many minutes
const SETTLING = 1_000; // milliseconds that a screen reader needs with a new page before it is told anything
const LAST_SENDING = 5_000; // milliseconds for what is unsent at the end
const NEXT_TRY = 5_000; // milliseconds

export function startTimer(page) {
  const element = page.root.querySelector("[data-timer]");
  if (element && page.root.dataset.deadline) new Timer(page, element).start();
}

class Timer {
  #page;
  #element;
  #deadline;
  #next;
  #isEnding = false;

  constructor(page, element) {
    this.#page = page;
    this.#element = element;
    this.#deadline = Number(page.root.dataset.deadline);
  }

  get #left() {
    return this.#deadline - this.#page.clock.now();
  }

  start() {
    this.#page.addEventListener("standing", ({ detail }) => this.#move(detail.deadline));
    this.#show(this.#left);
    this.#next = setTimeout(() => this.#tick(), SETTLING);
  }

  #tick() {
    clearTimeout(this.#next);
    const left = this.#left;
    if (left === Infinity) return;
    if (left <= 0) {
      this.#end();
      return;
    }
    this.#show(left);
    this.#announce(left);
    this.#next = setTimeout(() => this.#tick(), Math.min(untilNextWords(left), MINUTE));
  }

  #show(left) {
    const text = timeLeft(left, this.#page.words);
    const place = this.#element.querySelector("[data-time-left]");
    if (place.textContent !== text) place.textContent = text;
    this.#element.classList.toggle("soon", left <= TOLD_AT.at(-1) * MINUTE);
  }

  // Each is told once in a tab, whatever pages are opened meanwhile; the first page after such a moment makes up for it.
  #announce(left) {
    const due = TOLD_AT.findLast((minutes) => left <= minutes * MINUTE);
    if (due === undefined || !firstTime(`time-told:${this.#page.attempt}`, `${this.#deadline}:${due}`)) return;
    const isOnTheDot = due * MINUTE - left < ON_THE_DOT;
    this.#say(isOnTheDot ? this.#page.words(`say-${due}`) : timeLeft(left, this.#page.words));
  }

  #say(text) {
    const place = this.#page.root.querySelector("[data-timer-says]");
    if (place && place.textContent !== text) place.textContent = text;
  }

  #move(deadline) {
    if (deadline === this.#deadline) return this.#tick();
    if (deadline === null) return this.#lift();
    if (!Number.isFinite(deadline)) return;
    this.#deadline = deadline;
    this.#element.hidden = false;
    const until = this.#element.querySelector("time");
    if (until) {
      until.dateTime = new Date(deadline).toISOString();
      until.textContent = timeOfDay(deadline);
    }
    this.#tick();
    if (this.#left > 0) this.#say(this.#page.words("time-moved", { left: timeLeft(this.#left, this.#page.words) }));
  }

  // The limit was taken away.
  #lift() {
    clearTimeout(this.#next);
    this.#deadline = Infinity;
    this.#element.hidden = true;
  }

  async #end() {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#show(0);
    this.#say(this.#page.words("time-up"));
    try {
      await this.#handIn();
    } finally {
      this.#isEnding = false;
    }
  }

  async #handIn() {
    const { courier, attempt, standing, notices, words, root } = this.#page;
    await courier.flush(attempt, LAST_SENDING);
    const told = await standing.ask();
    if (told === null) {
      notices.say("time", words("time-up-offline"));
      this.#next = setTimeout(() => this.#tick(), NEXT_TRY);
      return;
    }
    notices.settle("time");
    const form = root.querySelector("form[data-submit-at-deadline]");
    if (!told.open || this.#left > 0 || !form) return;
    this.#page.isLeaving = true;
    submitNow(form);
  }
}

/** Whether this browser tab hears this about a matter for the first time. */
function firstTime(matter, what) {
  try {
    if (sessionStorage.getItem(matter) === what) return false;
    sessionStorage.setItem(matter, what);
  } catch {
    // A tab that keeps nothing is told on every page.
  }
  return true;
}
