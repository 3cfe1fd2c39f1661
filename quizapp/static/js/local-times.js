// Times arrive in UTC, as a page without scripts shows them; here each becomes the reader's own time.

const page = document.documentElement.lang;
const language = navigator.language.split("-")[0] === page ? navigator.language : page;

/** Every time below this element by the reader's own clock. */
export function showOwnTimes(root) {
  for (const element of root.querySelectorAll("time[data-local]")) {
    const moment = new Date(element.dateTime);
    const shape =
      element.dataset.local === "time" ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
    element.textContent = new Intl.DateTimeFormat(language, { ...shape, hourCycle: "h23" }).format(moment);
  }
}

showOwnTimes(document);
