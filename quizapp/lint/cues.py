"""Rules on cues: what gives the key away to a reader who knows the tricks and not the subject."""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import fmean

from quizapp.domain.wording import mark_for_translation as _
from quizapp.lint.findings import Hit, QuestionRule, Severity
from quizapp.lint.indexes import places
from quizapp.lint.numbers import years_in
from quizapp.lint.options import is_catch_all
from quizapp.lint.subjects import BankSubject, Item
from quizapp.lint.words import capitalised, plain, stem_of, words

LONGER, NOTICEABLY = 2.0, 15
"""An option over twice as long as another, and by over 15 characters, is seen at a glance."""
KEY_LONGER, KEY_NOTICEABLY = 1.4, 8
"""So is a key 1.4 times as long as the distractors are on average; a few characters are no glance."""
LONGEST_NAME = 4
"""Words up to which a key is a name or a date, so that any of its telling words gives it away."""
SHARED_CONTEXT = 2
"""Content words that two questions share, beside the key itself, from which one can cue the other."""


def _lengths(item: Item, bank: BankSubject) -> Iterator[Hit]:
    if len(item.options) < 3:
        return
    by_length = sorted(item.options, key=lambda option: len(option.text))
    shortest, longest = by_length[0], by_length[-1]
    short, long = len(shortest.text), len(longest.text)
    if long > LONGER * short and long - short > NOTICEABLY:
        yield Hit(
            _("The longest option has %(long)s characters, the shortest %(short)s."),
            {"long": long, "short": short},
            longest.field,
        )
        return
    if not item.right or not item.wrong:
        return
    key = fmean(len(option.text) for option in item.right)
    others = fmean(len(option.text) for option in item.wrong)
    if key > KEY_LONGER * others and key - others > KEY_NOTICEABLY:
        yield Hit(
            _("The key has %(key)s characters, the distractors %(others)s on average."),
            {"key": round(key), "others": round(others)},
            item.right[0].field,
        )


def _absolutes(item: Item, bank: BankSubject) -> Iterator[Hit]:
    if any(re.search(item.lexicon.absolute, plain(option.text)) for option in item.right):
        return
    for option in item.wrong:
        found = re.search(item.lexicon.absolute, plain(option.text))
        if found and not is_catch_all(option, item):
            values = {"word": found[0], "option": option.text}
            yield Hit(_("“%(word)s” marks “%(option)s” as wrong; the key has no such word."), values, option.field)


def _grammar(item: Item, bank: BankSubject) -> Iterator[Hit]:
    last = (words(item.content.stem) or ("",))[-1]
    pattern = dict(item.lexicon.fits_after).get(last)
    if pattern is None:
        return
    for option in item.options:
        if not _is_acronym(option.text) and not re.match(pattern, plain(option.text).lstrip("\"'(")):
            values = {"option": option.text, "word": last}
            yield Hit(_("“%(option)s” does not fit after “%(word)s”, the stem’s last word."), values, option.field)


def _is_acronym(text: str) -> bool:
    """Whether `text` begins with a word in capitals; how that is spoken, and so what it follows, cannot be told."""
    first = re.match(r"\W*(\w{2,})", text)
    return first is not None and first[1].isupper()


def _clang(item: Item, bank: BankSubject) -> Iterator[Hit]:
    named = {word for name in capitalised(item.content.stem) for word in item.content_of(name)}
    elsewhere = {word for option in item.wrong for word in item.content_of(option.text)}
    for option in item.right:
        shared = (item.content_of(option.text) & item.stem_content) - elsewhere - named - bank.name_stems
        if shared and item.wrong:
            values = {"word": _word_with(min(shared), option.text), "option": option.text}
            yield Hit(
                _("The stem and the key “%(option)s” share “%(word)s”, and no distractor has it."), values, option.field
            )


def _word_with(stem: str, text: str) -> str:
    """The word of `text` that has this stem."""
    return next((word for word in words(text) if stem_of(word) == stem), stem)


def _convergence(item: Item, bank: BankSubject) -> Iterator[Hit]:
    if not item.has_one_key:
        return
    contents = [item.content_of(option.text) for option in item.options]
    overlap = [
        sum(len(own & other) for place, other in enumerate(contents) if place != here)
        for here, own in enumerate(contents)
    ]
    key = next(place for place, option in enumerate(item.options) if option.correct)
    rest = [count for place, count in enumerate(overlap) if place != key]
    if overlap[key] > max(rest) and overlap[key] >= 3:
        yield Hit(
            _("The key shares more words with the other options than any of them does."), field=item.options[key].field
        )


def _phrases(key: str, item: Item) -> Iterator[tuple[str, ...]]:
    """What would give a key away in another stem: the year or the name that it is, or two content words in a row."""
    found = words(key)
    if len(found) <= LONGEST_NAME:
        telling = years_in(key) | {name for name in capitalised(f"x {key}") if len(name) > 3}
        yield from ((word,) for word in found if word in telling and word not in item.lexicon.function_words)
    for pair in pairwise(found):
        if all(len(word) > 3 and word not in item.lexicon.function_words for word in pair):
            yield pair


def _has_run(haystack: tuple[str, ...], run: tuple[str, ...]) -> bool:
    return any(haystack[start : start + len(run)] == run for start in range(len(haystack) - len(run) + 1))


def _cued(item: Item, bank: BankSubject) -> Iterator[Hit]:
    asked = item.anatomy.asked or (item.read_with_stem,) * len(item.anatomy.keys)
    told: set[str] = set()
    for key, question in zip(item.anatomy.keys, asked, strict=True):
        for run in _phrases(key, item):
            if _has_run(item.stem_words, run):
                continue
            for other in _that_tell(run, question, item, bank):
                if other.id not in told:
                    told.add(other.id)
                    values = {"key": " ".join(run), "other": other.id}
                    yield Hit(
                        _("The stem of question %(other)s tells “%(key)s”, which is asked for here."), values, ("stem",)
                    )


def _that_tell(run: tuple[str, ...], question: str, item: Item, bank: BankSubject) -> Iterator[Item]:
    """The other questions whose stems hold the words of a key, in the same connection.

    The connection is what keeps the rule quiet: in a bank on one subject many stems name the same people and years, but
    only one that shares the rare words of this question tells its answer.
    """
    named = {word for part in run for word in item.content_of(part)}
    if named <= bank.frequent_content:
        return
    context = item.content_of(question) - named - bank.frequent_content
    told = set(run)
    connected = bank.by_content.holding(context, SHARED_CONTEXT) & bank.by_word.holding(told, len(told))
    for place in places(connected):
        other = bank.in_use[place]
        if other.id != item.id and _has_run(other.stem_words, run):
            yield other


RULES = (
    QuestionRule(
        "length-outlier", Severity.WARNING,
        _("An option that stands out by its length is chosen, or struck out, for its length."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 24"),
        _("Make the options about equally long: shorten this one, or give the others as much to say."),
        _lengths,
    ),
    QuestionRule(
        "absolutes", Severity.WARNING,
        _("Readers who know the tricks strike out “always” and “never” without reading on."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 28a"),
        _("Leave the word out, or use one of its kind in the key as well."),
        _absolutes,
    ),
    QuestionRule(
        "grammatical-cue", Severity.WARNING,
        _("An option that does not fit the stem’s grammar is struck out unread."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 28c"),
        _("End the stem so that every option fits, or put the article into the options."),
        _grammar,
    ),
    QuestionRule(
        "clang", Severity.WARNING,
        _("A word that stem and key have in common points at the key."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 28b; NBME Item-Writing Guide"),
        _("Use another word in one of them, or the same word in a distractor."),
        _clang,
    ),
    QuestionRule(
        "convergence", Severity.INFORMATION,
        _("Distractors made by changing the key one part at a time leave the key in their middle."),
        _("NBME Item-Writing Guide"),
        _("Let distractors share words with one another as well."),
        _convergence,
    ),
    QuestionRule(
        "cross-item-cue", Severity.WARNING,
        _("One question should not answer another."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 4"),
        _("Leave the name or the year out of the other stem, or ask for something else here."),
        _cued,
    ),
)  # fmt: skip
