// Passwords are checked a few at a time. While the server says that there is no place, a form marked `data-in-turn` is
// sent again by itself; without this script the page that says so is reloaded by hand.
import { askForPart } from "./part.js";

const SOONEST = 1000;
const SPREAD = 2000;

const pause = () => new Promise((resolve) => setTimeout(resolve, SOONEST + Math.random() * SPREAD));

async function replyInTurn(form) {
  for (;;) {
    const reply = await askForPart(form.action, { form });
    if (!reply.body.querySelector("[data-busy]")) return reply;
    form.querySelector("[data-waits]").hidden = false;
    await pause();
  }
}

function show(reply) {
  const main = document.querySelector("main");
  main.replaceChildren(...reply.body.querySelector("main").childNodes);
  (main.querySelector("[aria-invalid='true']") ?? main).focus();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-in-turn]")) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  try {
    const reply = await replyInTurn(form);
    // Whoever is in is led on from this very address.
    if (reply.isElsewhere) location.assign(form.action);
    else show(reply);
  } catch {
    form.submit();
  }
});
