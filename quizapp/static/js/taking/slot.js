// A question of the page: where it stands, what was last kept of its answer, and under which revision.

import { isSameAnswer, readAnswer, servedAnswer, writeAnswer } from "./controls.js";

export class Slot {
  /** `clean`: what stands here is saved · `unsent` · `refused`: it cannot be read · `behind`: a newer one is saved. */
  state = "clean";

  constructor(section) {
    this.section = section;
    this.position = Number(section.dataset.slot);
    this.address = section.dataset.saveAddress;
    /** The newest revision known to be saved. */
    this.revision = Number(section.dataset.revision) || 0;
    /** The answer as it was last kept, saved or not. */
    this.kept = servedAnswer(section);
    /** Whether the server said of the answer that it is not saved as it stands. */
    this.isAskedAgain = section.querySelector(".field-error") !== null;
  }

  /** The answer as it stands on the page. */
  get answer() {
    return readAnswer(this.section);
  }

  /** Whether the page shows something that was not kept yet. */
  get isChanged() {
    return !isSameAnswer(this.answer, this.kept);
  }

  /** Show this answer, which is kept elsewhere. */
  show(answer) {
    writeAnswer(this.section, answer);
    this.kept = this.answer;
  }

  /** Take in that this revision is saved. */
  acknowledge(revision) {
    if (Number.isInteger(revision)) this.revision = Math.max(this.revision, revision);
  }

  /** Let a form that is sent as it is say a revision newer than the saved one, and older than any made elsewhere since. */
  prepareForm() {
    const field = this.section.querySelector("input[name=revision], input[name^='revision-']");
    if (field) field.value = String(++this.revision);
  }
}
