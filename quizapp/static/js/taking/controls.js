// The controls of a question, read and written as a form would send them. They are called `answer` and `certainty`, or
// `answer-3` and `certainty-3` on a page with several questions.

const NAMES = { values: /^answer(-\d+)?$/, certainty: /^certainty(-\d+)?$/ };
const isTicked = ({ type }) => type === "radio" || type === "checkbox";

function controls(section, part) {
  return [...section.querySelectorAll("input, select, textarea")]
    .filter(({ name }) => NAMES[part].test(name))
    .sort((one, other) => (one.dataset.nth ?? 0) - (other.dataset.nth ?? 0)); // rows that were moved count as served
}

/** Whether an element takes part in the answer of its question. */
export function isOfAnswer({ name = "" }) {
  return NAMES.values.test(name) || NAMES.certainty.test(name);
}

/** Whether an element is written in, letter by letter. */
export function isWrittenIn(element) {
  return element.localName === "textarea" || (element.localName === "input" && !isTicked(element));
}

function answerBy(section, { isTicked: ticked, value }) {
  const sent = (part) =>
    controls(section, part)
      .filter((control) => !isTicked(control) || ticked(control))
      .map(value);
  return { values: sent("values"), certainty: sent("certainty")[0] ?? "" };
}

function servedValue(control) {
  if (control.localName !== "select") return isTicked(control) ? control.value : control.defaultValue;
  const options = [...control.options];
  return (options.find((option) => option.defaultSelected) ?? options[0])?.value ?? "";
}

/** The answer as it stands in a question's section: {values, certainty}. */
export function readAnswer(section) {
  return answerBy(section, { isTicked: (control) => control.checked, value: (control) => control.value });
}

/** The answer as the page was served with it: somebody quick has changed it before the scripts were there. */
export function servedAnswer(section) {
  return answerBy(section, { isTicked: (control) => control.defaultChecked, value: servedValue });
}

/** Put an answer into a question's section. */
export function writeAnswer(section, { values, certainty }) {
  const rest = [...values];
  for (const control of controls(section, "values")) {
    if (isTicked(control)) control.checked = values.includes(control.value);
    else control.value = rest.shift() ?? "";
  }
  for (const control of controls(section, "certainty")) control.checked = control.value === certainty;
  section.dispatchEvent(new Event("answer-written"));
}

/** Whether these are the same answers. */
export function isSameAnswer(one, other) {
  return JSON.stringify([one.values, one.certainty]) === JSON.stringify([other.values, other.certainty]);
}

/** Whether anything is answered at all. */
export function isAnswered({ values }) {
  return values.some((value) => value.trim() !== "");
}
