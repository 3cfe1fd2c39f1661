// Sentences about the whole attempt, at the end of its element: one for each matter, gone when the matter is settled.

export class Notices {
  #place;
  #said = new Map();

  constructor(root) {
    this.#place = document.createElement("div");
    this.#place.className = "attempt-notices";
    this.#place.setAttribute("role", "status");
    root.append(this.#place);
  }

  /** Say something about a matter, in place of what was said of it before, with a link if one is given. */
  say(matter, text, link = null) {
    const line = this.#said.get(matter) ?? document.createElement("p");
    line.className = "flash";
    line.textContent = text;
    if (link) line.append(" ", linkTo(link));
    this.#said.set(matter, line);
    this.#place.append(line);
    line.scrollIntoView({ block: "nearest" });
  }

  /** Say nothing more about a matter. */
  settle(matter) {
    this.#said.get(matter)?.remove();
    this.#said.delete(matter);
  }
}

function linkTo({ address, text }) {
  const element = document.createElement("a");
  element.href = address;
  element.textContent = text;
  return element;
}
