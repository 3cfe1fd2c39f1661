"""Setting a quiz for a class: what is asked for, what differs from the quiz's own settings, and changing it later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from quizapp.domain import timing
from quizapp.domain.access import Right
from quizapp.domain.assignments import Dates, check_feedback
from quizapp.domain.settings import QuizSettings, settings_in_force
from quizapp.models import Accommodation, Assignment, Attempt, Classroom, Quiz, State
from quizapp.services.sent_twice import JUST_NOW, take_turn
from quizapp.services.sharing import classrooms_open_to, quizzes_open_to


class ClassArchived(Exception):
    """The class was put away: it takes no new assignments and no new attempts."""


class HasBegun(Exception):
    """Somebody has begun it, so it can be hidden and not be removed."""


@dataclass(frozen=True)
class AssignmentFields:
    """What a teacher says of an assignment.

    `differing` is what differs from the quiz's settings, as plain data of `QuizSettings`; the closing date is not part
    of it, because an assignment has its own.
    """

    title: str
    dates: Dates
    differing: Mapping[str, Any] = field(default_factory=dict)
    published: bool = True

    def settings(self) -> dict[str, Any]:
        """As an assignment keeps them: a quiz's own closing date never holds for it."""
        closes = self.dates.closes
        return {**self.differing, "closes": None if closes is None else closes.isoformat()}


def quizzes_to_set(session: Session, teacher_id: int) -> Sequence[Quiz]:
    """The quizzes this teacher can set, published or not, bank by bank."""
    return session.scalars(
        select(Quiz)
        .where(Quiz.id.in_(quizzes_open_to(teacher_id)))
        .options(joinedload(Quiz.bank))
        .order_by(Quiz.bank_id, Quiz.position, Quiz.id)
    ).all()


def set_quiz(
    session: Session, classroom: Classroom, quiz: Quiz, fields: AssignmentFields, teacher_id: int, now: datetime
) -> Assignment:
    """Set a quiz for a class; asked for twice at one moment, once. Raises ClassArchived, AssignmentRefused."""
    if classroom.archived is not None:
        raise ClassArchived
    assignment = Assignment(classroom_id=classroom.id, quiz_id=quiz.id, created=now, created_by_id=teacher_id)
    _fill(assignment, quiz, fields)
    return _made_once(session, assignment, teacher_id)


_SAID = ("title", "opens", "due", "late", "late_percent", "settings", "published")


def _made_once(session: Session, wanted: Assignment, teacher_id: int) -> Assignment:
    """The assignment, stored; or the same one that this teacher has made just now."""
    take_turn(session, teacher_id)
    lately = session.scalars(
        select(Assignment).where(
            Assignment.classroom_id == wanted.classroom_id,
            Assignment.quiz_id == wanted.quiz_id,
            Assignment.created_by_id == teacher_id,
            Assignment.created > wanted.created - JUST_NOW,
        )
    )
    for made in lately:
        if all(getattr(made, name) == getattr(wanted, name) for name in _SAID):
            return made
    session.add(wanted)
    session.flush()
    return wanted


def change(session: Session, assignment: Assignment, fields: AssignmentFields) -> None:
    """Say it anew. Attempts that run get a later end with a later closing, and are never cut short.

    Raises AssignmentRefused.
    """
    _fill(assignment, assignment.quiz, fields)
    session.flush()
    _give_later_ends(session, assignment)


def _fill(assignment: Assignment, quiz: Quiz, fields: AssignmentFields) -> None:
    check_feedback(settings_in_force(quiz.settings, fields.settings()))
    dates = fields.dates
    assignment.title = fields.title
    assignment.opens, assignment.due = dates.opens, dates.due
    assignment.late, assignment.late_percent = dates.late, dates.late_percent
    assignment.settings = fields.settings()
    assignment.published = fields.published


def _give_later_ends(session: Session, assignment: Assignment) -> None:
    closes = settings_in_force(assignment.quiz.settings, assignment.settings).closes
    rows = session.execute(
        select(Attempt.id, Attempt.started, Attempt.deadline, Attempt.settings, *_MORE)
        .outerjoin(Accommodation, Accommodation.user_id == Attempt.user_id)
        .where(Attempt.assignment_id == assignment.id, Attempt.state == State.OPEN, Attempt.deadline.is_not(None))
    ).all()
    for row in rows:
        minutes = QuizSettings.model_validate(row.settings).minutes
        end = timing.deadline(row.started, minutes, closes, row.factor, row.days)
        if end is None or end > row.deadline:
            session.execute(update(Attempt).where(Attempt.id == row.id).values(deadline=end))


_MORE = (
    func.coalesce(Accommodation.time_factor, 1.0).label("factor"),
    func.coalesce(Accommodation.extra_days, 0).label("days"),
)


def publish(session: Session, assignment: Assignment, published: bool) -> None:
    """Show it to the students, or hide it from them; attempts that were begun stay theirs."""
    assignment.published = published
    session.flush()


def begun_by(session: Session, assignment_id: int) -> int:
    """How many people have begun it, those who left the class included."""
    counted = select(func.count(Attempt.user_id.distinct())).where(Attempt.assignment_id == assignment_id)
    return session.scalar(counted) or 0


def remove(session: Session, assignment: Assignment) -> None:
    """Remove an assignment that nobody has begun. Raises HasBegun."""
    session.execute(select(Assignment.id).where(Assignment.id == assignment.id).with_for_update())
    if begun_by(session, assignment.id):
        raise HasBegun
    session.delete(assignment)
    session.flush()


def classes_to_set_for(session: Session, teacher_id: int) -> Sequence[Classroom]:
    """The classes for which this teacher can set a quiz, by name."""
    mine = Classroom.id.in_(classrooms_open_to(teacher_id, Right.EDIT))
    return session.scalars(
        select(Classroom).where(mine, Classroom.archived.is_(None)).order_by(Classroom.name, Classroom.id)
    ).all()


def classes_to_copy_to(session: Session, assignment: Assignment, teacher_id: int) -> Sequence[Classroom]:
    """The other classes for which this teacher can set it."""
    return [one for one in classes_to_set_for(session, teacher_id) if one.id != assignment.classroom_id]


def copy(session: Session, assignment: Assignment, classroom: Classroom, teacher_id: int, now: datetime) -> Assignment:
    """Set the same for another class, hidden until its dates have been looked at; asked for twice at one moment, once.

    Raises ClassArchived.
    """
    if classroom.archived is not None:
        raise ClassArchived
    made = Assignment(
        classroom_id=classroom.id,
        quiz_id=assignment.quiz_id,
        title=assignment.title,
        opens=assignment.opens,
        due=assignment.due,
        late=assignment.late,
        late_percent=assignment.late_percent,
        settings=dict(assignment.settings),
        published=False,
        created=now,
        created_by_id=teacher_id,
    )
    return _made_once(session, made, teacher_id)
