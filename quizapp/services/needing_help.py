"""Who in a class needs help: with which objective, with which passage, and which lines most of them misread.

What counts is a student's first answer to a question, in any finished attempt at a quiz: later ones were given after
the feedback on the first. Blanks earn nothing; what waits for a mark is left out, and so is a question that a
correction made void or gave to everybody.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Text, cast, func, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.misreadings import Answered, Line, Misread, misread_lines
from quizapp.kinds.content import Evidence
from quizapp.models import (
    Assignment,
    Attempt,
    AttemptSlot,
    Bank,
    DecidingPassage,
    Enrolment,
    Objective,
    Passage,
    PassageVersion,
    Purpose,
    Question,
    QuestionVersion,
    Section,
    Source,
    State,
    User,
)
from quizapp.services.attempts.pinned import PinnedQuestion, pinned_passages, pinned_questions
from quizapp.services.reading import PassageView

KeyT = TypeVar("KeyT", bound=Hashable)

LEAST_QUESTIONS = 2
"""A student's answers to fewer questions on one objective or passage tell nothing, and are not shown."""
LEAST_STUDENTS = 2
"""A line that fewer students misread is not shown: one student's slip says nothing of the line."""
MOST_LINES = 12


@dataclass(frozen=True)
class FirstAnswer:
    """A student's first answer to a question; `fraction` is 0–1, `response` None for a blank."""

    student: int
    version_id: int
    bank_id: int
    source_id: int
    objective: int
    fraction: float
    max_mark: float
    response: str | None
    order: str


@dataclass(frozen=True)
class Standing:
    """A student's share 0–1 of the marks of so many questions on one topic."""

    student_id: int
    name: str
    share: float
    questions: int


@dataclass(frozen=True)
class PassageAt:
    """A passage as it can be named and found."""

    id: int
    source_id: int
    slug: str
    source: str
    label: str
    title: str
    version_id: int


@dataclass(frozen=True)
class Topic:
    """An objective, or a passage (then `passage` says which), and the students below the threshold, weakest first.

    `students` answered enough questions on it, with `mean` as the mean of their shares.
    """

    title: str
    passage: PassageAt | None
    students: int
    mean: float
    below: tuple[Standing, ...]


@dataclass(frozen=True)
class MisreadPassage:
    """A passage with its misread lines marked in it, the worst first."""

    at: PassageAt
    passage: PassageView
    lines: tuple[Misread, ...]


@dataclass(frozen=True)
class Help:
    """Everything the page shows; topics with most students below the threshold first."""

    students: int
    answers: int
    objectives: tuple[Topic, ...]
    passages: tuple[Topic, ...]
    misread: tuple[MisreadPassage, ...]


def needing_help(session: Session, classroom_id: int, below: float) -> Help:
    """Who needs help, where a share under `below`, 0–1, says so; in at most ten statements whatever the size."""
    names = _students(session, classroom_id)
    class_answers = _Answers(session, _first_answers(session, classroom_id))
    return Help(
        students=len(names),
        answers=len(class_answers.all),
        objectives=tuple(class_answers.by_objective(names, below)),
        passages=tuple(class_answers.by_passage(names, below)),
        misread=tuple(class_answers.misread()),
    )


def _students(session: Session, classroom_id: int) -> dict[int, str]:
    rows = session.execute(
        select(User.id, User.display_name)
        .join(Enrolment, Enrolment.user_id == User.id)
        .where(Enrolment.classroom_id == classroom_id, Enrolment.removed.is_(None))
    )
    return dict(rows.all())


def _first_answers(session: Session, classroom_id: int) -> list[FirstAnswer]:
    members = select(Enrolment.user_id).where(Enrolment.classroom_id == classroom_id, Enrolment.removed.is_(None))
    theirs = select(Assignment.id).where(Assignment.classroom_id == classroom_id)
    turn = func.row_number().over(
        partition_by=(Attempt.user_id, QuestionVersion.question_id),
        order_by=(Attempt.submitted, Attempt.id, AttemptSlot.position),
    )
    given = (
        select(
            Attempt.user_id,
            QuestionVersion.id.label("version_id"),
            QuestionVersion.question_id,
            QuestionVersion.objective,
            AttemptSlot.id.label("slot_id"),
            AttemptSlot.fraction,
            AttemptSlot.max_mark,
            AttemptSlot.spared,
            turn.label("turn"),
        )
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .where(
            Attempt.user_id.in_(members),
            or_(Attempt.assignment_id.is_(None), Attempt.assignment_id.in_(theirs)),
            Attempt.purpose == Purpose.QUIZ,
            Attempt.state == State.SUBMITTED,
            AttemptSlot.fraction.is_not(None),
        )
        .subquery()
    )
    rows = session.execute(
        select(
            given.c.user_id,
            given.c.version_id,
            Question.bank_id,
            Bank.source_id,
            given.c.objective,
            given.c.fraction,
            given.c.max_mark,
            cast(AttemptSlot.response, Text).label("response"),
            cast(AttemptSlot.order, Text).label("order"),
            given.c.spared,
            QuestionVersion.ruling,
        )
        .join(AttemptSlot, AttemptSlot.id == given.c.slot_id)
        .join(QuestionVersion, QuestionVersion.id == given.c.version_id)
        .join(Question, Question.id == given.c.question_id)
        .join(Bank, Bank.id == Question.bank_id)
        .where(given.c.turn == 1)
    )
    return [FirstAnswer(*row[:9]) for row in rows if row.spared or not _says_nothing(row.ruling)]


def _says_nothing(ruling: Mapping[str, Any] | None) -> bool:
    """Whether a correction took the question out, or gave it to everybody."""
    return ruling is not None and bool(ruling.get("void") or ruling.get("everyone"))


class _Answers:
    """The first answers of a class, and what has to be known of their questions and passages, each asked for once."""

    def __init__(self, session: Session, answers: Sequence[FirstAnswer]) -> None:
        self.all = answers
        self._session = session
        self._versions = sorted({answer.version_id for answer in answers})

    def by_objective(self, names: Mapping[int, str], below: float) -> list[Topic]:
        """The objectives as topics."""
        rows = self._session.execute(
            select(Objective.bank_id, Objective.number, Objective.text).where(
                Objective.bank_id.in_({answer.bank_id for answer in self.all})
            )
        )
        titles = {(bank_id, number): text for bank_id, number, text in rows}
        grouped = _grouped(self.all, lambda answer: [(answer.bank_id, answer.objective)])
        topics = [_topic(titles[key], None, answers, names, below) for key, answers in grouped.items() if key in titles]
        return _worst_first(topics)

    def by_passage(self, names: Mapping[int, str], below: float) -> list[Topic]:
        """The passages that decide questions as topics."""
        deciding: dict[int, list[int]] = {}
        chosen = DecidingPassage.question_version_id.in_(self._versions)
        for version_id, passage_id in self._session.execute(
            select(DecidingPassage.question_version_id, DecidingPassage.passage_id).where(chosen)
        ):
            deciding.setdefault(version_id, []).append(passage_id)
        at = {passage.id: passage for passage in self._passages.values()}
        grouped = _grouped(self.all, lambda answer: deciding.get(answer.version_id, []))
        topics = [
            _topic(at[key].title, at[key], answers, names, below) for key, answers in grouped.items() if key in at
        ]
        return _worst_first(topics)

    def misread(self) -> list[MisreadPassage]:
        """The passages of the lines most misread."""
        questions = pinned_questions(self._session, self._versions)
        answered = _answered([answer for answer in self.all if answer.response is not None], questions)
        by_passage: dict[PassageAt, list[Misread]] = {}
        for misread in misread_lines(answered, LEAST_STUDENTS)[:MOST_LINES]:
            at = self._passages.get((misread.line.source, misread.line.passage))
            if at is not None:
                by_passage.setdefault(at, []).append(misread)
        texts = pinned_passages(self._session, [at.version_id for at in by_passage])
        return [
            MisreadPassage(at, _marked(texts[at.version_id], lines), tuple(lines)) for at, lines in by_passage.items()
        ]

    @cached_property
    def _passages(self) -> dict[tuple[int, str], PassageAt]:
        """The passages of the sources as they stand now, by source and slug."""
        rows = self._session.execute(
            select(
                Passage.id,
                Passage.source_id,
                Passage.slug,
                Source.slug,
                Section.position,
                Passage.position,
                PassageVersion.title,
                PassageVersion.id,
            )
            .join(PassageVersion, PassageVersion.id == Passage.current_version_id)
            .join(Section, Section.id == Passage.section_id)
            .join(Source, Source.id == Passage.source_id)
            .where(Passage.source_id.in_({answer.source_id for answer in self.all}), Passage.removed.is_(None))
        )
        return {
            (source_id, slug): PassageAt(
                number, source_id, slug, source, f"{section + 1}.{place + 1}", title, version_id
            )
            for number, source_id, slug, source, section, place, title, version_id in rows
        }


def _grouped(
    answers: Iterable[FirstAnswer], keys: Callable[[FirstAnswer], Iterable[KeyT]]
) -> dict[KeyT, list[FirstAnswer]]:
    found: dict[KeyT, list[FirstAnswer]] = {}
    for answer in answers:
        for key in keys(answer):
            found.setdefault(key, []).append(answer)
    return found


def _topic(
    title: str, passage: PassageAt | None, answers: Iterable[FirstAnswer], names: Mapping[int, str], below: float
) -> Topic:
    by_student = _grouped(answers, lambda answer: [answer.student])
    standings = [
        Standing(student, names[student], _share(given), len(given))
        for student, given in by_student.items()
        if len(given) >= LEAST_QUESTIONS
    ]
    weak = sorted((one for one in standings if one.share < below), key=lambda one: (one.share, one.name.casefold()))
    mean = sum(one.share for one in standings) / len(standings) if standings else 0.0
    return Topic(title, passage, len(standings), mean, tuple(weak))


def _share(answers: Sequence[FirstAnswer]) -> float:
    possible = sum(answer.max_mark for answer in answers)
    return sum(answer.fraction * answer.max_mark for answer in answers) / possible if possible else 0.0


def _worst_first(topics: Iterable[Topic]) -> list[Topic]:
    """Without those on which nobody answered enough."""
    return sorted((topic for topic in topics if topic.students), key=lambda topic: (-len(topic.below), topic.mean))


def _answered(answers: Iterable[FirstAnswer], questions: Mapping[int, PinnedQuestion]) -> Iterable[Answered]:
    """The answers with their lines; equal answers to one version are explained once."""
    against: dict[tuple[int, str | None], tuple[Evidence, ...]] = {}
    for answer in answers:
        question = questions[answer.version_id]
        key = (answer.version_id, answer.response)
        if answer.fraction < 1 and key not in against:
            against[key] = _words_against(question, answer)
        yield Answered(
            student=answer.student,
            right=answer.fraction >= 1,
            deciding=_lines(answer.source_id, question.content.evidence),
            against=_lines(answer.source_id, against[key]) if answer.fraction < 1 else (),
            others=_lines(answer.source_id, question.content.all_evidence()),
        )


def _lines(source_id: int, quotes: Iterable[Evidence]) -> tuple[Line, ...]:
    return tuple(Line(source_id, evidence.passage, evidence.quote) for evidence in quotes)


def _words_against(question: PinnedQuestion, answer: FirstAnswer) -> tuple[Evidence, ...]:
    """The quotes that speak against what was given."""
    response = question.kind.load_response(json.loads(answer.response or "null"))
    explained = question.kind.explain(question.content, json.loads(answer.order), response)
    options = [option.evidence for option in explained.options if option.chosen and not option.correct]
    parts = [part.evidence for part in explained.parts if part.given and not part.right]
    return tuple(evidence for quotes in (*options, *parts) for evidence in quotes)


def _marked(passage: PassageView, lines: Iterable[Misread]) -> PassageView:
    """The passage with its lines marked: as deciding where any answer was lost on them, else as speaking against."""
    lines = list(lines)
    deciding = [one.line.quote for one in lines if one.missed]
    return passage.marked(deciding, [one.line.quote for one in lines if not one.missed])
