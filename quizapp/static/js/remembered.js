// What this browser keeps for one person on one device. Every key carries the person's id, so that nobody who shares
// the computer sees another's. Where the browser keeps nothing, it is remembered for as long as the page is open.

const root = document.documentElement;
const OURS = "quizapp:";
const mine = `${OURS}${root.dataset.person}:`;
const thisPageOnly = new Map();

function isEmpty(value) {
  return Object.keys(value).length === 0;
}

/** What was remembered under this name; null where there is nothing, or nothing that can be read. */
export function recall(name) {
  if (thisPageOnly.has(name)) return thisPageOnly.get(name);
  try {
    return JSON.parse(localStorage.getItem(mine + name));
  } catch {
    return null;
  }
}

/** Remember a list or an object under this name; an empty one is forgotten. */
export function remember(name, value) {
  thisPageOnly.delete(name);
  try {
    if (isEmpty(value)) localStorage.removeItem(mine + name);
    else localStorage.setItem(mine + name, JSON.stringify(value));
  } catch {
    thisPageOnly.set(name, value);
  }
}

/** Call `then` when another page of this browser has remembered something. */
export function whenChangedElsewhere(then) {
  addEventListener("storage", (event) => {
    if (event.key === null || event.key.startsWith(mine)) then();
  });
}

// A visitor who begins to practise gets an id: what was remembered until then comes along.
function bringAlong() {
  const before = `${OURS}guest:`;
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(before))) {
    const now = mine + key.slice(before.length);
    if (localStorage.getItem(now) === null) localStorage.setItem(now, localStorage.getItem(key));
    localStorage.removeItem(key);
  }
}

if ("withoutAccount" in root.dataset) {
  try {
    bringAlong();
  } catch {
    // This browser keeps nothing, so there is nothing to bring along.
  }
}
