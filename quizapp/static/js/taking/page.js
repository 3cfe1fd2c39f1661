// What the behaviours of an attempt's page share. It tells them what happens by events:
// `kept` {slot}: an answer went into the outbox · `behind` {slot}: a newer answer than the one shown is kept elsewhere ·
// `mirrored` {slot}: what another page of this browser keeps is shown here now · `flagged` {position, flagged} ·
// `standing` {now, open, deadline, slots}: how the attempt stands, as the server says · `signed-out` · `signed-in`

import { clockOfPage } from "./clock.js";
import { Courier } from "./courier.js";
import { Notices } from "./notices.js";
import { Outbox } from "./outbox.js";
import { Recorder } from "./recorder.js";
import { Slot } from "./slot.js";
import { Standing } from "./standing.js";
import { wordsOf } from "./words.js";

const tokens = () => [...document.querySelectorAll("input[name=csrf_token]")];

export class Page extends EventTarget {
  /** Whether the page is being left with the student's knowledge of what is unsent. */
  isLeaving = false;

  constructor(root) {
    super();
    this.root = root;
    this.attempt = Number(root.dataset.attempt);
    this.isTest = root.dataset.mode === "test";
    this.words = wordsOf(root);
    this.clock = clockOfPage(Number(root.dataset.now));
    const slots = [...root.querySelectorAll("[data-slot]")].map((section) => new Slot(section));
    this.slots = new Map(slots.map((slot) => [slot.position, slot]));
    this.outbox = new Outbox(root.dataset.person);
    this.recorder = new Recorder(this);
    this.notices = new Notices(root);
    this.standing = new Standing(this);
    this.courier = new Courier(this.outbox, tokens()[0]?.value ?? "", async () => (await this.standing.ask())?.token ?? null);
  }

  /** Tell everybody on the page. */
  tell(kind, detail = {}) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  /** The question of an entry, if it is on this page. */
  slotOf({ attempt, slot }) {
    return attempt === this.attempt ? (this.slots.get(slot) ?? null) : null;
  }

  /** The question in which an element stands, if any. */
  slotAt(element) {
    return this.slots.get(Number(element.closest?.("[data-slot]")?.dataset.slot)) ?? null;
  }

  /** Keep whatever was changed on the page and not noticed, such as before the scripts were there. */
  keepAll() {
    for (const slot of this.slots.values()) {
      if (this.recorder.keep(slot)) this.tell("kept", { slot });
    }
  }

  /** Answers of this attempt that wait to be sent; with `unreadable`, those instead that must be changed first. */
  unsent({ unreadable = false } = {}) {
    return this.outbox.all(this.attempt).filter((entry) => entry.values !== null && Boolean(entry.refused) === unreadable);
  }

  /** Use a fresh token here and in the page's forms. */
  trust(token) {
    this.courier.trust(token);
    for (const field of tokens()) field.value = token;
  }

  /** Go where the attempt is told of after its end. */
  goToReview() {
    this.isLeaving = true;
    location.replace(this.root.dataset.reviewAddress);
  }
}

/** The numbers of questions as they stand in a sentence. */
export function numbersOf(entries) {
  return entries.map(({ slot }) => slot).join(", ");
}
