"""A teacher's mark for an answer that no program can judge: points by the rubric of the version that was asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.essay.kind import fraction_of_points
from quizapp.models import AttemptSlot
from quizapp.services.attempts import submitting
from quizapp.services.attempts.answering import stamp
from quizapp.services.attempts.marking_queue import Queue, answer_row, rubric_of
from quizapp.services.attempts.reviewing import ReviewedSlot, everything, review_slots
from quizapp.services.attempts.showing import SlotState, attempt_state
from quizapp.services.item_analysis import tallying

MOST_CHARACTERS = 5000
"""Of a comment."""


class MarkRefused(ValueError):
    """Points or a comment that cannot be taken; the text, marked for translation, says what to change."""


class MarkedMeanwhile(Exception):
    """Somebody has marked the answer since its page was opened."""


NOT_MARKED = 0
"""The revision of a mark that has not been given."""


def revision_of(marked: datetime | None) -> int:
    """When a mark was given, as a number that tells one mark from the next; `NOT_MARKED` for none."""
    return NOT_MARKED if marked is None else stamp(marked)


def mark(
    session: Session,
    attempt_id: int,
    position: int,
    points: Sequence[int],
    comment: str,
    teacher_id: int,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Mark an answer, or mark it anew: `points` for each criterion of its rubric in order. The attempt is scored anew.

    Where a correction gives everyone everything, or counts the question for nothing, that holds, and the points say
    what the essay is worth. `seen` is the revision of the mark that the teacher saw; None does not ask.
    Raises NoSuchAttempt where there is nothing to mark, MarkRefused, MarkedMeanwhile.
    """
    tallying.forget_attempt(session, attempt_id)
    state = attempt_state(session, attempt_id, to_change=True)
    row = answer_row(session, Queue(teacher_id), attempt_id, position)
    if seen is not None and revision_of(row.marked) != seen:
        raise MarkedMeanwhile
    (reviewed,) = review_slots(session, [state.slot(position)], everything)
    words = comment.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(words) > MOST_CHARACTERS:
        raise MarkRefused(_("The comment is too long: shorten it to 5,000 characters."))
    earned = _fraction(points, reviewed)
    session.execute(
        update(AttemptSlot)
        .where(AttemptSlot.attempt_id == attempt_id, AttemptSlot.position == position)
        .values(
            fraction=_ruled(reviewed.slot, earned),
            points=list(points),
            comment=words,
            marked_by_id=teacher_id,
            marked=now,
        )
    )
    session.flush()
    submitting.rescore(session, attempt_id)


def _ruled(slot: SlotState, fraction: float) -> float | None:
    if not slot.counts:
        return None
    return 1.0 if slot.ruling is not None and slot.ruling.everyone else fraction


def _fraction(points: Sequence[int], reviewed: ReviewedSlot) -> float:
    try:
        return fraction_of_points(points, rubric_of(reviewed).rubric)
    except ValueError as error:
        raise MarkRefused(_("Give points for every criterion, as many as it takes at most.")) from error
