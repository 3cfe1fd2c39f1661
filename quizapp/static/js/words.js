// Going through a text from word to word with the keys, and choosing words with Shift. What is chosen is the document's
// own selection, so that it looks, and is copied, as any other.

function wordsOf(text) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    for (const { index, 0: word } of walker.currentNode.data.matchAll(/\S+/g)) {
      found.push({ node: walker.currentNode, start: index, end: index + word.length });
    }
  }
  return found;
}

const boxOf = ({ node, start, end }) => {
  const range = new Range();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range.getBoundingClientRect();
};

// The word of the next line that way (1 down, −1 up) that stands nearest above or below.
function onNextLine(words, at, way) {
  const here = boxOf(words[at]);
  let best = at;
  let line = null;
  for (let place = at + way; place >= 0 && place < words.length; place += way) {
    const box = boxOf(words[place]);
    if (Math.abs(box.top - here.top) < here.height / 2) continue;
    if (line !== null && Math.abs(box.top - line) > here.height / 2) break;
    if (line === null || Math.abs(box.left - here.left) < Math.abs(boxOf(words[best]).left - here.left)) best = place;
    line = box.top;
  }
  return best;
}

export function walkByWords(text, { hint, use, say }) {
  let anchor = 0; // where choosing began
  let at = 0; // the word one stands on

  text.tabIndex = 0;
  text.setAttribute("role", "textbox");
  text.setAttribute("aria-readonly", "true");
  text.setAttribute("aria-multiline", "true");
  text.setAttribute("aria-description", hint);

  function choose(words) {
    const [first, last] = anchor <= at ? [words[anchor], words[at]] : [words[at], words[anchor]];
    document.getSelection().setBaseAndExtent(first.node, first.start, last.node, last.end);
    const box = boxOf(words[at]);
    if (box.top < 0 || box.bottom > innerHeight) words[at].node.parentElement.scrollIntoView({ block: "nearest" });
    const from = Math.min(anchor, at);
    say(words.slice(from, Math.max(anchor, at) + 1).map(({ node, start, end }) => node.data.slice(start, end)).join(" "));
  }

  // A pointer may have chosen words meanwhile: the keys go on from there.
  function takeUp(words) {
    const selection = document.getSelection();
    if (!selection.rangeCount || !text.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0);
    const [first, last] = [words[Math.min(anchor, at)], words[Math.max(anchor, at)]];
    const isMine =
      range.startContainer === first.node && range.startOffset === first.start && range.endContainer === last.node && range.endOffset === last.end;
    if (isMine) return;
    const touched = words.flatMap(({ node, start, end }, place) =>
      range.comparePoint(node, start) <= 0 && range.comparePoint(node, end) >= 0 ? [place] : [],
    );
    if (touched.length) [anchor, at] = [touched[0], touched.at(-1)];
  }

  const STEPS = {
    ArrowRight: (words) => at + (getComputedStyle(text).direction === "rtl" ? -1 : 1),
    ArrowLeft: (words) => at - (getComputedStyle(text).direction === "rtl" ? -1 : 1),
    ArrowDown: (words) => onNextLine(words, at, 1),
    ArrowUp: (words) => onNextLine(words, at, -1),
    Home: () => 0,
    End: (words) => words.length - 1,
  };

  text.addEventListener("focus", () => {
    const words = wordsOf(text);
    if (!words.length || !text.matches(":focus-visible")) return;
    const selection = document.getSelection();
    if (selection.rangeCount && !selection.isCollapsed && text.contains(selection.anchorNode)) return;
    at = anchor = Math.min(at, words.length - 1);
    choose(words);
  });

  text.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      use();
    } else if (event.key === "Escape") {
      anchor = at;
      document.getSelection().removeAllRanges();
    } else if (STEPS[event.key]) {
      event.preventDefault();
      const words = wordsOf(text);
      if (!words.length) return;
      takeUp(words);
      at = Math.max(0, Math.min(words.length - 1, STEPS[event.key](words)));
      if (!event.shiftKey) anchor = at;
      choose(words);
    }
  });
}
