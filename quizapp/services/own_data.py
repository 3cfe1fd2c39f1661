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
    Base,
    Classroom,
    CorrectionEffect,
    Enrolment,
    Identity,
    OneTimeLink,
    Purpose,
    Question,
    QuestionVersion,
    Quiz,
    Report,
    Share,
    User,
)
from quizapp.models.base import table_of
from quizapp.services import audit
from quizapp.services.attempts.reviewing import ReviewedSlot, review_slots
from quizapp.services.attempts.showing import AttemptState, attempt_state
from quizapp.services.corrections.notices import Notice, notices
from quizapp.services.reports import AttemptRow

_Reviewed = tuple[AttemptState, list[ReviewedSlot]]
"""An attempt with its answers, as far as they may be seen."""


@dataclass(frozen=True)
class Table:
    """A table to be written as a file called `name`; the names of its columns are marked for translation."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


_ACCOUNT = (
    _("username"),
    _("name"),
    _("role"),
    _("created"),
    _("time factor"),
    _("extra attempts"),
    _("extra days"),
    _("administers"),
    _("last sign-in"),
    _("language"),
)
_LINKS = (_("for"), _("made"), _("valid until"), _("used"))
_ELSEWHERE = (_("provider"), _("known there as"), _("connected"))
_CORRECTIONS = (
    _("attempt"),
    _("question"),
    _("what was done"),
    _("reason"),
    _("made"),
    _("undone"),
    _("left as it was"),
    _("marks before"),
    _("marks after"),
    _("score before"),
    _("score after"),
    _("looked at"),
)
_NAMED = (_("in what"), _("as what"), _("number"))
_LOG = (_("time"), _("deed"), _("kind of record"), _("number"), _("by whom"))
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


TOLD_IN = {
    "accommodation.user_id": "account",
    "one_time_link.user_id": "links",
    "identity.user_id": "identities",
    "enrolment.user_id": "classes",
    "share.user_id": "rights",
    "attempt.user_id": "attempts",
    "attempt_slot.attempt_id": "answers",
    "correction_effect.attempt_id": "corrections",
    "report.user_id": "reports",
}
"""By the key that leads to the person, or to an attempt of theirs, the file that tells what hangs on it.

Every other key to a person only says who wrote, marked or made something; `named` tells those, found in the tables
themselves. What goes with a person must stand here, or a test fails.
"""


def everything_of(session: Session, user: User, now: datetime) -> tuple[Table, ...]:
    """All that is kept of an account holder.

    Scores, marks and what a teacher says of an answer are empty where the feedback policy holds them back; so is what
    was possible: a correction that spares those who would lose by it makes that tell who was right.
    """
    ids = session.scalars(
        select(Attempt.id).where(Attempt.user_id == user.id, Attempt.purpose != Purpose.TRIAL).order_by(Attempt.id)
    ).all()
    attempts = [attempt_state(session, attempt_id) for attempt_id in ids]
    reviewed = [(state, _reviewed(session, state, now)) for state in attempts]
    return (
        Table("account", _ACCOUNT, (_account(session, user),)),
        Table("links", _LINKS, tuple(_links(session, user.id))),
        Table("identities", _ELSEWHERE, tuple(_identities(session, user.id))),
        Table("classes", _CLASSES, tuple(_classes(session, user.id))),
        Table("rights", _RIGHTS, tuple(_rights(session, user.id))),
        Table("attempts", _ATTEMPTS, tuple(_attempt(state, now) for state in attempts)),
        Table("answers", _ANSWERS, tuple(_answers(session, reviewed))),
        Table("corrections", _CORRECTIONS, tuple(_corrections(session, reviewed))),
        Table("reports", _REPORTS, tuple(_reports(session, user.id))),
        Table("named", _NAMED, tuple(_named(session, user.id))),
        Table("log", _LOG, tuple(_log(session, user.id))),
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
    own = (user.username, user.display_name, user.role.value, user.created)
    return *own, *arranged, user.administers, user.signed_in, user.locale


def _links(session: Session, user_id: int) -> list[tuple[Cell, ...]]:
    """The links by which a password could be chosen; of each only when it was made, and no more what it was."""
    link = OneTimeLink
    columns = (link.purpose, link.created, link.expires, link.used)
    found = session.execute(select(*columns).where(link.user_id == user_id).order_by(link.id))
    return [tuple(row) for row in found]


def _identities(session: Session, user_id: int) -> list[tuple[Cell, ...]]:
    columns = (Identity.issuer, Identity.subject, Identity.created)
    found = session.execute(select(*columns).where(Identity.user_id == user_id).order_by(Identity.id))
    return [tuple(row) for row in found]


def _corrections(session: Session, attempts: Iterable[_Reviewed]) -> list[tuple[Cell, ...]]:
    """What corrections did to answers, as far as the person is told of them."""
    found: list[tuple[Cell, ...]] = []
    for state, items in attempts:
        told = notices(session, state, items)
        seen = _seen(session, state.id) if told else {}
        found += [
            _correction(state.id, position, notice, seen.get(position))
            for position, several in told.items()
            for notice in several
        ]
    return found


def _seen(session: Session, attempt_id: int) -> dict[int, datetime | None]:
    """When what corrections did to the answers of an attempt was last looked at, by position."""
    effect = CorrectionEffect
    rows = session.execute(
        select(effect.position, effect.seen).where(effect.attempt_id == attempt_id).order_by(effect.id)
    )
    return dict(rows.all())


def _correction(attempt_id: int, position: int, notice: Notice, seen: datetime | None) -> tuple[Cell, ...]:
    before, after = notice.marks or (None, None)
    scores = (notice.scores[0], notice.scores[2]) if notice.scores else (None, None)
    return (
        attempt_id,
        position,
        notice.deed.value if notice.deed else None,
        notice.reason or None,
        notice.made,
        notice.undone,
        notice.spared,
        *(_rounded(value) for value in (before, after, *scores)),
        seen,
    )


def _named(session: Session, user_id: int) -> list[tuple[Cell, ...]]:
    """Where else the person's number stands: who wrote, marked, made something. Found in the tables themselves."""
    person = table_of(User).c.id
    keys = [key for table in Base.metadata.sorted_tables for key in table.foreign_keys if key.column is person]
    found: list[tuple[Cell, ...]] = []
    for key in sorted(keys, key=lambda key: str(key.parent)):
        if str(key.parent) not in TOLD_IN:
            table = key.parent.table
            rows = session.execute(select(table.c.id).where(key.parent == user_id).order_by(table.c.id))
            found += [(table.name, key.parent.name.removesuffix("_id"), number) for number in rows.scalars()]
    return found


def _log(session: Session, user_id: int) -> list[tuple[Cell, ...]]:
    """What the audit log says that the person did, or that was done to their account. It names nobody else."""
    return [
        (row.at, row.deed, row.record, row.record_id, _by_whom(row.actor_id, row.by_command, user_id))
        for row in audit.about(session, user_id)
    ]


def _by_whom(actor_id: int | None, by_command: bool, user_id: int) -> str:
    if by_command:
        return "command"
    return "me" if actor_id == user_id else "somebody else" if actor_id is not None else "nobody known"


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


def _answers(session: Session, attempts: Iterable[_Reviewed]) -> list[tuple[Cell, ...]]:
    answers = [(state, item) for state, items in attempts for item in items]
    names = _names(session, {item.question.question_id for _state, item in answers})
    return [_answer(state, item, names[item.question.question_id]) for state, item in answers]


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
