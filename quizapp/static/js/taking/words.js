// The words of the page's language, which the server puts on the attempt's element: `data-words-saved="Saved {time}"`.

/** A function (name, values) that gives the words of this name with its {places} filled in. */
export function wordsOf(root) {
  return (name, values = {}) => {
    const words = root.getAttribute(`data-words-${name}`) ?? "";
    return words.replace(/\{(\w+)\}/g, (_whole, place) => values[place] ?? "");
  };
}

/** A moment as the reader's own time of day; `moment` is anything a Date is made from. */
export function timeOfDay(moment) {
  const page = document.documentElement.lang;
  const language = navigator.language.split("-")[0] === page ? navigator.language : page;
  return new Intl.DateTimeFormat(language, { timeStyle: "short", hourCycle: "h23" }).format(new Date(moment));
}
