// Options a student has ruled out: struck out by a button beside each, kept for the attempt, no part of the answer.
// Whether the buttons are shown is chosen in the reading help, and stands as a class on the root element.

import { recall, remember, whenChangedElsewhere } from "./remembered.js";

const panel = document.querySelector(".reading-help");
const attempt = document.querySelector("[data-attempt]");
const labels = attempt ? [...attempt.querySelectorAll("[data-slot] label.choice")] : [];
const name = `crossed-out:${attempt?.dataset.attempt}`;

const slotOf = (element) => element.closest("[data-slot]").dataset.slot;

/** The values of the options crossed out, by question. */
function all() {
  const found = recall(name);
  return found && !Array.isArray(found) && typeof found === "object" ? found : {};
}

function crossedIn(slot) {
  const values = all()[slot];
  return Array.isArray(values) ? values : [];
}

const isCrossed = (input) => crossedIn(slotOf(input)).includes(input.value);

function cross(input, crossed) {
  const slot = slotOf(input);
  const others = crossedIn(slot).filter((value) => value !== input.value);
  const { [slot]: _before, ...rest } = all();
  const values = crossed ? [...others, input.value] : others;
  remember(name, values.length ? { ...rest, [slot]: values } : rest);
  draw();
}

function draw() {
  for (const line of attempt.querySelectorAll(".choice-line")) {
    const crossed = isCrossed(line.querySelector("input"));
    line.classList.toggle("crossed", crossed);
    line.querySelector(".cross-out").setAttribute("aria-pressed", String(crossed));
  }
}

function addButton(label) {
  const input = label.querySelector("input");
  const line = document.createElement("div");
  line.className = "choice-line";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cross-out";
  button.textContent = panel.dataset.crossOut;
  button.ariaLabel = panel.dataset.crossOutOption.replace("{option}", () => label.textContent.trim());
  button.addEventListener("click", () => cross(input, !isCrossed(input)));
  label.replaceWith(line);
  line.append(label, button);
}

if (labels.length) {
  labels.forEach(addButton);
  attempt.addEventListener("change", ({ target }) => {
    if (target.checked && target.closest(".choice-line") && isCrossed(target)) cross(target, false);
  });
  panel.querySelector("[data-switch=crossing]").hidden = false;
  whenChangedElsewhere(draw);
  draw();
}
