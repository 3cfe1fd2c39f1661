// Asks the server how the attempt stands: by its clock, until when, what is saved. It is asked when the page may have
// fallen behind (seen again, online again, back from the browser's cache) and every minute while time is limited.

const EVERY = 60_000; // milliseconds

export class Standing {
  #page;
  #asking = null;
  #isSignedOut = false;
  #isReachable = true;

  constructor(page) {
    this.#page = page;
  }

  /** How the attempt stands; null where there is no telling, for now or because somebody else is signed in. */
  ask() {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** Whether the server answers at all, whatever it says. */
  async canReach() {
    await this.ask();
    return this.#isReachable;
  }

  /** Ask whenever the page may have fallen behind. */
  start() {
    const ask = () => this.ask();
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
    addEventListener("online", ask);
    addEventListener("pageshow", ({ persisted }) => persisted && ask());
    if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") ask();
    setInterval(() => {
      if (this.#page.root.dataset.deadline || this.#isSignedOut) ask();
    }, EVERY);
  }

  /** Take in that nobody, or somebody else, is signed in here. */
  signOut() {
    this.#isSignedOut = true;
    this.#page.tell("signed-out");
  }

  async #ask() {
    const sent = performance.now();
    try {
      const response = await fetch(this.#page.root.dataset.stateAddress, { cache: "no-store", redirect: "error" });
      this.#isReachable = true;
      if (response.status === 404) this.signOut();
      if (!response.ok) return null;
      return this.#take(await response.json(), sent);
    } catch {
      this.#isReachable = false;
      return null;
    }
  }

  #take(told, sent) {
    this.#page.clock.learn(told.now, sent);
    if (told.token) this.#page.trust(told.token);
    if (this.#isSignedOut) {
      this.#isSignedOut = false;
      this.#page.tell("signed-in");
    }
    this.#page.tell("standing", told);
    return told;
  }
}
