// Carries what is in the outbox to the server until each entry is acknowledged or refused for good. Of a question one
// request is on its way at a time, so that its answers arrive in order; a failed one is tried again after 1, 2, 4 … 30
// seconds, and at once when the browser is online again.
//
// It tells what happens by events named after the kinds of `delivery.js` (and `sending`), with {entry, …} as detail.

import { deliver } from "./delivery.js";

const LONGEST_WAIT = 30_000; // milliseconds
const FOR_GOOD = new Set(["saved", "newer", "closed"]);
const UNREADABLE = new Set(["refused", "too-large"]);

const keyOf = ({ attempt, slot }) => `${attempt}:${slot}`;
const pause = (time) => new Promise((done) => setTimeout(done, time));

export class Courier extends EventTarget {
  #outbox;
  #token;
  #renew;
  #runs = new Map();
  #tries = new Map();
  #waiting = new Map();

  /** @param renew asks the server for a token with which this entry can be sent; gives null where there is none */
  constructor(outbox, token, renew = async () => null) {
    super();
    this.#outbox = outbox;
    this.#token = token;
    this.#renew = renew;
  }

  /** Carry on by themselves: what is there now, and again whenever the browser is online again. */
  start() {
    addEventListener("online", () => {
      this.#tries.clear();
      this.sendAll();
    });
    addEventListener("pagehide", () => this.sendParting());
    this.sendAll();
  }

  /** Take a fresh token. */
  trust(token) {
    if (token) this.#token = token;
  }

  /** Send everything that can be sent; resolves when each entry was acknowledged or has failed once. */
  sendAll(attempt = null) {
    return Promise.all(this.#sendable(attempt).map((entry) => this.send(entry)));
  }

  /** The same, but wait no longer than `patience` milliseconds. */
  flush(attempt, patience) {
    return Promise.race([this.sendAll(attempt), pause(patience)]);
  }

  /** Send what the outbox holds of the question of this entry. */
  send(entry) {
    const key = keyOf(entry);
    this.#forgetWaiting(key);
    if (!this.#nextOf(entry)) return Promise.resolve();
    if (!this.#runs.has(key)) this.#runs.set(key, this.#run(entry, key));
    return this.#runs.get(key);
  }

  /** Look after an entry that another page has made, should that page not bring it to the server itself. */
  sendLater(entry, time) {
    const key = keyOf(entry);
    if (!this.#runs.has(key) && !this.#waiting.has(key)) {
      this.#waiting.set(key, setTimeout(() => this.send(entry), time));
    }
  }

  /** Send everything once more as the page goes, by requests that outlive it. */
  sendParting() {
    for (const entry of this.#sendable()) {
      deliver(entry, this.#token, { keepalive: true }).then((outcome) => this.#take(entry, outcome));
    }
  }

  #sendable(attempt = null) {
    return this.#outbox.all(attempt).filter((entry) => !entry.refused);
  }

  #nextOf({ attempt, slot }) {
    const entry = this.#outbox.get(attempt, slot);
    return entry && !entry.refused ? entry : null;
  }

  async #run(first, key) {
    let isRenewed = false;
    try {
      for (let entry = this.#nextOf(first); entry; entry = this.#nextOf(first)) {
        this.#tell("sending", { entry });
        const hidden = document.visibilityState === "hidden";
        const outcome = await deliver(entry, this.#token, { keepalive: hidden });
        if (outcome.kind === "stale" && !isRenewed) {
          isRenewed = true;
          if (await this.#renewToken(entry)) continue;
        }
        this.#take(entry, outcome);
        if (!FOR_GOOD.has(outcome.kind) && !UNREADABLE.has(outcome.kind)) return;
      }
    } finally {
      this.#runs.delete(key);
    }
  }

  async #renewToken(entry) {
    const token = await this.#renew(entry);
    this.trust(token);
    return Boolean(token);
  }

  #take(entry, outcome) {
    const key = keyOf(entry);
    if (FOR_GOOD.has(outcome.kind)) this.#outbox.settle(entry.attempt, entry.slot, entry.revision);
    if (UNREADABLE.has(outcome.kind)) this.#outbox.amend(entry, { refused: true });
    if (outcome.kind === "failed") this.#tryAgainLater(entry, key);
    else this.#tries.delete(key);
    this.#tell(outcome.kind, { ...outcome, entry });
  }

  #tryAgainLater(entry, key) {
    const tries = this.#tries.get(key) ?? 0;
    this.#tries.set(key, tries + 1);
    this.#forgetWaiting(key);
    this.#waiting.set(key, setTimeout(() => this.send(entry), Math.min(1000 * 2 ** tries, LONGEST_WAIT)));
  }

  #forgetWaiting(key) {
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
  }

  #tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}
