"""How often each answer to a question was given, over all final answers: what a teacher looks at before correcting."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from quizapp.kinds.choices import ChoiceContent
from quizapp.kinds.cloze.kind import ClozeContent
from quizapp.kinds.content import Content
from quizapp.kinds.true_false.kind import FALSE, TRUE
from quizapp.kinds.typed_answers import fold_answer
from quizapp.models import Attempt, AttemptSlot, Purpose, QuestionVersion
from quizapp.services.corrections.shapes import Shape, Version

MOST_LISTED = 12
"""Of the wrong answers typed, the most frequent so many are listed."""


@dataclass(frozen=True)
class OptionCount:
    """An option and how often it was chosen. `state` is `key`, `accepted`, `dropped` or empty."""

    index: int
    text: str
    state: str
    count: int
    share: float


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that earns nothing and how often it was given; `blank` from 1 where the question has several."""

    text: str
    count: int
    blank: int = 0


@dataclass(frozen=True)
class Counts:
    """Final answers to the versions of one shape.

    `answers` are those that are no blanks; `facility` is the mean share of the marks earned, blanks included, None
    without any.
    """

    answers: int
    blanks: int
    facility: float | None
    options: tuple[OptionCount, ...] = ()
    wrong: tuple[WrongAnswer, ...] = ()


Given = tuple[Any, int]
"""A response to the shape's content, and how often it was given."""


def counts(session: Session, shape: Shape) -> Counts:
    """What was answered to the versions of a shape."""
    versions = {version.id: version for version in shape.versions}
    response = cast(AttemptSlot.response, String)
    rows = session.execute(
        select(AttemptSlot.question_version_id, response, func.count(), func.sum(AttemptSlot.fraction))
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .where(
            AttemptSlot.question_version_id.in_(versions),
            AttemptSlot.settled.is_not(None),
            Attempt.purpose != Purpose.TRIAL,
        )
        .group_by(AttemptSlot.question_version_id, response)
    ).all()
    given = [(versions[number], text, count) for number, text, count, _earned in rows if text is not None]
    answers, everyone = sum(count for _version, _text, count in given), sum(row[2] for row in rows)
    earned = [row[3] for row in rows if row[3] is not None]
    found = [(_response(shape, version, text), count) for version, text, count in given]
    return Counts(
        answers,
        everyone - answers,
        sum(earned) / everyone if everyone and earned else None,
        _options(shape, found, answers),
        _wrong(shape, found),
    )


def _response(shape: Shape, version: Version, text: str) -> Any:
    response = version.kind.load_response(json.loads(text))
    carry = shape.carry(version)
    return response if carry is None else version.kind.carry_response(response, carry)


def _options(shape: Shape, given: Sequence[Given], answers: int) -> tuple[OptionCount, ...]:
    chosen: Counter[int] = Counter()
    for response, count in given:
        for index in _chosen(response):
            chosen[index] += count
    dropped = shape.dropped()
    accepted = [index for data in _accepted(shape) for index in _chosen(data)]
    return tuple(
        OptionCount(
            index,
            text,
            "key" if right else "dropped" if index in dropped else "accepted" if index in accepted else "",
            chosen[index],
            chosen[index] / answers if answers else 0.0,
        )
        for index, (text, right) in enumerate(_texts(shape.content))
    )


def _accepted(shape: Shape) -> list[Any]:
    carry, ruling = shape.carry(shape.head), shape.head.ruling
    responses = [] if ruling is None else [shape.kind.load_response(data) for data in ruling.accepts]
    return responses if carry is None else [shape.kind.carry_response(one, carry) for one in responses]


def _texts(content: Content) -> list[tuple[str, bool]]:
    """The options of a content and whether they are right; none for kinds without."""
    if isinstance(content, ChoiceContent):
        return [(choice.text, choice.correct) for choice in content.choices]
    answer = getattr(content, "answer", None)
    return [(TRUE, answer), (FALSE, not answer)] if isinstance(answer, bool) else []


def _chosen(response: Any) -> tuple[int, ...]:
    """The indexes of the options chosen: true is the first of two, false the second."""
    verdict = getattr(response, "verdict", None)
    if verdict is not None:
        return (0,) if verdict else (1,)
    chosen = getattr(response, "chosen", ())
    return (chosen,) if isinstance(chosen, int) else tuple(chosen)


def _wrong(shape: Shape, given: Sequence[Given]) -> tuple[WrongAnswer, ...]:
    """The typed answers that are wrong, those given most often first."""
    counted: dict[tuple[int, str], tuple[str, int]] = {}
    for blank, text, count in _typed_wrong(shape, given):
        key = (blank, fold_answer(text))
        first, so_far = counted.get(key, (text, 0))
        counted[key] = first, so_far + count
    found = [WrongAnswer(text, count, blank) for (blank, _folded), (text, count) in counted.items()]
    return tuple(sorted(found, key=lambda one: (-one.count, one.blank, one.text))[:MOST_LISTED])


def _typed_wrong(shape: Shape, given: Iterable[Given]) -> Iterable[tuple[int, str, int]]:
    """The typed answers that the content does not accept, nor a correction beside it: blank, words, how often."""
    kind, content, accepted = shape.kind, shape.content, _accepted(shape)
    for response, count in given:
        if isinstance(content, ClozeContent):
            for number, (word, blank) in enumerate(zip(response.words, content.blanks, strict=True), start=1):
                if word and not blank.accepts(word):
                    yield number, word, count
        elif hasattr(response, "text") and not kind.marked_by_teacher:
            right = kind.mark(content, response) or any(kind.is_same(content, response, one) for one in accepted)
            if not right:
                yield 0, response.text, count


def facilities(session: Session, question_ids: Iterable[int]) -> dict[int, tuple[int, float | None]]:
    """For each question how many answers to it are final, blanks included, and the mean share they earned."""
    rows = session.execute(
        select(QuestionVersion.question_id, func.count(), func.avg(AttemptSlot.fraction))
        .join(AttemptSlot, AttemptSlot.question_version_id == QuestionVersion.id)
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .where(
            QuestionVersion.question_id.in_(list(question_ids)),
            AttemptSlot.settled.is_not(None),
            Attempt.purpose != Purpose.TRIAL,
        )
        .group_by(QuestionVersion.question_id)
    )
    return {number: (count, mean) for number, count, mean in rows}
