// Times arrive in UTC, as a page without scripts shows them; here each becomes the reader's own time.

const page = document.documentElement.lang;
const language = navigator.language.split("-")[0] === page ? navigator.language : page;

for (const element of document.querySelectorAll("time[data-local]")) {
  const moment = new Date(element.dateTime);
  const shape = element.dataset.local === "time" ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  element.textContent = new Intl.DateTimeFormat(language, { ...shape, hourCycle: "h23" }).format(moment);
}
