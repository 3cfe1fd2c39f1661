"""What counted answers say in words: which options were chosen, what was typed, which parts were right."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

from quizapp.domain.item_analysis import showing
from quizapp.domain.item_analysis.counts import Answers, number
from quizapp.kinds.explained import Explained, ExplainedOption
from quizapp.kinds.typed_answers import fold_answer
from quizapp.services.attempts.pinned import PinnedQuestion

MOST_TYPED = 10
"""Wrong answers listed, the most frequent first."""


@dataclass(frozen=True)
class TypedAnswer:
    """A wrong answer as most people wrote it, and by how many it was given, slight differences of writing aside."""

    text: str
    count: int


@dataclass(frozen=True)
class PartFigures:
    """One part of a question, a pair or a blank: the share 0–1 that had it right, and what was given instead."""

    label: str
    key: str
    share: float
    instead: tuple[TypedAnswer, ...]


def _order(question: PinnedQuestion) -> list[int]:
    """As the content is written: the analysis has no order of its own."""
    order: list[int] = question.kind.plain_order(question.content, Random(0))  # noqa: S311  nothing is drawn
    return order


def _response(question: PinnedQuestion, answer: str) -> Any:
    """A counted answer as the kind knows it; None for one that says nothing, such as a blank."""
    try:
        return question.kind.load_response(json.loads(answer)) if answer else None
    except ValueError:
        return None


def _explained(question: PinnedQuestion, answers: Iterable[Answers]) -> dict[str, Explained]:
    """Each different answer beside its key, those aside that say nothing (any more)."""
    order, found = _order(question), {}
    for answer in {one.answer for one in answers}:
        response = _response(question, answer)
        if response is not None:
            with suppress(LookupError):
                found[answer] = question.kind.explain(question.content, order, response)
    return found


def _unanswered(question: PinnedQuestion) -> Explained:
    return question.kind.explain(question.content, _order(question), None)


def options_of(question: PinnedQuestion) -> tuple[ExplainedOption, ...]:
    """The options of a question of a kind that has them, as written."""
    return _unanswered(question).options


def picks(question: PinnedQuestion, answers: Iterable[Answers]) -> dict[str, frozenset[int]]:
    """The options chosen in each answer that says something."""
    return {
        answer: frozenset(n for n, option in enumerate(shown.options) if option.chosen)
        for answer, shown in _explained(question, answers).items()
    }


def typed_wrong(question: PinnedQuestion, answers: Sequence[Answers]) -> tuple[TypedAnswer, ...]:
    """The wrong answers typed most often, where enough have answered; never what one person alone has typed."""
    prompt = question.kind.prompt(question.content, order := _order(question))
    if prompt.options or prompt.rows or prompt.pieces or number(answers) < showing.FACILITY_FROM:
        return ()
    written: Counter[str] = Counter()
    for one in answers:
        response = _response(question, one.answer) if one.mark < 1 else None
        if response is not None:
            written.update(dict.fromkeys(question.kind.given(question.content, order, response), one.count))
    return _most_often(written)


def _most_often(written: Counter[str]) -> tuple[TypedAnswer, ...]:
    alike: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, count in written.items():
        alike[fold_answer(text)][text] += count
    found = [TypedAnswer(_as_most_wrote(forms), forms.total()) for forms in alike.values()]
    often = [one for one in found if one.count >= showing.TYPED_FROM]
    return tuple(sorted(often, key=lambda one: (-one.count, one.text))[:MOST_TYPED])


def _as_most_wrote(forms: Counter[str]) -> str:
    return min(forms, key=lambda text: (-forms[text], text))


def parts(question: PinnedQuestion, answers: Sequence[Answers]) -> tuple[PartFigures, ...]:
    """How each part of a question was answered, blanks being wrong; empty where attempts draw the parts themselves."""
    n = number(answers)
    if n < showing.FACILITY_FROM or getattr(question.content, "ask", None) is not None:
        return ()
    blank = _unanswered(question).parts
    places = {part.label: place for place, part in enumerate(blank)}
    right, instead = [0] * len(blank), [Counter[str]() for _ in blank]
    shown = _explained(question, answers) if blank else {}
    for one in answers:
        for part in shown[one.answer].parts if one.answer in shown else ():
            place = places[part.label]
            right[place] += one.count if part.right else 0
            if part.given and not part.right:
                instead[place][part.given] += one.count
    return tuple(
        PartFigures(part.label, part.key, right[place] / n, _most_often(instead[place])[:3])
        for place, part in enumerate(blank)
    )
