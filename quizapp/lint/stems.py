"""Rules on the stem: that it asks, briefly, in its own words, one thing at a time, and as no other question does."""

import re
from collections.abc import Iterator

from quizapp.domain.wording import mark_for_translation as _
from quizapp.lint.findings import Hit, QuestionRule, Severity
from quizapp.lint.subjects import COPIED_RUN, BankSubject, Item
from quizapp.lint.words import plain, runs, without_quotations, words

SHORTEST_STEM, LONGEST_STEM = 5, 60
_UNDERSCORED = re.compile(r"(?<!_)_{1,2}(?!_)")
_EMPHASISED = re.compile(r"(\*{1,3})(?=\S).+?(?<=\S)\1")
_BLANK = re.compile(r"_{3,}|…|\.{3}")


def asking_clause(item: Item) -> str:
    """The last question of the stem, quotations left out; the whole stem where it holds no question mark.

    All emphasis is marked by asterisks, because an underscore would count as a letter of the word beside it.
    """
    stem = _UNDERSCORED.sub("*", without_quotations(item.content.stem))
    questions = [part for part in re.split(r"(?<=[.?!])\s+", stem) if part.endswith("?")]
    return questions[-1] if questions else stem


def negative_in(item: Item) -> re.Match[str] | None:
    """The negative word of the asking clause, if there is one; a statement asks nothing."""
    if item.anatomy.statement:
        return None
    return re.search(item.lexicon.negative, asking_clause(item), re.IGNORECASE)


def is_emphasised(match: re.Match[str]) -> bool:
    """Whether the word found is in capitals or between marks of emphasis."""
    between = (span for span in _EMPHASISED.finditer(match.string) if span.start() < match.start() < span.end())
    return match[0].isupper() or any(between)


def _negatives_stand_out(item: Item, bank: BankSubject) -> Iterator[Hit]:
    if item.anatomy.statement:
        yield from _no_double_negative(item)
        return
    found = negative_in(item)
    if found is None:
        return
    if is_emphasised(found):
        yield Hit(_("The question is put as a negative."), field=("stem",), severity=Severity.INFORMATION)
    else:
        yield Hit(_("“%(word)s” turns the question round and is easy to overlook."), {"word": found[0]}, ("stem",))


def _no_double_negative(item: Item) -> Iterator[Hit]:
    """A statement may have to deny something; twice, nobody knows any more what is true of it."""
    denied = re.findall(item.lexicon.negation, plain(without_quotations(item.content.stem)))
    if len(denied) > 1:
        yield Hit(_("The statement is put as a double negative."), field=("stem",))
    elif denied:
        yield Hit(_("The statement is put as a negative."), field=("stem",), severity=Severity.INFORMATION)


def _asks(item: Item, bank: BankSubject) -> Iterator[Hit]:
    count = len(item.stem_words)
    asks = item.anatomy.statement or "?" in item.content.stem or _BLANK.search(item.read_with_stem) or _tells(item)
    if count < SHORTEST_STEM:
        values = {"count": count, "least": SHORTEST_STEM}
        yield Hit(_("Words in the stem: %(count)s; at least %(least)s are needed."), values, ("stem",))
    elif not asks and item.lexicon.imperatives:
        yield Hit(_("The stem neither asks a question nor says what to do."), field=("stem",))


def _tells(item: Item) -> bool:
    """Whether a clause of the stem begins with what to do: “According to the author, put …”."""
    clauses = [words(clause) for clause in re.split(r"[.,:;!]\s", plain(item.content.stem))]
    return any(clause[0] in item.lexicon.imperatives for clause in clauses if clause)


def _no_window_dressing(item: Item, bank: BankSubject) -> Iterator[Hit]:
    count = len(item.stem_words)
    if count > LONGEST_STEM:
        values = {"count": count, "most": LONGEST_STEM}
        yield Hit(_("Words in the stem: %(count)s; at most %(most)s are wanted."), values, ("stem",))


def _own_words(item: Item, bank: BankSubject) -> Iterator[Hit]:
    texts = [(("stem",), item.content.stem), *((option.field, option.text) for option in item.options)]
    for field, text in texts:
        copied = next((run for run in runs(text, COPIED_RUN) if run in bank.passage_runs), None)
        if copied:
            values = {"words": " ".join(copied), "passage": bank.passage_runs[copied]}
            yield Hit(_("“%(words)s” is copied from passage %(passage)s."), values, field)


def _said_once(item: Item, bank: BankSubject) -> Iterator[Hit]:
    for other in bank.near_duplicates(item):
        yield Hit(_("The stem is nearly that of question %(other)s."), {"other": other.id}, ("stem",))


def _one_statement(item: Item, bank: BankSubject) -> Iterator[Hit]:
    if item.anatomy.statement and re.search(item.lexicon.second_clause, plain(item.content.stem)):
        yield Hit(_("The statement seems to hold two statements."), field=("stem",))


RULES = (
    QuestionRule(
        "negative-stem", Severity.ERROR,
        _("A negative that is overlooked turns a right answer into a wrong one."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 17"),
        _("Ask for what holds; if the negative must stay, write it in CAPITALS or in bold."),
        _negatives_stand_out,
    ),
    QuestionRule(
        "no-question-in-stem", Severity.WARNING,
        _("A reader should know what is asked before reading the options."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 15"),
        _("Put the whole question into the stem."),
        _asks,
    ),
    QuestionRule(
        "long-stem", Severity.WARNING,
        _("Words that are not needed measure reading speed."),
        _("Haladyna, Downing & Rodriguez 2002, guidelines 13 and 16"),
        _("Say it in 60 words or fewer."),
        _no_window_dressing,
    ),
    QuestionRule(
        "verbatim-copying", Severity.INFORMATION,
        _("Words lifted from the text can be matched without being understood."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 3"),
        _("Say it in other words, or put the quotation in quotation marks."),
        _own_words,
    ),
    QuestionRule(
        "near-duplicate", Severity.WARNING,
        _("Two questions that ask the same waste one of them and count one thing twice."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 4"),
        _("Ask about something else, or retire one of the two."),
        _said_once,
    ),
    QuestionRule(
        "two-statements", Severity.INFORMATION,
        _("Where one half is true and the other false, a reader cannot tell which half is asked about."),
        _("NBME Item-Writing Guide, on true-or-false items"),
        _("Keep one statement, or make two questions."),
        _one_statement,
    ),
)  # fmt: skip
