"""Answers that somebody might give to any question, as the fields of the page's form send them."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from quizapp.services.attempts.pinned import PinnedQuestion

Values = tuple[str, ...]
WRONG_WORDS = ("Musharraf", "Kabul", "a treaty", "the senate", "I do not know", "1998", "drones", "aid")


def draft(question: PinnedQuestion, order: Sequence[int], chance: Random) -> Values:
    """An answer to the question as an attempt shows it, right or wrong by chance."""
    return _DRAFTS[question.kind.name](question.content, order, chance)


def _choice(_content: Any, order: Sequence[int], chance: Random) -> Values:
    return (str(chance.randint(1, len(order))),)


def _choices(_content: Any, order: Sequence[int], chance: Random) -> Values:
    places = [str(place) for place in range(1, len(order) + 1)]
    return tuple(sorted(chance.sample(places, chance.randint(1, len(places) - 1))))


def _verdict(_content: Any, _order: Sequence[int], chance: Random) -> Values:
    return (chance.choice(("true", "false")),)


def _words(content: Any, _order: Sequence[int], chance: Random) -> Values:
    return (chance.choice((content.accept[0], chance.choice(WRONG_WORDS))),)


def _number(_content: Any, _order: Sequence[int], chance: Random) -> Values:
    return (str(chance.randint(1947, 1999)),)


def _matches(content: Any, order: Sequence[int], chance: Random) -> Values:
    options = len(order) - content.asked()
    return tuple(str(chance.randint(1, options)) for _ in range(content.asked()))


def _order(_content: Any, order: Sequence[int], chance: Random) -> Values:
    return tuple(chance.sample([str(place) for place in range(1, len(order) + 1)], len(order)))


def _blanks(content: Any, _order: Sequence[int], chance: Random) -> Values:
    return tuple(
        chance.choice(blank.choices) if blank.choices else chance.choice((blank.accept[0], *WRONG_WORDS))
        for blank in content.blanks
    )


def _essay(_content: Any, _order: Sequence[int], chance: Random) -> Values:
    return (" ".join(chance.choices(WRONG_WORDS, k=60)),)


_DRAFTS: dict[str, Callable[[Any, Sequence[int], Random], Values]] = {
    "single_choice": _choice,
    "multiple_response": _choices,
    "true_false": _verdict,
    "short_answer": _words,
    "numeric": _number,
    "matching": _matches,
    "ordering": _order,
    "cloze": _blanks,
    "essay": _essay,
}
