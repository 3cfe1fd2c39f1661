// Who writes a number into the box of a choice means that choice. Without this module it is chosen by hand.

for (const choice of document.querySelectorAll("[data-own-number]")) {
  const box = choice.querySelector("input[type=text]");
  const own = [...choice.querySelectorAll("input[type=radio]")].at(-1);
  box?.addEventListener("input", () => {
    if (box.value.trim() !== "") own.checked = true;
  });
}
