// What keeps up with typing: after a pause the form is sent to an address that changes nothing, and what comes back is
// handed on. An answer that a later question has overtaken is dropped.

const PAUSE = 600; // milliseconds without a key before anything is asked

export function keepUpWith(form, address, receive) {
  let waiting;
  let asked = 0;

  async function ask() {
    const turn = ++asked;
    try {
      const response = await fetch(address, { method: "POST", body: new FormData(form) });
      const text = await response.text();
      if (response.ok && !response.redirected && turn === asked) receive(text);
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
