// Matching by hand: the options stand below as tiles and can be dragged to where they belong, or chosen and then placed
// with a second click. The lists stay, for the keyboard; both always say the same.

import { makeDraggable } from "./dragging.js";

class Tiles {
  #list;
  #chosen = null;

  constructor(list) {
    this.#list = list;
    const tray = document.createElement("div");
    tray.className = "tray";
    tray.setAttribute("aria-hidden", "true"); // the lists say the same to those who do not see the tiles
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = list.dataset.wordsHint;
    const options = [...list.querySelector("select").options].filter((option) => option.value);
    tray.append(hint, ...options.map((option) => this.#tile(option)));
    list.after(tray);
    this.tray = tray;
    list.addEventListener("change", () => this.showUsed());
    list.closest("[data-slot]")?.addEventListener("answer-written", () => this.showUsed());
    list.addEventListener("click", (event) => this.#place(event));
    this.showUsed();
  }

  #tile({ value, text }) {
    const tile = document.createElement("span");
    tile.className = "tile-option";
    tile.dataset.value = value;
    tile.textContent = text;
    tile.addEventListener("click", () => this.#choose(this.#chosen === tile ? null : tile));
    makeDraggable(tile, {
      onStart: () => tile.classList.add("dragged"),
      onMove: (x, y, from) => this.#carry(tile, x, y, from),
      onDrop: (x, y) => {
        const row = this.#rowAt(x, y);
        this.#letGo(tile);
        if (row) this.#fill(row, value);
      },
      onCancel: () => this.#letGo(tile),
    });
    return tile;
  }

  #carry(tile, x, y, from) {
    tile.style.translate = `${x - from.x}px ${y - from.y}px`;
    const row = this.#rowAt(x, y);
    for (const one of this.#rows) one.classList.toggle("taking", one === row);
  }

  #letGo(tile) {
    tile.style.translate = "";
    tile.classList.remove("dragged");
    for (const row of this.#rows) row.classList.remove("taking");
  }

  get #rows() {
    return [...this.#list.querySelectorAll(".match")];
  }

  #rowAt(x, y) {
    return this.#rows.find((row) => {
      const { top, bottom, left, right } = row.getBoundingClientRect();
      return x >= left && x <= right && y >= top && y <= bottom;
    });
  }

  #choose(tile) {
    this.#chosen?.classList.remove("chosen");
    this.#chosen = tile;
    tile?.classList.add("chosen");
  }

  #place(event) {
    const row = event.target.closest(".match");
    if (!row || !this.#chosen || event.target.localName === "select") return;
    event.preventDefault();
    this.#fill(row, this.#chosen.dataset.value);
    this.#choose(null);
  }

  #fill(row, value) {
    const select = row.querySelector("select");
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  showUsed() {
    const used = new Set(this.#rows.map((row) => row.querySelector("select").value));
    for (const tile of this.tray.querySelectorAll("[data-value]")) tile.classList.toggle("used", used.has(tile.dataset.value));
  }
}

export function startMatching({ root }) {
  for (const list of root.querySelectorAll("[data-match]")) new Tiles(list);
}
