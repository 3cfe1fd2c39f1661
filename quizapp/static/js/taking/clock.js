// The server's clock, kept on the page. Deadlines and the order of answers follow it alone: the browser's own date may
// be wrong by hours, so only its stopwatch (`performance.now`) is used, which counts on whatever the date says.
//
// Every answer of the server tells its time. It was that time at some moment between the question and the answer, so
// the clock is moved only where it lies outside of what the two allow: a slow answer does not make it jump, and one
// that fell behind while the computer slept is put right.

export class ServerClock {
  #ahead; // milliseconds by which the server's time is ahead of the stopwatch

  /** @param told the server's time in ms since 1970, as of `at` on the page's stopwatch */
  constructor(told, at = performance.now()) {
    this.#ahead = told - at;
  }

  /** The server's time now, in whole milliseconds since 1970. */
  now() {
    return Math.floor(performance.now() + this.#ahead);
  }

  /** Take in what the server told, asked at `sent` and heard at `heard` on the page's stopwatch. */
  learn(told, sent, heard = performance.now()) {
    if (!Number.isFinite(told)) return;
    this.#ahead = Math.min(Math.max(this.#ahead, told - heard), told - sent);
  }
}

/** The clock of a page that was made at the server's time `told`. */
export function clockOfPage(told) {
  const [arrival] = performance.getEntriesByType("navigation");
  return new ServerClock(told, arrival?.responseStart || 0);
}
