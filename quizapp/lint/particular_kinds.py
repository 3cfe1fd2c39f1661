"""Rules on single kinds of question: what makes a blank, a number, an order, a list of pairs or a rubric a fair one."""

from collections.abc import Iterator
from itertools import combinations

from quizapp.domain.dates import sort_key
from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.cloze.kind import Blank, ClozeContent
from quizapp.kinds.content import Path
from quizapp.kinds.essay.kind import EssayContent
from quizapp.kinds.matching.kind import MatchingContent
from quizapp.kinds.numeric.kind import NumericContent
from quizapp.kinds.ordering.kind import OrderingContent
from quizapp.kinds.short_answer.kind import ShortAnswerContent
from quizapp.kinds.typed_answers import fold_answer
from quizapp.lint.findings import Hit, QuestionRule, Severity
from quizapp.lint.numbers import has_date, interval_of
from quizapp.lint.subjects import BankSubject, Item
from quizapp.lint.words import plain, words

MOST_BLANKS = 4
WORDS_THAT_STAY = 0.6
FEWEST_ITEMS, MOST_ITEMS = 4, 6


def _typed_answers(item: Item, bank: BankSubject) -> Iterator[Hit]:
    content = item.content
    if isinstance(content, ShortAnswerContent):
        yield from _lists_agree(content, ())
    elif isinstance(content, ClozeContent):
        for number, blank in enumerate(content.blanks):
            if not blank.choices:
                yield from _lists_agree(blank, ("blanks", number))


def _lists_agree(typed: ShortAnswerContent | Blank, field: Path) -> Iterator[Hit]:
    for number, key in enumerate(typed.accept):
        if not fold_answer(key) or not typed.accepts(key):
            message = _("The accepted answer “%(key)s” would itself be refused.")
            yield Hit(message, {"key": key}, (*field, "accept", number))
    for number, wrong in enumerate(typed.reject):
        if typed.accepts(wrong.text):
            message = _("The wrong answer “%(answer)s” would be accepted.")
            yield Hit(message, {"answer": wrong.text}, (*field, "reject", number, "text"))


def _numeric(item: Item, bank: BankSubject) -> Iterator[Hit]:
    content = item.content
    if not isinstance(content, NumericContent):
        return
    unit = content.unit.strip()
    if not unit:
        yield Hit(_("No unit is stated."), field=("unit",))
    if content.tolerance < 0 or content.relative_tolerance < 0:
        yield Hit(_("The tolerance is below nothing."), field=("tolerance",))
    if unit in ("year", "years AD", "CE") and (content.tolerance or content.relative_tolerance):
        yield Hit(_("A year is right or wrong; its tolerance should be 0."), field=("tolerance",))


def _cloze(item: Item, bank: BankSubject) -> Iterator[Hit]:
    content = item.content
    if not isinstance(content, ClozeContent):
        return
    pieces = content.pieces()
    blanks = len(content.blanks)
    if blanks > MOST_BLANKS:
        yield Hit(_("It has %(count)s blanks."), {"count": blanks}, ("text",))
    if not words(pieces[0]):
        yield Hit(_("It begins with a blank, so the reader does not know yet what it is about."), field=("text",))
    kept = sum(len(words(piece)) for piece in pieces)
    left_out = sum(len(words(blank.accept[0])) for blank in content.blanks)
    if kept < WORDS_THAT_STAY * (kept + left_out):
        share = round(100 * kept / (kept + left_out))
        yield Hit(_("Only %(share)s%% of its words stay."), {"share": share}, ("text",))


def _ordering(item: Item, bank: BankSubject) -> Iterator[Hit]:
    content = item.content
    if not isinstance(content, OrderingContent):
        return
    if not FEWEST_ITEMS <= content.asked() <= MOST_ITEMS:
        yield Hit(_("It asks for the order of %(count)s items."), {"count": content.asked()}, ("items",))
    for number, entry in enumerate(content.items):
        if has_date(entry.text):
            yield Hit(_("“%(item)s” tells its own date."), {"item": entry.text}, ("items", number, "text"))
        if content.ordered_by == "time" and entry.date is None:
            yield Hit(_("“%(item)s” has no date to check its place by."), {"item": entry.text}, ("items", number))
    dated = [(number, entry.date) for number, entry in enumerate(content.items) if entry.date]
    for (_number, earlier), (number, date) in combinations(dated, 2):
        if content.ordered_by == "time" and _same_time(earlier, date):
            yield Hit(_("Two items have the date %(date)s."), {"date": date}, ("items", number, "date"))


def _same_time(first: str, second: str) -> bool:
    """Whether one date holds the other: 1999 and 1999-07 cannot be told apart."""
    one, other = sort_key(first), sort_key(second)
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def _matching(item: Item, bank: BankSubject) -> Iterator[Hit]:
    content = item.content
    if not isinstance(content, MatchingContent):
        return
    if not content.extras:
        yield Hit(_("It has no option more than pairs, so the last pair is found by elimination."), field=("extras",))
    for texts in ([pair.left for pair in content.pairs], content.options()):
        if len({interval_of(text) is not None for text in texts}) > 1:
            yield Hit(_("One list holds dates or numbers and other things."), field=("pairs",))
        if len({plain(text).endswith((".", "!", "?")) for text in texts}) > 1:
            yield Hit(_("One list holds sentences and other things."), field=("pairs",))


def _essay(item: Item, bank: BankSubject) -> Iterator[Hit]:
    content = item.content
    if not isinstance(content, EssayContent):
        return
    if len(content.rubric) == 1:
        yield Hit(_("It is marked by one criterion alone."), field=("rubric",))
    if not content.model_answer and not any(criterion.hint for criterion in content.rubric):
        yield Hit(_("Nothing says what a good answer holds: no hint and no model answer."), field=("model_answer",))


RULES = (
    QuestionRule(
        "short-answer-key", Severity.ERROR,
        _("What is listed as right must be taken as right, and what is listed as wrong as wrong."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 19"),
        _("Mend the lists of accepted and refused answers."),
        _typed_answers,
    ),
    QuestionRule(
        "numeric-key", Severity.ERROR,
        _("A number means nothing without its unit, and a year near the right one is a wrong year."),
        _("NBME Item-Writing Guide, on units"),
        _("State the unit; give a tolerance of 0 for a year."),
        _numeric,
    ),
    QuestionRule(
        "cloze-text", Severity.WARNING,
        _("A text with too little left in it is a riddle; the reader must be able to tell what is missing."),
        _("Taylor 1953, on cloze procedure; NBME Item-Writing Guide"),
        _("Keep one to four blanks, none at the beginning, and six words in ten."),
        _cloze,
    ),
    QuestionRule(
        "ordering-items", Severity.ERROR,
        _("An order can be marked where every item has a time of its own, and is known where no item tells it."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 28"),
        _("Ask for four to six items with dates of their own, and no date in their words."),
        _ordering,
    ),
    QuestionRule(
        "matching-lists", Severity.WARNING,
        _("Where a list mixes sorts of things, or holds no spare option, matching is solved by elimination."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 9, on matching"),
        _("Keep each list to one sort of thing, and add an option or two that fit nowhere."),
        _matching,
    ),
    QuestionRule(
        "essay-rubric", Severity.INFORMATION,
        _("Who marks an essay needs something to agree on with who marks the next one, criterion by criterion."),
        _("Jonsson & Svingby 2007, on scoring rubrics: analytic ones, with examples, are marked most alike"),
        _("Give two criteria or more, and a model answer or what full points need."),
        _essay,
    ),
)  # fmt: skip
