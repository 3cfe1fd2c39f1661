// In a list of questions: one box that ticks all of the page. Without this module they are ticked one by one, or all on
// every page are taken by the box below the list.

document.querySelectorAll("form[data-tick-all]").forEach((form) => {
  const place = form.querySelector("[data-tick-all-here]");
  const boxes = [...form.querySelectorAll("input[name=question]")];
  if (!place || boxes.length < 2) return;
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", form.dataset.tickAll);
  all.title = form.dataset.tickAll;
  place.replaceChildren(all);

  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  for (const box of boxes) box.addEventListener("change", tell);
  tell();
});
