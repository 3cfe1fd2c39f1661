"""Rules on options: how many, how different, in which order, and which are no real options."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import OptionText
from quizapp.lint.findings import Hit, QuestionRule, Severity
from quizapp.lint.numbers import interval_of
from quizapp.lint.subjects import BankSubject, Item
from quizapp.lint.words import are_alike, plain, stem_of, without_article, words

ALIKE = 0.9
FEWEST, MOST = 3, 5
LONGEST_OPTION = 25


def _options_differ(item: Item, bank: BankSubject) -> Iterator[Hit]:
    for first, second in combinations(item.options, 2):
        one, other = without_article(first.text), without_article(second.text)
        values = {"first": first.text, "second": second.text}
        if one == other:
            yield Hit(
                _("“%(first)s” and “%(second)s” are the same option."), values, second.field, severity=Severity.ERROR
            )
        elif are_alike(one, other, ALIKE) and not _are_numbers(first.text, second.text):
            yield Hit(_("“%(first)s” and “%(second)s” are nearly the same option."), values, second.field)


def _are_numbers(first: str, second: str) -> bool:
    """Whether two options differ as numbers or years do, however alike their words are."""
    digits = [[character for character in text if character.isdigit()] for text in (first, second)]
    return digits[0] != digits[1] or interval_of(first) is not None or interval_of(second) is not None


def _keys_are_counted(item: Item, bank: BankSubject) -> Iterator[Hit]:
    right, count = len(item.right), len(item.options)
    if not count:
        return
    if item.question.kind == "single_choice" and right != 1:
        message = _("%(count)s options are marked as right; a single choice has one.")
        yield Hit(message, {"count": right}, item.options_field)
    elif right in (0, count):
        values = {"right": right, "count": count}
        yield Hit(_("%(right)s of %(count)s options are marked as right."), values, item.options_field)


def _matching(pattern: str, message: str, options: Iterable[OptionText], severity: Severity | None) -> Iterator[Hit]:
    for option in options:
        if re.search(pattern, plain(option.text)):
            yield Hit(message, {"option": option.text}, option.field, severity)


def _no_catch_all(item: Item, bank: BankSubject) -> Iterator[Hit]:
    lexicon = item.lexicon
    yield from _matching(lexicon.all_of_the_above, _("“%(option)s” sums up the others."), item.options, None)
    denies = _("“%(option)s” denies the others.")
    yield from _matching(lexicon.none_of_the_above, denies, item.options, Severity.WARNING)


def _no_combinations(item: Item, bank: BankSubject) -> Iterator[Hit]:
    combines = _("“%(option)s” only combines other options.")
    yield from _matching(item.lexicon.combination, combines, item.options, None)


def is_catch_all(option: OptionText, item: Item) -> bool:
    """Whether an option sums up or denies the others; a rule of its own tells of it, and it is enough told once."""
    text = plain(option.text)
    return any(re.search(pattern, text) for pattern in (item.lexicon.all_of_the_above, item.lexicon.none_of_the_above))


def _no_negative_options(item: Item, bank: BankSubject) -> Iterator[Hit]:
    options = [option for option in item.options if not is_catch_all(option, item)]
    yield from _matching(item.lexicon.negative_option, _("“%(option)s” is put as a negative."), options, None)


def _vague_words(item: Item, bank: BankSubject) -> Iterator[Hit]:
    for option in item.options:
        found = re.search(item.lexicon.vague, plain(option.text))
        if found:
            values = {"word": found[0], "option": option.text}
            yield Hit(
                _("“%(word)s” in “%(option)s” means different things to different readers."), values, option.field
            )


def _how_many(item: Item, bank: BankSubject) -> Iterator[Hit]:
    count = len(item.options)
    if 0 < count < FEWEST:
        yield Hit(_("It has %(count)s options."), {"count": count}, item.options_field, Severity.ERROR)
    elif count > MOST:
        yield Hit(_("It has %(count)s options."), {"count": count}, item.options_field)


def _in_order(item: Item, bank: BankSubject) -> Iterator[Hit]:
    spans = [interval_of(option.text) for option in item.options]
    known = [(span.low, span.high) for span in spans if span is not None]
    if len(known) < FEWEST or len(known) != len(spans):
        return
    if known not in (sorted(known), sorted(known, reverse=True)):
        yield Hit(_("The options are numbers or dates, and neither rise nor fall."), field=item.options_field)
    elif item.anatomy.shuffled:
        yield Hit(_("The options are numbers or dates, but are shuffled."), field=item.options_field)


def _ranges_apart(item: Item, bank: BankSubject) -> Iterator[Hit]:
    spans = [(option, interval_of(option.text)) for option in item.options]
    ranges = [(option, span) for option, span in spans if span is not None]
    for (first, one), (second, other) in combinations(ranges, 2):
        if (one.is_range or other.is_range) and one.overlaps(other):
            values = {"first": first.text, "second": second.text}
            yield Hit(_("“%(first)s” and “%(second)s” overlap."), values, second.field)


def _opposite(first: str, second: str, item: Item) -> bool:
    """Whether two options differ only by a negator, or by one word that means the reverse of the other."""
    lexicon, one, other = item.lexicon, words(first), words(second)
    if lexicon.negators.isdisjoint(one) != lexicon.negators.isdisjoint(other):
        left_out = lexicon.negators | lexicon.auxiliaries
        bare = [[stem_of(word) for word in text if word not in left_out] for text in (one, other)]
        return bare[0] == bare[1]
    pairs = [(ours, theirs) for ours in set(one) - set(other) for theirs in set(other) - set(one)]
    return len(pairs) == 1 and any(pairs[0] in (opposite, opposite[::-1]) for opposite in lexicon.opposites)


def _no_opposites(item: Item, bank: BankSubject) -> Iterator[Hit]:
    for first, second in combinations(item.options, 2):
        if _opposite(first.text, second.text, item):
            values = {"first": first.text, "second": second.text}
            yield Hit(
                _("“%(first)s” and “%(second)s” are opposites, so one of them seems right."), values, second.field
            )


def _not_too_long(item: Item, bank: BankSubject) -> Iterator[Hit]:
    for option in item.options:
        count = len(words(option.text))
        if count > LONGEST_OPTION:
            yield Hit(_("The option has %(count)s words."), {"count": count}, option.field)


def _class_of(option: OptionText, item: Item) -> str:
    text = plain(option.text).lstrip("\"'(")
    return next((name for name, pattern in item.lexicon.first_word_classes if re.match(pattern, text)), "a word")


def _odd_one_out(marks: list[str]) -> int | None:
    """The place of the only one that differs where all the others are alike; None where there is no such one."""
    odd = [place for place, mark in enumerate(marks) if marks.count(mark) == 1]
    return odd[0] if len(marks) > 2 and len(odd) == 1 and len(set(marks)) == 2 else None


def _parallel(item: Item, bank: BankSubject) -> Iterator[Hit]:
    endings = [plain(option.text).rstrip("\"')").endswith((".", "!", "?")) for option in item.options]
    for marks, message in (
        (
            [_class_of(option, item) for option in item.options],
            _("“%(option)s” alone does not begin as the others do."),
        ),
        ([str(ending) for ending in endings], _("“%(option)s” alone does not end as the others do.")),
    ):
        place = _odd_one_out(marks)
        if place is not None:
            option = item.options[place]
            severity = Severity.WARNING if option.correct and item.has_one_key else None
            yield Hit(message, {"option": option.text}, option.field, severity)


RULES = (
    QuestionRule(
        "duplicate-options", Severity.WARNING,
        _("Two options that say the same cannot both be right or wrong, and a sharp reader strikes both out."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 22"),
        _("Make them differ, or leave one out."),
        _options_differ,
    ),
    QuestionRule(
        "key-count", Severity.ERROR,
        _("Without a right option, or with nothing but right ones, there is nothing to choose."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 19"),
        _("Mark what is right."),
        _keys_are_counted,
    ),
    QuestionRule(
        "all-or-none-of-the-above", Severity.ERROR,
        _("Knowing two right options, or one wrong one, gives the answer away; denying all shows no knowledge."),
        _("Haladyna, Downing & Rodriguez 2002, guidelines 25 and 26"),
        _("Ask for several answers, or write a real option instead."),
        _no_catch_all,
    ),
    QuestionRule(
        "combined-options", Severity.ERROR,
        _("Options that combine others test logic and reading more than the subject."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 9"),
        _("Make it a multiple response."),
        _no_combinations,
    ),
    QuestionRule(
        "option-count", Severity.INFORMATION,
        _("Three good options do as well as more; further ones are seldom chosen and take time to read."),
        _("Rodriguez 2005; Tarrant, Ware & Mohammed 2009"),
        _("Keep the three to five options that readers are tempted by."),
        _how_many,
    ),
    QuestionRule(
        "negative-option", Severity.WARNING,
        _("A negative in an option makes the reader think round a corner, and doubly so after a negative stem."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 27"),
        _("Say what happened instead of what did not."),
        _no_negative_options,
    ),
    QuestionRule(
        "vague-frequency", Severity.INFORMATION,
        _("Words such as “often” have no agreed size, so whether the option is true depends on the reader."),
        _("NBME Item-Writing Guide"),
        _("Give the number, or leave the word out."),
        _vague_words,
    ),
    QuestionRule(
        "options-out-of-order", Severity.WARNING,
        _("Numbers and dates out of order cost reading time and test nothing."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 21"),
        _("Let them rise, and keep them in this order."),
        _in_order,
    ),
    QuestionRule(
        "overlapping-ranges", Severity.ERROR,
        _("A number in two ranges makes two options right."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 22"),
        _("Let each range begin where the last one ends."),
        _ranges_apart,
    ),
    QuestionRule(
        "opposite-pair", Severity.INFORMATION,
        _("Of two opposites one is likely the key, and the other options are struck out unread."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 28e"),
        _("Replace one of them, or make two such pairs."),
        _no_opposites,
    ),
    QuestionRule(
        "long-option", Severity.WARNING,
        _("Long options measure reading speed."),
        _("Haladyna, Downing & Rodriguez 2002, guidelines 13 and 16"),
        _("Say it in 25 words or fewer; move what is common into the stem."),
        _not_too_long,
    ),
    QuestionRule(
        "not-parallel", Severity.INFORMATION,
        _("An option that differs in form from all others draws the eye, most of all when it is the key."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 23"),
        _("Begin and end all options alike."),
        _parallel,
    ),
)  # fmt: skip
