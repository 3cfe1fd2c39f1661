// In the question editor: what the rules of item writing say keeps up with what is being typed.
// Without this module the same is shown with every preview and after every save.

const form = document.querySelector("[data-findings]");
const list = document.querySelector("#findings-list");
const count = document.querySelector("[data-findings-count]");
const PAUSE = 700; // milliseconds without a key before the rules are asked
let waiting;
let asked = 0;

async function ask() {
  const turn = ++asked;
  try {
    const response = await fetch(form.dataset.findings, { method: "POST", body: new FormData(form) });
    if (response.ok && !response.redirected && turn === asked) {
      list.innerHTML = await response.text();
      tell();
    }
  } catch {
    // No connection: the last findings stay, and the next change asks again.
  }
}

// Where the window is narrow the findings stand below the form; a figure above it says how many there are.
function tell() {
  const found = list.querySelectorAll(".findings > li").length;
  count.textContent = found ? `(${found})` : "";
}

tell();
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
