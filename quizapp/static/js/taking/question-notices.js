// What must be said at a question itself: that its answer cannot be read, or that a newer one is saved elsewhere.
// While the keyboard is still among its controls the answer is only half given; then nothing is said of it yet. Nor
// while a mouse button is down: a notice that appears would move what is being pressed from under the pointer.

const SIGN = "✕";
const SETTLING = 50; // milliseconds after the release of a pointer until its click has been taken

function addDescription(section, id) {
  const asked = section.querySelector("fieldset.asked");
  const ids = new Set((asked?.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  asked?.setAttribute("aria-describedby", [...ids.add(id)].join(" "));
}

function removeDescription(section, id) {
  const asked = section.querySelector("fieldset.asked");
  const ids = (asked?.getAttribute("aria-describedby") ?? "").split(" ").filter((other) => other && other !== id);
  asked?.setAttribute("aria-describedby", ids.join(" "));
}

function settle({ section }) {
  for (const notice of section.querySelectorAll("[data-behind], .field-error[role=alert]")) {
    if (notice.id) removeDescription(section, notice.id);
    notice.remove();
  }
}

function alertAt(section, className) {
  const notice = document.createElement("div");
  notice.className = className;
  notice.setAttribute("role", "alert");
  notice.tabIndex = -1;
  section.querySelector("fieldset.asked").before(notice);
  return notice;
}

function showProblem(slot, problem) {
  if (slot.section.querySelector(`#problem-${slot.position}`)?.textContent.endsWith(problem)) return;
  settle(slot);
  const notice = alertAt(slot.section, "field-error");
  const sign = document.createElement("span");
  sign.className = "sign";
  sign.setAttribute("aria-hidden", "true");
  sign.textContent = SIGN;
  notice.append(sign, ` ${problem}`);
  notice.id = `problem-${slot.position}`;
  addDescription(slot.section, notice.id);
}

function button(text, press) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button quiet small";
  element.textContent = text;
  element.addEventListener("click", press);
  return element;
}

function showBehind(page, slot) {
  settle(slot);
  const notice = alertAt(slot.section, "flash");
  notice.dataset.behind = "";
  const text = document.createElement("p");
  text.textContent = page.words("newer");
  const buttons = document.createElement("p");
  buttons.className = "actions";
  buttons.append(
    button(page.words("newer-show"), fetchAnew),
    button(page.words("newer-keep"), () => keepMine(page, slot)),
  );
  notice.append(text, buttons);
}

// A page that came as the reply to a form would ask to send that form again if it were reloaded.
function fetchAnew() {
  location.replace(location.pathname + location.search);
}

function keepMine(page, slot) {
  page.recorder.keep(slot, true);
  page.tell("kept", { slot });
  page.courier.send({ attempt: page.attempt, slot: slot.position });
}

export function startQuestionNotices(page) {
  const problems = new Map(); // slot: the problem of its answer, said or not

  function sayWhatIsLeft() {
    for (const [slot, problem] of problems) {
      if (!slot.section.contains(document.activeElement)) showProblem(slot, problem);
    }
  }

  for (const kind of ["refused", "too-large"]) {
    page.courier.addEventListener(kind, ({ detail: { entry, problem } }) => {
      const slot = page.slotOf(entry);
      if (slot?.state !== "refused") return;
      problems.set(slot, problem ?? page.words("too-large"));
      sayWhatIsLeft();
    });
  }
  let isPressing = false;
  document.addEventListener("pointerdown", () => {
    isPressing = true;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      isPressing = false;
      setTimeout(sayWhatIsLeft, SETTLING);
    });
  }
  page.root.addEventListener("focusout", () => setTimeout(() => isPressing || sayWhatIsLeft()));
  page.addEventListener("say-problems", () => {
    for (const [slot, problem] of problems) showProblem(slot, problem);
  });
  page.courier.addEventListener("saved", ({ detail: { entry } }) => {
    const slot = page.slotOf(entry);
    if (slot?.state === "clean" && problems.delete(slot)) settle(slot);
  });
  page.addEventListener("kept", ({ detail: { slot } }) => {
    problems.delete(slot);
    settle(slot);
  });
  page.addEventListener("mirrored", ({ detail: { slot } }) => settle(slot));
  page.addEventListener("behind", ({ detail: { slot } }) => showBehind(page, slot));
}
