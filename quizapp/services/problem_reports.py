"""What students say is wrong with a question, and what teachers make of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session, aliased

from quizapp.domain.access import Right, Role
from quizapp.domain.wording import mark_for_translation as _
from quizapp.models import Attempt, AttemptSlot, Purpose, Question, QuestionVersion, Reason, Report, User
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.corrections.counts import Counts, counts, facilities
from quizapp.services.corrections.shapes import shapes
from quizapp.services.sharing import banks_open_to
from quizapp.services.teaching import taught_by, work_open_to

MOST_CHARACTERS = 2000
"""Of a report's own words."""
MOST_COUNTED = 25
"""Of the questions with reports, for the first so many each answer is counted."""
MOST_HANDLED = 100
"""Of the reports dealt with, the latest so many are listed."""


class ReportRefused(ValueError):
    """A report that says too little or too much; the text, marked for translation, says what to change."""


class NoSuchReport(Exception):
    """There is no report with this id."""


@dataclass(frozen=True)
class ReportRow:
    """A report in the teacher's list. `name` is of who sent it: None where the account is deleted, "" for a guest.

    `version` is the one that was asked; where `current` is a higher number, the question has been edited since.
    `handled_by` is the teacher's name, None while the report is open and where that account is deleted.
    """

    id: int
    reason: Reason
    text: str
    created: datetime
    handled: datetime | None
    user_id: int | None
    name: str | None
    role: Role | None
    handled_by: str | None
    question_id: int
    version: int
    current: int
    content: dict[str, Any]
    attempt_id: int | None
    position: int
    submitted: datetime | None
    taught: bool
    """Whether who sent it is this teacher's student: of others no name is shown."""
    answer_open: bool
    """Whether the teacher may look at the attempt it came from."""

    @property
    def stem(self) -> str:
        """What was asked."""
        return str(self.content["stem"])

    @property
    def edited_since(self) -> bool:
        """Whether the question has a newer version than the one reported."""
        return self.current > self.version


def report(
    session: Session, user_id: int, attempt_id: int, position: int, reason: str, text: str, now: datetime
) -> Report:
    """Tell the teachers that something is wrong with a question of one's own attempt.

    Who says the same of the same question again while the first report is open, adds to that one.
    Raises NoSuchAttempt, ReportRefused.
    """
    version_id = _asked(session, user_id, attempt_id, position)
    why, words = _reason(reason), _words(text)
    if why is Reason.OTHER and not words:
        raise ReportRefused(_("Say in a few words what it is."))
    found = _open_one(session, user_id, version_id, why)
    if found is None:
        found = Report(user_id=user_id, question_version_id=version_id, reason=why, text="")
        session.add(found)
    found.attempt_id, found.position, found.created = attempt_id, position, now
    found.text = words or found.text
    session.flush()
    return found


def _asked(session: Session, user_id: int, attempt_id: int, position: int) -> int:
    version_id = session.scalar(
        select(AttemptSlot.question_version_id)
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .where(
            Attempt.id == attempt_id,
            Attempt.user_id == user_id,
            Attempt.purpose != Purpose.TRIAL,
            AttemptSlot.position == position,
        )
    )
    if version_id is None:
        raise NoSuchAttempt
    return version_id


def _reason(reason: str) -> Reason:
    try:
        return Reason(reason)
    except ValueError as error:
        raise ReportRefused(_("Choose what is wrong with the question.")) from error


def _words(text: str) -> str:
    words = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(words) > MOST_CHARACTERS:
        raise ReportRefused(_("This is too long: shorten it to 2,000 characters."))
    return words


def _open_one(session: Session, user_id: int, version_id: int, reason: Reason) -> Report | None:
    return session.scalar(
        select(Report)
        .where(
            Report.user_id == user_id,
            Report.question_version_id == version_id,
            Report.reason == reason,
            Report.handled.is_(None),
        )
        .order_by(Report.id)
        .limit(1)
    )


def _rows(teacher_id: int) -> Select[*tuple[Any, ...]]:
    """The reports on questions that this teacher may change."""
    current, teacher = aliased(QuestionVersion), aliased(User)
    return (
        select(
            Report.id,
            Report.reason,
            Report.text,
            Report.created,
            Report.handled,
            Report.user_id,
            User.display_name,
            User.role,
            teacher.display_name,
            QuestionVersion.question_id,
            QuestionVersion.number,
            current.number,
            QuestionVersion.content,
            Report.attempt_id,
            Report.position,
            Attempt.submitted,
            func.coalesce(Report.user_id.in_(taught_by(teacher_id)), false()),
            func.coalesce(work_open_to(teacher_id), false()),
        )
        .join(QuestionVersion, QuestionVersion.id == Report.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(current, current.id == Question.current_version_id)
        .outerjoin(User, User.id == Report.user_id)
        .outerjoin(teacher, teacher.id == Report.handled_by_id)
        .outerjoin(Attempt, Attempt.id == Report.attempt_id)
        .where(Question.bank_id.in_(banks_open_to(teacher_id, Right.EDIT)))
    )


def open_reports(session: Session, teacher_id: int) -> Sequence[ReportRow]:
    """The reports for this teacher that nobody has dealt with, the latest first."""
    query = _rows(teacher_id).where(Report.handled.is_(None)).order_by(Report.created.desc(), Report.id.desc())
    return [ReportRow(*row) for row in session.execute(query)]


def open_on_question(session: Session, teacher_id: int, question_id: int) -> Sequence[ReportRow]:
    """Those of them on one question."""
    query = _rows(teacher_id).where(Report.handled.is_(None), Question.id == question_id)
    return [ReportRow(*row) for row in session.execute(query.order_by(Report.created.desc(), Report.id.desc()))]


@dataclass(frozen=True)
class ReportedQuestion:
    """A question with its open reports, the latest first, and how it was answered.

    `answers` counts final answers, blanks included; `facility` is the mean share of the marks, None without any.
    `counts` has the answers one by one, for the first `MOST_COUNTED` questions.
    """

    question_id: int
    stem: str
    reports: tuple[ReportRow, ...]
    answers: int
    facility: float | None
    counts: Counts | None


def reported_questions(session: Session, teacher_id: int) -> list[ReportedQuestion]:
    """The questions with open reports for this teacher, those reported most often first."""
    groups: dict[int, list[ReportRow]] = {}
    for row in open_reports(session, teacher_id):
        groups.setdefault(row.question_id, []).append(row)
    known = facilities(session, groups)
    most_first = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [
        ReportedQuestion(
            number,
            rows[0].stem,
            tuple(rows),
            *known.get(number, (0, None)),
            _counts(session, number) if place < MOST_COUNTED else None,
        )
        for place, (number, rows) in enumerate(most_first)
    ]


def _counts(session: Session, question_id: int) -> Counts | None:
    question = session.get(Question, question_id)
    return None if question is None else counts(session, shapes(question)[0])


def handled_reports(session: Session, teacher_id: int) -> Sequence[ReportRow]:
    """The reports for this teacher that are dealt with, the latest of them first, at most `MOST_HANDLED`."""
    query = _rows(teacher_id).where(Report.handled.is_not(None)).order_by(Report.handled.desc(), Report.id.desc())
    return [ReportRow(*row) for row in session.execute(query.limit(MOST_HANDLED))]


def count_open(session: Session, teacher_id: int) -> int:
    """How many reports for this teacher nobody has dealt with."""
    counted = (
        select(func.count())
        .select_from(Report)
        .join(QuestionVersion, QuestionVersion.id == Report.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Report.handled.is_(None), Question.bank_id.in_(banks_open_to(teacher_id, Right.EDIT)))
    )
    return session.scalar(counted) or 0


def handle(session: Session, report_id: int, teacher_id: int, now: datetime) -> None:
    """Put a report aside as dealt with; one that is already, stays as it is. Raises NoSuchReport."""
    found = _report(session, report_id, teacher_id)
    if found.handled is None:
        found.handled, found.handled_by_id = now, teacher_id
        session.flush()


def handle_several(session: Session, report_ids: Collection[int], teacher_id: int, now: datetime) -> int:
    """Put those of these reports aside that are open and this teacher's to handle; how many there were."""
    theirs = {row.id for row in open_reports(session, teacher_id)} & set(report_ids)
    for number in sorted(theirs):
        handle(session, number, teacher_id, now)
    return len(theirs)


def reopen(session: Session, report_id: int, teacher_id: int) -> None:
    """Take a report up again. Raises NoSuchReport."""
    found = _report(session, report_id, teacher_id)
    found.handled, found.handled_by_id = None, None
    session.flush()


def _report(session: Session, report_id: int, teacher_id: int) -> Report:
    theirs = (
        select(Report)
        .join(QuestionVersion, QuestionVersion.id == Report.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.bank_id.in_(banks_open_to(teacher_id, Right.EDIT)))
    )
    found = session.scalar(theirs.where(Report.id == report_id))
    if found is None:
        raise NoSuchReport
    return found
