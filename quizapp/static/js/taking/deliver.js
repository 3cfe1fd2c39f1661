// On any page: answers that an attempt's page could not send before it was closed are sent now, if they are of the
// person who is signed in. The pages of attempts do so themselves, and say how it goes.

const person = document.documentElement.dataset.person ?? "";
const REFUSALS = 3; // pages on which an attempt is not found until its answers are given up: it was deleted

function holdsMine() {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(`outbox:${person}:`));
  } catch {
    return false;
  }
}

async function freshToken({ address }) {
  try {
    const response = await fetch(address.replace(/questions\/\d+\/save$/, "state"), { cache: "no-store" });
    return response.ok ? (await response.json()).token : null;
  } catch {
    return null;
  }
}

async function deliverMine() {
  const [{ Outbox }, { Courier }] = await Promise.all([import("./outbox.js"), import("./courier.js")]);
  const outbox = new Outbox(person);
  const courier = new Courier(outbox, document.querySelector("input[name=csrf_token]")?.value ?? "", freshToken);
  courier.addEventListener("unknown", ({ detail: { entry } }) => {
    const refusals = (entry.refusals ?? 0) + 1;
    if (refusals < REFUSALS) outbox.amend(entry, { refusals });
    else outbox.settle(entry.attempt, entry.slot, entry.revision);
  });
  // What could not be read is asked after once more: when its attempt has ended, it goes.
  for (const entry of outbox.all()) outbox.amend(entry, { refused: false });
  courier.start();
}

if (/^\d+$/.test(person) && holdsMine() && !document.querySelector("[data-attempt]")) deliverMine();
