// What keeps up with typing: after a pause the form is sent to an address that changes nothing, and the nodes that come
// back are handed on. An answer that a later question has overtaken is dropped.

import { askForPart } from "./part.js";

const PAUSE = 600; // milliseconds without a key before anything is asked

export function keepUpWith(form, address, receive) {
  let waiting;
  let asked = 0;

  async function ask() {
    const turn = ++asked;
    try {
      const { status, isElsewhere, body } = await askForPart(address, { form });
      if (status === 200 && !isElsewhere && turn === asked) receive(body.childNodes);
    } catch {
      // No connection: what was shown stays, and the next change asks again.
    }
  }

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
}
