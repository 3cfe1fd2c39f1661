// Text size, spacing, and which aids are on: applied at once, and kept in a cookie that the server reads, so that the
// next page arrives as it should be. Without this module the panel's form does the same with a press on "Apply".

const root = document.documentElement;
const panel = document.querySelector(".reading-help");
const folding = [...document.querySelectorAll("[data-folds]")];
const A_YEAR = 31536000; // seconds

/** The classes of the root element, by the number chosen. */
const CLASSES = {
  size: ["text-smaller", "", "text-larger", "text-largest"],
  spacing: ["", "spacing-wide", "spacing-wider"],
  crossing: ["", "crossing-out"],
};

function kept() {
  const named = `${panel.dataset.cookie}=`;
  const value = document.cookie.split("; ").find((cookie) => cookie.startsWith(named))?.slice(named.length) ?? "";
  return Object.fromEntries(value.split(".").filter(Boolean).map((part) => part.split(":")));
}

function keep(name, value) {
  const choices = { ...kept(), [name]: value };
  const text = Object.entries(choices).map((choice) => choice.join(":")).join(".");
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${panel.dataset.cookie}=${text}; path=/; max-age=${A_YEAR}; samesite=lax${secure}`;
}

function choose(name, value) {
  keep(name, value);
  const classes = CLASSES[name] ?? [];
  root.classList.remove(...classes.filter(Boolean));
  if (classes[value]) root.classList.add(classes[value]);
}

function fold(open) {
  for (const passages of folding) passages.open = open;
}

panel.querySelector("[data-apply]").hidden = true;

panel.addEventListener("change", ({ target }) => {
  const name = target.closest("[data-switch]")?.dataset.switch ?? target.name;
  choose(name, target.type === "checkbox" ? Number(target.checked) : target.value);
  if (name === "passage") fold(target.value === "1");
});

panel.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !panel.open) return;
  panel.open = false;
  panel.querySelector("summary").focus();
});

// Folded or opened by hand: as good as by the panel. Browsers also tell of a passage that arrives open.
for (const passages of folding) {
  passages.addEventListener("toggle", () => {
    const value = String(Number(passages.open));
    if (value === (kept().passage ?? "1")) return;
    keep("passage", value);
    const choice = panel.querySelector(`[name=passage][value="${value}"]`);
    if (choice) choice.checked = true;
  });
}
