"""Rules on a bank as a whole: patterns that no single question shows, and a reader of many would find."""

import re
from collections.abc import Iterator
from itertools import groupby

from quizapp.domain.statistics import binomial_tail, chi_square_tail
from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import OptionText
from quizapp.lint.findings import BankRule, Hit, Severity
from quizapp.lint.stems import negative_in
from quizapp.lint.strategies import strategies
from quizapp.lint.subjects import BankSubject, Item
from quizapp.lint.words import plain

UNLIKELY, VERY_UNLIKELY = 0.05, 0.001
LONGEST_RUN = 4
FEWEST_FOR_CHI_SQUARE = 10
"""Questions from which χ² can be trusted. Source: Koehler & Larntz 1980."""
FALSE_SHARE = (0.4, 0.6)
FEWEST_STATEMENTS = 5
"""True-or-false questions from which their balance can be judged: of four, one to three are false by chance alone."""
NEGATIVE_SHARE = 0.05


def _severity(probability: float) -> Severity | None:
    """Very unlikely by chance: an error; unlikely: a warning; else nothing to say."""
    if probability < VERY_UNLIKELY:
        return Severity.ERROR
    return Severity.WARNING if probability < UNLIKELY else None


def _longest(item: Item) -> OptionText | None:
    """The option that is longer than every other; None where several are, as years are."""
    second, first = sorted(item.options, key=lambda option: len(option.text))[-2:]
    return first if len(first.text) > len(second.text) else None


def _key_longest(bank: BankSubject) -> Iterator[Hit]:
    items = [item for item in bank.choice_items if _longest(item)]
    if not items:
        return
    longest = sum(_longest(item) == item.right[0] for item in items)
    chance = sum(1 / len(item.options) for item in items) / len(items)
    severity = _severity(binomial_tail(longest, len(items), chance))
    values = {"longest": longest, "count": len(items), "expected": round(chance * len(items))}
    if severity:
        message = _("In %(longest)s of %(count)s questions the key is the longest option; chance gives %(expected)s.")
        yield Hit(message, values, severity=severity)
    elif binomial_tail(len(items) - longest, len(items), 1 - chance) < VERY_UNLIKELY:
        message = _("The key is the longest option in only %(longest)s of %(count)s questions; chance: %(expected)s.")
        yield Hit(message, values, severity=Severity.INFORMATION)


def _place_of_key(item: Item) -> int:
    return next(place for place, option in enumerate(item.options, start=1) if option.correct)


def _key_position(bank: BankSubject) -> Iterator[Hit]:
    """Judged apart where the written order is the one shown, and where options are shuffled and only print keeps it."""
    for shuffled in (False, True):
        items = [item for item in bank.choice_items if item.anatomy.shuffled == shuffled]
        softened = Severity.INFORMATION if shuffled else None
        yield from _uneven(items, softened)
        yield from _long_run(items, softened)


def _uneven(items: list[Item], softened: Severity | None) -> Iterator[Hit]:
    sizes = sorted({len(item.options) for item in items})
    for size in sizes:
        places = [_place_of_key(item) for item in items if len(item.options) == size]
        counts = [places.count(place) for place in range(1, size + 1)]
        severity = _severity(_chance_of(counts))
        if severity:
            values = {"counts": ", ".join(map(str, counts)), "size": size}
            message = _("Of the questions with %(size)s options, the key is 1st, 2nd, … in %(counts)s.")
            yield Hit(message, values, severity=softened or severity)


def _chance_of(counts: list[int]) -> float:
    """The probability of places held so unevenly, by χ²; of a few, the bound for one place that holds the most."""
    trials, size = sum(counts), len(counts)
    if trials < FEWEST_FOR_CHI_SQUARE:
        return size * binomial_tail(max(counts), trials, 1 / size)
    expected = trials / size
    return chi_square_tail(sum((count - expected) ** 2 / expected for count in counts), size - 1)


def _long_run(items: list[Item], softened: Severity | None) -> Iterator[Hit]:
    for place, group in groupby(items, key=_place_of_key):
        run = list(group)
        if len(run) > LONGEST_RUN:
            values = {"count": len(run), "place": place, "first": run[0].id}
            message = _("From %(first)s on, the key is number %(place)s in %(count)s questions in a row.")
            yield Hit(message, values, severity=softened)


def _absolutes_rate(bank: BankSubject) -> Iterator[Hit]:
    marked = [
        option
        for item in bank.in_use
        for option in item.options
        if item.right and re.search(item.lexicon.absolute, plain(option.text))
    ]
    options = [option for item in bank.in_use for option in item.options if item.right]
    keys = sum(option.correct for option in options)
    if not marked or not 0 < keys < len(options):
        return
    wrong = sum(not option.correct for option in marked)
    severity = _severity(binomial_tail(wrong, len(marked), 1 - keys / len(options)))
    if severity:
        values = {"wrong": wrong, "count": len(marked)}
        yield Hit(
            _("Of %(count)s options with a word like “always” or “only”, %(wrong)s are wrong."),
            values,
            severity=severity,
        )


def _true_and_false(bank: BankSubject) -> Iterator[Hit]:
    verdicts = [item.anatomy.verdict for item in bank.in_use if item.anatomy.statement]
    false = sum(not verdict for verdict in verdicts)
    if len(verdicts) >= FEWEST_STATEMENTS and not FALSE_SHARE[0] <= false / len(verdicts) <= FALSE_SHARE[1]:
        values = {"false": false, "count": len(verdicts)}
        yield Hit(_("Of %(count)s statements %(false)s are false."), values)


def _negative_share(bank: BankSubject) -> Iterator[Hit]:
    asking = [item for item in bank.in_use if not item.anatomy.statement]
    negative = [item for item in asking if negative_in(item)]
    if len(negative) > max(1, NEGATIVE_SHARE * len(asking)):
        values = {"negative": len(negative), "count": len(asking)}
        yield Hit(_("%(negative)s of %(count)s questions are put as negatives."), values)


def _tricks_fail(bank: BankSubject) -> Iterator[Hit]:
    for strategy in strategies(bank):
        if strategy.beats_chance:
            values = {
                "strategy": strategy.title,
                "score": round(100 * strategy.score),
                "chance": round(100 * strategy.chance),
            }
            yield Hit(_("“%(strategy)s” scores %(score)s%%, where chance gives %(chance)s%%."), values)


RULES = (
    BankRule(
        "key-longest", Severity.WARNING,
        _("Writers say more about what is right, and readers learn to choose the longest option."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 24; NBME Item-Writing Guide"),
        _("Shorten keys, or give distractors as much to say, until the key is the longest as often as by chance."),
        _key_longest,
    ),
    BankRule(
        "key-position", Severity.WARNING,
        _("A place that holds the key more often than others is worth guessing; on paper options are not shuffled."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 20"),
        _("Move some keys to the places that have few."),
        _key_position,
    ),
    BankRule(
        "absolutes-rate", Severity.WARNING,
        _("If such words stand in distractors alone, readers learn to strike them out."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 28a"),
        _("Leave the words out, or use them in keys as well."),
        _absolutes_rate,
    ),
    BankRule(
        "true-false-balance", Severity.WARNING,
        _("Where most statements are true, or most false, guessing one and the same pays."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 20"),
        _("Turn some statements round, so that 40 to 60 in a hundred are false."),
        _true_and_false,
    ),
    BankRule(
        "negative-share", Severity.INFORMATION,
        _("Readers grow tired of turning questions round."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 17"),
        _("Keep negatives to one question in twenty."),
        _negative_share,
    ),
    BankRule(
        "trick-pays", Severity.WARNING,
        _("A reader who knows nothing should not do better than by guessing."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 28"),
        _("Look at the questions that the trick solves, and change their options."),
        _tricks_fail,
    ),
)  # fmt: skip
