// In the form of a quiz: a button fills the table of feedback in, and the closing time is told by one's own clock too.
// Without this module every cell can be chosen by hand, and the time stands in UTC.

const table = document.querySelector("table.feedback:has(input)");
const closes = document.querySelector("#closes");
const own = document.querySelector("[data-own-time]");
const language = document.documentElement.lang;

for (const button of document.querySelectorAll("[data-fill]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const [aspect, moment] of Object.entries(JSON.parse(button.dataset.fill))) {
      table.querySelector(`input[name="shown-${aspect}"][value="${moment}"]`).checked = true;
    }
  });
}

function tell() {
  const moment = new Date(`${closes.value}Z`);
  const known = closes.value !== "" && !Number.isNaN(moment.getTime());
  const time = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  own.textContent = known ? own.dataset.words.replace("{time}", time.format(moment)) : "";
}

if (closes && own) {
  closes.addEventListener("input", tell);
  tell();
}
