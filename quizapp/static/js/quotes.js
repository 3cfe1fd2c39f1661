// Quotes marked in the passages beside the editor. They are painted over the page and change nothing in it, so that
// what is being selected stays selected. Words are compared as a reader would: white space, quotation marks and dashes
// of any make are the same.

const FOLDED = new Map([
  ...[..."‘’‚‛′ʼ´`"].map((mark) => [mark, "'"]),
  ...[..."“”„‟″«»"].map((mark) => [mark, '"']),
  ...[..."‐‑‒–—―−"].map((mark) => [mark, "-"]),
]);

// A text folded character by character, and where each kept character stands: in which node, at which offset.
function folded(characters) {
  const kept = [];
  for (const { character, ...place } of characters) {
    const same = /\s/.test(character) ? " " : (FOLDED.get(character) ?? character);
    if (same === " " && (kept.length === 0 || kept.at(-1).same === " ")) continue;
    kept.push({ same, ...place });
  }
  return kept;
}

function* charactersOf(passage) {
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let offset = 0; offset < node.length; offset += 1) yield { character: node.data[offset], node, offset };
  }
}

const texts = new Map();

function textOf(passage) {
  if (!texts.has(passage)) {
    const places = folded(charactersOf(passage));
    texts.set(passage, { places, text: places.map(({ same }) => same).join("") });
  }
  return texts.get(passage);
}

// Emphasis of the file's own is no part of the words on the page.
const asShown = (quote) => folded([...quote.replace(/[*_]+/g, "")].map((character) => ({ character }))).map(({ same }) => same).join("").trim();

function rangeOf(passage, quote) {
  const wanted = asShown(quote);
  const { places, text } = textOf(passage);
  const start = wanted ? text.indexOf(wanted) : -1;
  if (start < 0) return null;
  const [first, last] = [places[start], places[start + wanted.length - 1]];
  const range = new Range();
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, last.offset + 1);
  return range;
}

export function highlightQuotes(passages, quotesIn) {
  if (!("highlights" in CSS)) return;
  const [deciding, against] = [new Highlight(), new Highlight()];
  for (const passage of passages) {
    for (const quote of quotesIn(passage.dataset.passage)) {
      const range = rangeOf(passage, quote.text);
      if (range) (quote.deciding ? deciding : against).add(range);
    }
  }
  CSS.highlights.set("evidence", deciding);
  CSS.highlights.set("against", against);
}
