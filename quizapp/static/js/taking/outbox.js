// What was answered and is not acknowledged yet. It is kept by the browser, so that it outlives a crash, a reload and a
// closed tab, under a key for each person, attempt and question: pages of the same person never touch one another's
// questions, and of the same question the newest entry stays. Where the browser keeps nothing (or no more), an entry
// lives as long as its page.
//
// An entry is {person, attempt, slot, address, revision, values, certainty, flagged}. `values` is null where only the
// flag changed; `refused` is true where the server cannot read the answer, which is then not sent until it is changed.

const OURS = "outbox:";

function storageOrNone() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function isEntry(value, person) {
  return (
    String(value?.person) === person &&
    Number.isInteger(value.revision) &&
    Number.isInteger(value.attempt) &&
    Number.isInteger(value.slot) &&
    (value.values === null || Array.isArray(value.values)) &&
    typeof value.address === "string" &&
    value.address.startsWith("/")
  );
}

export class Outbox {
  #person;
  #storage;
  #pageOnly = new Map();

  constructor(person, storage = storageOrNone()) {
    this.#person = String(person);
    this.#storage = storage;
  }

  #key(attempt, slot) {
    return `${OURS}${this.#person}:${attempt}:${slot}`;
  }

  #parsed(text) {
    try {
      const value = JSON.parse(text);
      return isEntry(value, this.#person) ? value : null;
    } catch {
      return null;
    }
  }

  #stored(key) {
    try {
      return this.#parsed(this.#storage?.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  #newest(key) {
    const [kept, here] = [this.#stored(key), this.#pageOnly.get(key) ?? null];
    return kept && here ? (kept.revision > here.revision ? kept : here) : (kept ?? here);
  }

  #write(key, entry) {
    try {
      this.#storage.setItem(key, JSON.stringify(entry));
      this.#pageOnly.delete(key);
    } catch {
      this.#pageOnly.set(key, entry);
    }
  }

  #remove(key) {
    this.#pageOnly.delete(key);
    try {
      this.#storage?.removeItem(key);
    } catch {
      // A browser that keeps nothing has nothing to remove.
    }
  }

  /** The entry of a question, or null. */
  get(attempt, slot) {
    return this.#newest(this.#key(attempt, slot));
  }

  /** Every entry of this person, or only of this attempt, by attempt and question. */
  all(attempt = null) {
    const mine = `${OURS}${this.#person}:${attempt === null ? "" : `${attempt}:`}`;
    const keys = new Set(this.#pageOnly.keys());
    try {
      for (const key of Object.keys(this.#storage ?? {})) keys.add(key);
    } catch {
      // What the page itself holds is all there is.
    }
    const entries = [...keys].filter((key) => key.startsWith(mine)).map((key) => this.#newest(key));
    return entries.filter(Boolean).sort((one, other) => one.attempt - other.attempt || one.slot - other.slot);
  }

  /** Keep an entry, unless a newer one is kept already. */
  put(entry) {
    const key = this.#key(entry.attempt, entry.slot);
    if ((this.#newest(key)?.revision ?? -1) < entry.revision) this.#write(key, { ...entry, person: this.#person });
  }

  /** Change what is known of an entry, if it is still the newest. */
  amend(entry, change) {
    const key = this.#key(entry.attempt, entry.slot);
    const kept = this.#newest(key);
    if (kept?.revision === entry.revision) this.#write(key, { ...kept, ...change });
  }

  /** Forget the entry of a question, unless it is newer than this revision. */
  settle(attempt, slot, revision) {
    const key = this.#key(attempt, slot);
    const kept = this.#newest(key);
    if (kept && kept.revision <= revision) this.#remove(key);
  }

  /** Whether this entry would be lost with the page. */
  isPageOnly(entry) {
    return this.#pageOnly.has(this.#key(entry.attempt, entry.slot));
  }

  /** Call `then(attempt, slot, entry, was)` when another page of this person changed an entry; null when it is gone. */
  whenChangedElsewhere(then) {
    const mine = `${OURS}${this.#person}:`;
    const parsed = (value) => (value === null ? null : this.#parsed(value));
    addEventListener("storage", ({ key, newValue, oldValue }) => {
      if (!key?.startsWith(mine)) return;
      const [attempt, slot] = key.slice(mine.length).split(":").map(Number);
      then(attempt, slot, parsed(newValue), parsed(oldValue));
    });
  }
}
