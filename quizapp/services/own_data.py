"""What is kept of a person, as tables to be downloaded: everything, but nothing that they may not see yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.feedback import Aspect
from quizapp.domain.wording import mark_for_translation as _
from quizapp.formats.csv_text import Cell
from quizapp.kinds.explained import Explained
from quizapp.models import (
    Accommodation,
    Attempt,
    Bank,
    Classroom,
    Enrolment,
    Purpose,
    Question,
    QuestionVersion,
    Quiz,
    Report,
    Share,
    User,
)
from quizapp.services.attempts.reviewing import ReviewedSlot, review_slots
from quizapp.services.attempts.showing import AttemptState, attempt_state
from quizapp.services.reports import AttemptRow


@dataclass(frozen=True)
class Table:
    """A table to be written as a file called `name`; the names of its columns are marked for translation."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


_ACCOUNT = (_("username"), _("name"), _("role"), _("created"), _("time factor"), _("extra attempts"), _("extra days"))
_CLASSES = (_("class"), _("joined"), _("taken out"))
_RIGHTS = (_("what"), _("name"), _("right"))
_HISTORY = (
    _("quiz"),
    _("mode"),
    _("number"),
    _("started"),
    _("submitted"),
    _("seconds taken"),
    _("score"),
    _("possible"),
    _("waiting for marks"),
    _("days late"),
    _("share that counts"),
)
_ATTEMPTS = (
    _("attempt"),
    _("quiz"),
    _("purpose"),
    _("mode"),
    _("number"),
    _("started"),
    _("deadline"),
    _("submitted"),
    _("score"),
    _("possible"),
    _("waiting for marks"),
)
_ANSWERS = (
    _("attempt"),
    _("question"),
    _("name of the question"),
    _("version"),
    _("kind"),
    _("what is asked"),
    _("my answer"),
    _("share earned"),
    _("marks"),
    _("possible"),
    _("certainty"),
    _("flagged"),
    _("saved"),
    _("final"),
    _("teacher’s comment"),
    _("points"),
)
_REPORTS = (
    _("sent"),
    _("attempt"),
    _("question"),
    _("name of the question"),
    _("version"),
    _("reason"),
    _("my words"),
    _("dealt with"),
)


def everything_of(session: Session, user: User, now: datetime) -> tuple[Table, ...]:
    """All that is kept of an account holder.

    Scores, marks and what a teacher says of an answer are empty where the feedback policy holds them back; so is what
    was possible: a correction that spares those who would lose by it makes that tell who was right.
    """
    ids = session.scalars(
        select(Attempt.id).where(Attempt.user_id == user.id, Attempt.purpose != Purpose.TRIAL).order_by(Attempt.id)
    ).all()
    attempts = [attempt_state(session, attempt_id) for attempt_id in ids]
    return (
        Table("account", _ACCOUNT, (_account(session, user),)),
        Table("classes", _CLASSES, tuple(_classes(session, user.id))),
        Table("rights", _RIGHTS, tuple(_rights(session, user.id))),
        Table("attempts", _ATTEMPTS, tuple(_attempt(state, now) for state in attempts)),
        Table("answers", _ANSWERS, tuple(_answers(session, attempts, now))),
        Table("reports", _REPORTS, tuple(_reports(session, user.id))),
    )


def table_of_history(attempts: Sequence[AttemptRow]) -> Table:
    """The attempts of a history page, in its order, as far as it shows them."""
    rows = (
        (
            row.quiz,
            row.mode.value,
            row.number,
            row.started,
            row.submitted,
            None if row.duration is None else int(row.duration.total_seconds()),
            _rounded(row.score),
            None if row.withheld else _rounded(row.max_score),
            row.awaiting,
            row.late_by,
            _rounded(row.counted),
        )
        for row in attempts
    )
    return Table("attempts", _HISTORY, tuple(rows))


def in_words(explained: Explained) -> str:
    """What was answered, in one text, as the review shows it; empty for a blank. It tells nothing but the answer."""
    given = explained.limited_to(frozenset({Aspect.RESPONSE}))
    if given.options:
        return "; ".join(option.text for option in given.options if option.chosen)
    if given.parts:
        return "; ".join(f"{part.label}: {part.given}" for part in given.parts if part.given)
    return given.given


def _account(session: Session, user: User) -> tuple[Cell, ...]:
    more = session.scalar(select(Accommodation).where(Accommodation.user_id == user.id))
    arranged = (more.time_factor, more.extra_attempts, more.extra_days) if more else (1.0, 0, 0)
    return user.username, user.display_name, user.role.value, user.created, *arranged


def _classes(session: Session, user_id: int) -> list[tuple[Cell, ...]]:
    rows = session.execute(
        select(Classroom.name, Enrolment.joined, Enrolment.removed)
        .join(Enrolment, Enrolment.classroom_id == Classroom.id)
        .where(Enrolment.user_id == user_id)
        .order_by(Enrolment.joined, Enrolment.id)
    )
    return [tuple(row) for row in rows]


def _rights(session: Session, user_id: int) -> list[tuple[Cell, ...]]:
    """What a teacher may do with what is shared."""
    rows = session.execute(
        select(Share.right, Bank.title, Quiz.title, Classroom.name)
        .outerjoin(Bank, Bank.id == Share.bank_id)
        .outerjoin(Quiz, Quiz.id == Share.quiz_id)
        .outerjoin(Classroom, Classroom.id == Share.classroom_id)
        .where(Share.user_id == user_id)
        .order_by(Share.id)
    )
    kinds = ("bank", "quiz", "class")
    return [
        (kind, name, right.value)
        for right, *names in rows
        for kind, name in zip(kinds, names, strict=True)
        if name is not None
    ]


def _attempt(state: AttemptState, now: datetime) -> tuple[Cell, ...]:
    return (
        state.id,
        state.quiz_title,
        state.purpose.value,
        state.mode.value,
        state.number,
        state.started,
        state.deadline,
        state.submitted,
        _rounded(state.score) if state.shown_of_score(now) else None,
        _rounded(state.max_score) if state.is_open or state.shown_of_score(now) else None,
        state.awaiting,
    )


def _answers(session: Session, attempts: Iterable[AttemptState], now: datetime) -> list[tuple[Cell, ...]]:
    reviewed = [(state, item) for state in attempts for item in _reviewed(session, state, now)]
    names = _names(session, {item.question.question_id for _state, item in reviewed})
    return [_answer(state, item, names[item.question.question_id]) for state, item in reviewed]


def _reviewed(session: Session, state: AttemptState, now: datetime) -> list[ReviewedSlot]:
    return review_slots(session, state.slots, lambda slot: state.shown(slot, now))


def _answer(state: AttemptState, item: ReviewedSlot, name: str) -> tuple[Cell, ...]:
    use, slot = state.settings.certainty, item.slot
    return (
        state.id,
        slot.position,
        name,
        item.question.number,
        item.question.kind.name,
        item.question.content.stem,
        in_words(item.explained),
        _rounded(item.fraction),
        _rounded(item.marks(use)),
        _rounded(item.most_marks(use)) if slot.settled is None or Aspect.MARK in item.shown else None,
        slot.certainty,
        slot.flagged,
        slot.saved,
        slot.settled,
        slot.comment if Aspect.MARK in item.shown else None,
        "; ".join(str(points) for points in item.points.values()),
    )


def _names(session: Session, question_ids: Iterable[int]) -> dict[int, str]:
    return dict(session.execute(select(Question.id, Question.slug).where(Question.id.in_(question_ids))).all())


def _reports(session: Session, user_id: int) -> list[tuple[Cell, ...]]:
    rows = session.execute(
        select(Report, Question.slug, QuestionVersion.number)
        .join(QuestionVersion, QuestionVersion.id == Report.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Report.user_id == user_id)
        .order_by(Report.created, Report.id)
    )
    return [
        (
            report.created,
            report.attempt_id,
            report.position,
            slug,
            number,
            report.reason.value,
            report.text,
            report.handled,
        )
        for report, slug, number in rows
    ]


def _rounded(value: float | None) -> float | None:
    """Marks and shares without the noise of binary fractions."""
    return None if value is None else round(value, 4)
