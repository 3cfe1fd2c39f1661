// From a change on the page to an entry in the outbox. A revision is the server's time of the change, and always newer
// than what this browser knows of the question: what a student does last is what counts.

export class Recorder {
  #attempt;
  #clock;
  #outbox;

  constructor({ attempt, clock, outbox }) {
    this.#attempt = attempt;
    this.#clock = clock;
    this.#outbox = outbox;
  }

  #put(slot, content) {
    const before = this.#outbox.get(this.#attempt, slot.position);
    this.#outbox.put({
      attempt: this.#attempt,
      slot: slot.position,
      address: slot.address,
      flagged: before?.flagged,
      ...content,
      revision: Math.max(this.#clock.now(), slot.revision + 1, (before?.revision ?? 0) + 1),
    });
  }

  /** Keep the answer that stands on the page; false where it is kept already. `anyway` keeps it under a new revision. */
  keep(slot, anyway = false) {
    if (!anyway && !slot.isChanged) return false;
    slot.kept = slot.answer;
    slot.state = "unsent";
    slot.isAskedAgain = false;
    this.#put(slot, slot.kept);
    return true;
  }

  /** Keep a flag. What the page shows of the answer is sent along only if it is on its way anyway: it may be old. */
  keepFlag(slot, flagged) {
    const before = this.#outbox.get(this.#attempt, slot.position);
    this.#put(slot, { values: null, ...before, flagged, refused: false });
  }
}
