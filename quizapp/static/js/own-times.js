// Beside a field for a date in UTC, the same moment by the reader's own clock. Without this module it stands in UTC.

const language = document.documentElement.lang;
const shape = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short", hourCycle: "h23" });

for (const place of document.querySelectorAll("[data-own-time]")) {
  const field = document.getElementById(place.dataset.ownTime);
  if (!field) continue;
  const tell = () => {
    const moment = new Date(`${field.value}Z`);
    const known = field.value !== "" && !Number.isNaN(moment.getTime());
    place.textContent = known ? place.dataset.words.replace("{time}", shape.format(moment)) : "";
  };
  field.addEventListener("input", tell);
  tell();
}
