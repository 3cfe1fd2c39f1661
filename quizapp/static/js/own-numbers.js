// Who writes a number into the box of a choice means that choice; who turns to another choice takes the number back.
// Without this module it is chosen by hand, and a number that was written beside another choice is asked about.

for (const choice of document.querySelectorAll("[data-own-number]")) {
  const box = choice.querySelector("input[type=text]");
  const radios = [...choice.querySelectorAll("input[type=radio]")];
  const own = radios.at(-1);
  const choose = () => {
    if (box.value.trim() !== "") own.checked = true;
  };
  box?.addEventListener("input", choose);
  for (const other of radios.slice(0, -1)) other.addEventListener("change", () => (box.value = box.defaultValue));
  // The number may have been written before this module was there.
  if (box && box.value !== box.defaultValue) choose();
}
