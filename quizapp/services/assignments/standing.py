"""What is set for a student, and where they stand with it: their own dates, what is begun, and the score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizapp.domain.assignment_scores import AssignmentScore, Finished, Kept, kept_of, score_of
from quizapp.domain.assignments import Phase, phase
from quizapp.domain.lateness import LatePolicy, days_late, own_due
from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings, settings_in_force
from quizapp.models import Assignment, Attempt, Classroom, Enrolment, Quiz, QuizSlot
from quizapp.services.accommodations import MOST, Accommodations, accommodation_of, most_arranged
from quizapp.services.attempts.showing import AttemptState
from quizapp.services.attempts.starting import attempts_left
from quizapp.services.withheld import Withheld, withheld


@dataclass(frozen=True)
class Begun:
    """An attempt of a student's for an assignment.

    `submitted` is None while it is open; `share` is at most 1, None while it is open or where nothing could be earned.
    """

    id: int
    number: int
    mode: Mode
    submitted: datetime | None
    share: float | None
    awaiting: int


@dataclass(frozen=True)
class SetForStudent:
    """An assignment as its student finds it: `due` and `closes` are the student's own, later days included."""

    id: int
    title: str
    classroom: str
    archived: bool
    quiz: Quiz
    questions: int
    settings: QuizSettings
    allowed: Accommodations
    opens: datetime | None
    due: datetime | None
    usual_due: datetime | None
    closes: datetime | None
    late: LatePolicy
    late_percent: int
    begun: tuple[Begun, ...]
    withheld: Withheld | None
    phase: Phase

    @property
    def finished(self) -> tuple[Begun, ...]:
        """The attempts that are submitted, in the order taken."""
        return tuple(attempt for attempt in self.begun if attempt.submitted is not None)

    @property
    def running(self) -> Begun | None:
        """The attempt that can be continued, if there is one."""
        return next((attempt for attempt in self.begun if attempt.submitted is None), None)

    @property
    def left(self) -> int | None:
        """How often it may still be begun; None where there is no limit."""
        return attempts_left(self.settings, self.allowed, max((one.number for one in self.begun), default=0))

    @property
    def late_by(self) -> int:
        """The days begun late of what was handed in and counts; 0 for what came in time, or is not there yet."""
        return self._reckoned().late_by

    @property
    def may_begin(self) -> bool:
        """Whether a new attempt can be begun now."""
        return not self.archived and self.phase in (Phase.OPEN, Phase.LATE) and self.left != 0

    @property
    def is_to_do(self) -> bool:
        """Whether something is still to be done for it: it runs, or is open and was not finished yet."""
        return self.running is not None or (self.may_begin and not self.finished)

    @property
    def score(self) -> AssignmentScore | None:
        """What counts; None before the first finished attempt, and where it is `withheld` from the student.

        Its share is None where there was nothing to earn, because all that was asked is void since.
        """
        return self._reckoned() if self.finished and self.withheld is None else None

    def kept(self, attempt: Begun) -> Kept | None:
        """What a finished attempt counts; None where that is `withheld`, or nothing could be earned."""
        if attempt.submitted is None or attempt.share is None or self.withheld is not None:
            return None
        done = Finished(attempt.share, attempt.submitted, attempt.awaiting)
        return kept_of(done, self.late, self.late_percent, self.due)

    def days_late(self, attempt: Begun) -> int:
        """The days begun by which a finished attempt came late."""
        return 0 if attempt.submitted is None else days_late(self.due, attempt.submitted)

    def _reckoned(self) -> AssignmentScore:
        done = [
            Finished(one.share, one.submitted, one.awaiting)
            for one in self.begun
            if one.submitted is not None and one.share is not None
        ]
        return score_of(done, self.settings.grading, self.late, self.late_percent, self.due)


def set_for(session: Session, user_id: int, now: datetime) -> list[SetForStudent]:
    """Everything set for the student in classes that are not put away: what is to do first, the soonest due on top."""
    rows = session.execute(_ROWS.where(Enrolment.user_id == user_id, Classroom.archived.is_(None))).all()
    if not rows:
        return []
    return sorted(_standings(session, rows, user_id, now), key=_order)


def one_set_for(session: Session, user_id: int, assignment_id: int, now: datetime) -> SetForStudent | None:
    """One assignment as its student finds it; None where it is not set for them, or not shown."""
    rows = session.execute(_ROWS.where(Enrolment.user_id == user_id, Assignment.id == assignment_id)).all()
    return next(iter(_standings(session, rows, user_id, now)), None)


def is_set_for(session: Session, user_id: int, assignment_id: int) -> bool:
    """Whether the student finds this assignment."""
    shown = _ROWS.with_only_columns(Assignment.id).where(Enrolment.user_id == user_id, Assignment.id == assignment_id)
    return session.scalar(shown) is not None


def kept_after_lateness(session: Session, attempt: AttemptState) -> Kept | None:
    """What a submitted attempt counts for its assignment; None where it serves none."""
    row = session.execute(
        select(Assignment, Quiz.settings)
        .join(Quiz, Quiz.id == Assignment.quiz_id)
        .where(Assignment.id == attempt.assignment_id)
    ).one_or_none()
    if row is None or attempt.submitted is None:
        return None
    assignment: Assignment = row.Assignment
    minutes = settings_in_force(row.settings, assignment.settings).minutes
    allowed = accommodation_of(session, attempt.user_id)
    due = own_due(assignment.due, assignment.late, minutes, allowed.time_factor, allowed.extra_days)
    share = (attempt.score or 0.0) / attempt.max_score if attempt.max_score else 0.0
    return kept_of(Finished(share, attempt.submitted, attempt.awaiting), assignment.late, assignment.late_percent, due)


def _order(one: SetForStudent) -> tuple[int, float, int]:
    far = float("inf")
    if one.is_to_do:
        return 0, one.due.timestamp() if one.due else far, one.id
    if one.phase is Phase.UPCOMING:
        return 1, one.opens.timestamp() if one.opens else far, one.id
    return 2, -(one.due.timestamp() if one.due else 0.0), -one.id


_ASKED = select(QuizSlot.quiz_id, func.sum(QuizSlot.count).label("questions")).group_by(QuizSlot.quiz_id).subquery()
_ROWS: Select[*tuple[Any, ...]] = (
    select(
        Assignment,
        Quiz,
        Classroom.name.label("classroom"),
        Classroom.archived,
        func.coalesce(_ASKED.c.questions, 0).label("questions"),
        *MOST,
    )
    .join(Classroom, Classroom.id == Assignment.classroom_id)
    .join(Enrolment, Enrolment.classroom_id == Classroom.id)
    .join(Quiz, Quiz.id == Assignment.quiz_id)
    .outerjoin(_ASKED, _ASKED.c.quiz_id == Quiz.id)
    .where(Enrolment.removed.is_(None), Assignment.published.is_(True))
)


def _standings(session: Session, rows: Sequence[Any], user_id: int, now: datetime) -> list[SetForStudent]:
    begun = _begun(session, user_id, [row.Assignment.id for row in rows])
    allowed = accommodation_of(session, user_id)
    return [_standing(row, begun.get(row.Assignment.id, ()), allowed, now) for row in rows]


def _begun(session: Session, user_id: int, assignment_ids: Sequence[int]) -> dict[int, tuple[Begun, ...]]:
    """The student's attempts by assignment, in the order taken."""
    rows = session.execute(
        select(
            Attempt.assignment_id,
            Attempt.id,
            Attempt.number,
            Attempt.mode,
            Attempt.submitted,
            (Attempt.score / func.nullif(Attempt.max_score, 0.0)).label("share"),
            Attempt.awaiting,
        )
        .where(Attempt.user_id == user_id, Attempt.assignment_id.in_(assignment_ids))
        .order_by(Attempt.number)
    )
    found: dict[int, tuple[Begun, ...]] = {}
    for row in rows:
        attempt = Begun(row.id, row.number, row.mode, row.submitted, row.share, row.awaiting)
        found[row.assignment_id] = (*found.get(row.assignment_id, ()), attempt)
    return found


def _standing(row: Any, begun: tuple[Begun, ...], allowed: Accommodations, now: datetime) -> SetForStudent:
    assignment: Assignment = row.Assignment
    settings = settings_in_force(row.Quiz.settings, assignment.settings)
    due = own_due(assignment.due, assignment.late, settings.minutes, allowed.time_factor, allowed.extra_days)
    closes = allowed.closing(settings)
    done = [one for one in begun if one.submitted is not None]
    most = most_arranged(row.most_time, row.most_days)
    held_back = [withheld(settings, one.mode, most, now) for one in done]
    return SetForStudent(
        id=assignment.id,
        title=assignment.title,
        classroom=row.classroom,
        archived=row.archived is not None,
        quiz=row.Quiz,
        questions=row.questions,
        settings=settings,
        allowed=allowed,
        opens=assignment.opens,
        due=due,
        usual_due=assignment.due,
        closes=closes,
        late=assignment.late,
        late_percent=assignment.late_percent,
        begun=begun,
        withheld=next((one for one in held_back if one is not None), None),
        phase=phase(assignment.opens, due, closes, now),
    )
