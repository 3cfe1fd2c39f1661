"""The figures of questions and quizzes, from the kept sums or, for one assignment, from the answers themselves.

Whoever shows them sees to it that nothing waits to be folded (`tallying`).
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizapp.domain.item_analysis import questions as statistics
from quizapp.domain.item_analysis.counts import Answers, merged, number
from quizapp.domain.item_analysis.flags import Findings, Flag, flags
from quizapp.domain.item_analysis.questions import Choices, Figure
from quizapp.domain.item_analysis.quizzes import Scores, scores
from quizapp.domain.rulings import Ruling
from quizapp.models import Attempt, AttemptSlot, Bank, Purpose, Question, QuestionVersion, Quiz, Report, State, Tally
from quizapp.services.attempts.pinned import PinnedQuestion, pinned_questions
from quizapp.services.item_analysis import tallying
from quizapp.services.item_analysis.answers import PartFigures, TypedAnswer, options_of, parts, picks, typed_wrong
from quizapp.services.kept import Kept

_UNIT = tallying.UNIT
_TALLY = tuple(getattr(Tally, name) for name in tallying.COLUMNS)


@dataclass(frozen=True)
class QuestionFigures:
    """A question in a list: its figures over all versions and quizzes, and the names of the flags that are up."""

    facility: float | None
    discrimination: float | None
    n: int
    flags: tuple[str, ...]


@dataclass(frozen=True)
class VersionFigures:
    """All that is known of answers to a version, or to all versions of a question together.

    `version` is None for all together; then `choices`, `typed` and `parts`, which belong to certain words, are empty.
    """

    version: int | None
    n: int
    facility: Figure | None
    discrimination: Figure | None
    efficiency: Figure | None
    upper_lower: Figure | None
    seconds: float | None
    choices: Choices | None
    options: tuple[str, ...]
    typed: tuple[TypedAnswer, ...]
    parts: tuple[PartFigures, ...]
    guess: float
    ruling: Ruling | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class AskedVersion:
    """A version that was asked in a quiz, with its figures there. `without` is α of the quiz without it."""

    question: PinnedQuestion
    stem: str
    passage: str | None
    figures: VersionFigures
    without: float | None


@dataclass(frozen=True)
class QuizFigures:
    """A quiz before its teacher. `possible` is the marks that could be earned, None where that was not one number.

    As long as `state` is the same, so is all the rest; None where nobody can tell.
    """

    scores: Scores
    possible: float | None
    versions: tuple[AskedVersion, ...]
    state: Hashable = None


@dataclass(frozen=True)
class QuestionAnalysis:
    """A question before its teacher: all its versions together, and each of them, the newest first."""

    together: VersionFigures
    versions: tuple[VersionFigures, ...]
    passage: str | None


def _answers(row: Any, group: Any) -> Answers:
    return Answers(
        mark=row.mark / _UNIT,
        total=row.total / _UNIT,
        weight=row.weight / _UNIT,
        count=row.count,
        answer=row.answer,
        group=group,
        seconds=row.seconds,
        timed=row.timed,
    )


_ASKED: Kept[tuple[int, int], tuple[int, ...]] = Kept(size=500)
_FIGURES: Kept[tuple[Any, ...], QuizFigures] = Kept(size=100)


def quiz_figures(session: Session, quiz_id: int, assignment_id: int | None = None) -> QuizFigures:
    """The figures of a quiz; or of those of its counted attempts that were made for one assignment.

    Those of a quiz are worked out once for a state of its sums, of the rulings and of the reports on its questions.
    """
    if assignment_id is not None:
        of_assignment = tallying.counted(quiz_id, Attempt.assignment_id == assignment_id)
        return _compute(session, quiz_id, _grouped(session, of_assignment))
    sums = select(*_TALLY).where(Tally.quiz_id == quiz_id)
    revised = quiz_id, session.scalar(select(Quiz.tally_revision).where(Quiz.id == quiz_id)) or 0
    versions = _ASKED.get(session, [revised], lambda _keys: {revised: _asked_versions(session, quiz_id)})[revised]
    beside = _rulings(session, versions), _open_reports(session, versions)
    state = (*revised, *(tuple(sorted((version, str(what)) for version, what in found.items())) for found in beside))

    def load(_keys: Sequence[Any]) -> dict[tuple[Any, ...], QuizFigures]:
        return {state: replace(_compute(session, quiz_id, _grouped(session, sums)), state=state)}

    return _FIGURES.get(session, [state], load)[state]


def _asked_versions(session: Session, quiz_id: int) -> tuple[int, ...]:
    return tuple(session.scalars(select(Tally.question_version_id).where(Tally.quiz_id == quiz_id).distinct()))


def _grouped(session: Session, query: Select[Any]) -> Mapping[int, Sequence[Answers]]:
    by_version: defaultdict[int, list[Answers]] = defaultdict(list)
    for row in session.execute(query):
        by_version[row.question_version_id].append(_answers(row, 0))
    return by_version


def _compute(session: Session, quiz_id: int, by_version: Mapping[int, Sequence[Answers]]) -> QuizFigures:
    found = scores({version: merged(answers) for version, answers in by_version.items()})
    figures = _of_versions(session, by_version)
    pinned = pinned_questions(session, figures)
    without = getattr(found.reliability, "without", {})
    asked = [
        AskedVersion(
            pinned[version],
            pinned[version].content.stem,
            _passage(pinned[version]),
            figures[version],
            without.get(version),
        )
        for version in figures
    ]
    place = _places(session, quiz_id)
    asked.sort(key=lambda one: (place.get(one.question.question_id, len(place)), one.question.version_id))
    return QuizFigures(found, _possible(session, quiz_id, figures), tuple(asked))


def question_analysis(session: Session, question: Question) -> QuestionAnalysis:
    """The figures of a question, over all quizzes that asked it."""
    numbers = {version.id: version.number for version in question.versions}
    by_version: dict[int, list[Answers]] = {version: [] for version in numbers}
    for row in _rows(session, Tally.question_version_id.in_(numbers)):
        by_version[row.question_version_id].append(_answers(row, (row.quiz_id, row.question_version_id)))
    by_version = {version: by_version[version] for version in sorted(numbers, key=lambda one: -numbers[one])}
    everything = [answer for answers in by_version.values() for answer in answers]
    current = pinned_questions(session, [question.current.id])[question.current.id]
    figures = tuple(_of_versions(session, by_version).values())
    return QuestionAnalysis(_together(current, merged(everything)), figures, _passage(current))


def question_figures(session: Session, bank: Bank) -> Mapping[int, QuestionFigures]:
    """The figures of every question of a bank that was answered, by its id; the flags are those of its last version."""
    of_bank = select(Question.id, QuestionVersion.id).join(QuestionVersion, QuestionVersion.question_id == Question.id)
    owners = {version: question for question, version in session.execute(of_bank.where(Question.bank_id == bank.id))}
    by_version: defaultdict[int, list[Answers]] = defaultdict(list)
    here = select(QuestionVersion.id).join(Question, Question.id == QuestionVersion.question_id)
    for row in _rows(session, Tally.question_version_id.in_(here.where(Question.bank_id == bank.id))):
        by_version[row.question_version_id].append(_answers(row, (row.quiz_id, row.question_version_id)))
    by_question: defaultdict[int, list[int]] = defaultdict(list)
    for version in sorted(by_version):
        by_question[owners[version]].append(version)
    latest = _of_versions(session, {versions[-1]: by_version[versions[-1]] for versions in by_question.values()})
    return {
        question: _listed([one for version in versions for one in by_version[version]], latest[versions[-1]])
        for question, versions in by_question.items()
    }


def _listed(everything: Sequence[Answers], latest: VersionFigures) -> QuestionFigures:
    counts = merged(everything)
    facility, discrimination = statistics.facility(counts), statistics.discrimination(counts)
    return QuestionFigures(
        None if facility is None else facility.value,
        None if discrimination is None else discrimination.value,
        number(counts),
        tuple(flag.name for flag in latest.flags),
    )


def _rows(session: Session, *which: Any) -> Iterable[Any]:
    return session.execute(select(Tally.quiz_id, *_TALLY).where(*which))


def _figures(
    question: PinnedQuestion,
    answers: Sequence[Answers],
    judge: PinnedQuestion | None,
    ruling: Ruling | None,
    reports: int,
) -> VersionFigures:
    options = options_of(question)
    judged = options if judge is None else options_of(judge)
    keys = [bool(option.correct) for option in (judged if len(judged) == len(options) else options)]
    table = statistics.choices(answers, picks(question, answers), keys) if options else None
    guess = question.kind.guess_score(question.content)
    counts = merged(answers)
    found = Findings(
        n=number(counts),
        facility=statistics.facility(counts),
        discrimination=statistics.discrimination(counts),
        efficiency=statistics.efficiency(counts),
        choices=table,
        options=tuple(option.text for option in options),
        seconds=statistics.seconds_each(counts),
        guess=guess,
        reports=reports,
        ruled=ruling is not None and (ruling.everyone or ruling.void),
    )
    return VersionFigures(
        version=question.number,
        n=found.n,
        facility=found.facility,
        discrimination=found.discrimination,
        efficiency=found.efficiency,
        upper_lower=statistics.upper_lower(counts),
        seconds=found.seconds,
        choices=table,
        options=found.options,
        typed=typed_wrong(question, answers),
        parts=parts(question, answers),
        guess=guess,
        ruling=ruling,
        flags=flags(found),
    )


def _together(current: PinnedQuestion, everything: Sequence[Answers]) -> VersionFigures:
    return VersionFigures(
        version=None,
        n=number(everything),
        facility=statistics.facility(everything),
        discrimination=statistics.discrimination(everything),
        efficiency=statistics.efficiency(everything),
        upper_lower=statistics.upper_lower(everything),
        seconds=statistics.seconds_each(everything),
        choices=None,
        options=(),
        typed=(),
        parts=(),
        guess=current.kind.guess_score(current.content),
        ruling=None,
        flags=(),
    )


def _passage(question: PinnedQuestion) -> str | None:
    """The passage whose words decide the question."""
    return next((evidence.passage for evidence in question.content.evidence), None)


def _of_versions(session: Session, by_version: Mapping[int, Sequence[Answers]]) -> dict[int, VersionFigures]:
    """The figures of each version from the answers to it."""
    rulings = {version: Ruling.model_validate(ruling) for version, ruling in _rulings(session, by_version).items()}
    judges = {ruling.by_version for ruling in rulings.values() if ruling.by_version is not None}
    pinned = pinned_questions(session, {*by_version, *judges})
    reports = _open_reports(session, by_version)
    return {
        version: _figures(
            pinned[version],
            answers,
            pinned.get(_judge(version, rulings)),
            rulings.get(version),
            reports.get(version, 0),
        )
        for version, answers in by_version.items()
    }


def _rulings(session: Session, version_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What corrections have ruled about the answers to these versions."""
    ruled = select(QuestionVersion.id, QuestionVersion.ruling).where(
        QuestionVersion.id.in_(version_ids), QuestionVersion.ruling.is_not(None)
    )
    return dict(session.execute(ruled).all())


def _judge(version: int, rulings: Mapping[int, Ruling]) -> int:
    """The version by whose key answers to this one are marked."""
    ruling = rulings.get(version)
    return version if ruling is None or ruling.by_version is None else ruling.by_version


def _open_reports(session: Session, version_ids: Collection[int]) -> dict[int, int]:
    """How many reports on each of these versions nobody has dealt with."""
    rows = session.execute(
        select(Report.question_version_id, func.count())
        .where(Report.question_version_id.in_(version_ids), Report.handled.is_(None))
        .group_by(Report.question_version_id)
    )
    return dict(rows.all())


def _places(session: Session, quiz_id: int) -> dict[int, int]:
    """Where the latest attempt at a quiz asked each question."""
    rows = session.execute(
        select(QuestionVersion.question_id, AttemptSlot.position)
        .join(AttemptSlot, AttemptSlot.question_version_id == QuestionVersion.id)
        .where(AttemptSlot.attempt_id == _latest(quiz_id))
    )
    return dict(rows.all())


def _latest(quiz_id: int) -> Any:
    return (
        select(Attempt.id)
        .where(Attempt.quiz_id == quiz_id, Attempt.purpose == Purpose.QUIZ, Attempt.state == State.SUBMITTED)
        .order_by(Attempt.submitted.desc(), Attempt.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _possible(session: Session, quiz_id: int, version_ids: Collection[int]) -> float | None:
    """The marks of the form, where all were asked the same: those of the latest attempt, if it asked just this."""
    rows = session.execute(
        select(AttemptSlot.question_version_id, AttemptSlot.max_mark).where(AttemptSlot.attempt_id == _latest(quiz_id))
    )
    marks = {version: mark for version, mark in rows if version in version_ids}
    return sum(marks.values()) if marks and len(marks) == len(version_ids) else None


def quizzes_asking(session: Session, bank: Bank) -> list[int]:
    """The quizzes whose sums tell of this bank's questions."""
    return list(session.scalars(select(Quiz.id).where(Quiz.bank_id == bank.id)))
