// How much time is left, in words: calm minutes, and seconds only in the last two.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const IN_SECONDS = 2 * MINUTE;

const two = (number) => String(number).padStart(2, "0");

/** The words for a time left in milliseconds. Begun minutes (at the end seconds) count as whole ones. */
export function timeLeft(left, words) {
  if (left <= IN_SECONDS) {
    const seconds = Math.max(0, Math.ceil(left / SECOND));
    return words("left-seconds", { minutes: Math.floor(seconds / 60), seconds: two(seconds % 60) });
  }
  const minutes = Math.ceil(left / MINUTE);
  if (minutes < HOUR / MINUTE) return words("left-minutes", { minutes });
  return words("left-hours", { hours: Math.floor(minutes / 60), minutes: two(minutes % 60) });
}

/** How long these words stay true, in milliseconds. */
export function untilNextWords(left) {
  const step = left <= IN_SECONDS ? SECOND : MINUTE;
  return left - (Math.ceil(left / step) - 1) * step;
}
