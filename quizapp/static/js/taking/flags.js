// “Flag to come back to” in place. Without this module the button sends the form.

export function startFlags(page) {
  const { root, words, recorder, courier, attempt, outbox } = page;

  function draw(button, flagged) {
    const place = button.value.replace(/[01]$/, "");
    button.value = `${place}${flagged ? 0 : 1}`;
    if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(flagged));
    const text = words(flagged ? "flag-off" : "flag-on");
    if (text) button.textContent = text;
  }

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-flag]");
    const slot = button && page.slotAt(button);
    if (!slot) return;
    event.preventDefault();
    const flagged = button.value.endsWith("1");
    recorder.keepFlag(slot, flagged);
    courier.send({ attempt, slot: slot.position });
    draw(button, flagged);
    page.tell("flagged", { position: slot.position, flagged });
  });

  for (const slot of page.slots.values()) {
    const flagged = outbox.get(attempt, slot.position)?.flagged;
    const button = slot.section.querySelector("[data-flag]");
    if (button && flagged !== undefined) draw(button, flagged);
  }
}
