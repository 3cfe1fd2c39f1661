// Ordering by hand: the items can be dragged, or moved by buttons, and their numbers follow. The numbers can be chosen
// as before, and once each item has one the items stand in that order. The form sends them in the order served.

import { makeDraggable } from "./dragging.js";
import { wordsOf } from "./words.js";

class Arrangement {
  #list;
  #status;
  #words;

  constructor(list) {
    this.#list = list;
    this.#words = wordsOf(list);
    this.rows.forEach((row, nth) => {
      row.querySelector("select").dataset.nth = nth;
      this.#equip(row);
    });
    this.#status = document.createElement("p");
    this.#status.className = "visually-hidden";
    this.#status.setAttribute("role", "status");
    list.after(this.#status);
    list.addEventListener("change", () => this.stand());
    list.closest("[data-slot]")?.addEventListener("answer-written", () => this.stand());
    this.#markEnds();
    this.stand();
  }

  get rows() {
    return [...this.#list.querySelectorAll(".place")];
  }

  #equip(row) {
    const item = row.querySelector("label").textContent.trim();
    const handle = document.createElement("span");
    handle.className = "drag-handle";
    handle.title = this.#words("drag");
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    row.append(this.#button(row, item, -1), this.#button(row, item, 1), handle);
    makeDraggable(handle, {
      onStart: () => row.classList.add("dragged"),
      onMove: (_x, y) => this.#carry(row, y),
      onDrop: () => this.#settle(row, item),
      onCancel: () => this.#settle(row, item),
    });
  }

  #button(row, item, step) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "move";
    button.dataset.step = step;
    button.textContent = step < 0 ? "↑" : "↓";
    button.setAttribute("aria-label", this.#words(step < 0 ? "up" : "down", { item }));
    button.addEventListener("click", () => {
      const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
      if (other) step < 0 ? other.before(row) : other.after(row);
      this.#settle(row, item);
      button.focus();
    });
    return button;
  }

  /** While a row is dragged it changes places with the one the pointer is over. */
  #carry(row, y) {
    const other = this.rows.find((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return one !== row && y > top && y < bottom;
    });
    if (!other) return;
    const { top, height } = other.getBoundingClientRect();
    const [own, its] = [this.rows.indexOf(row), this.rows.indexOf(other)];
    // The others make way: a row that is moved itself would lose the pointer.
    if (its > own && y > top + height / 2) row.before(...this.rows.slice(own + 1, its + 1));
    if (its < own && y < top + height / 2) row.after(...this.rows.slice(its, own));
  }

  /** The numbers follow the order in which the rows stand; whoever listens to the controls is told. */
  #settle(row, item) {
    row.classList.remove("dragged");
    this.rows.forEach((one, place) => (one.querySelector("select").value = String(place + 1)));
    this.#markEnds();
    const place = this.rows.indexOf(row) + 1;
    this.#status.textContent = this.#words("moved", { item, place, count: this.rows.length });
    row.querySelector("select").dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** The rows stand in the order of their numbers, if each has one of its own; focus stays where it is. */
  stand() {
    const rows = this.rows;
    const places = rows.map((row) => Number(row.querySelector("select").value));
    const isWhole = new Set(places).size === rows.length && !places.includes(0);
    if (!isWhole || places.every((place, nth) => place === nth + 1)) return;
    const focused = document.activeElement;
    rows
      .sort((one, other) => one.querySelector("select").value - other.querySelector("select").value)
      .forEach((row) => this.#list.append(row));
    if (this.#list.contains(focused)) focused.focus();
    this.#markEnds();
  }

  /** The first cannot go up nor the last down; the button stays, so that the focus stays on it. */
  #markEnds() {
    this.rows.forEach((row, place, { length }) => {
      const [up, down] = row.querySelectorAll(".move");
      up.setAttribute("aria-disabled", place === 0);
      down.setAttribute("aria-disabled", place === length - 1);
    });
  }
}

/** The values of one name in the order served, whatever order the rows stand in. */
function inOrderServed(form, name) {
  return [...form.querySelectorAll(`[data-arrange] select[name="${name}"]`)]
    .sort((one, other) => one.dataset.nth - other.dataset.nth)
    .map((select) => select.value);
}

function restoreOrder(event) {
  for (const list of event.target.querySelectorAll("[data-arrange]")) {
    const { name } = list.querySelector("select");
    const values = inOrderServed(event.target, name);
    event.formData.delete(name);
    values.forEach((value) => event.formData.append(name, value));
  }
}

export function startArranging({ root }) {
  for (const list of root.querySelectorAll("[data-arrange]")) {
    new Arrangement(list);
    list.closest("form")?.addEventListener("formdata", restoreOrder);
  }
}
