"""Starting an attempt: the questions drawn, each pinned to its version, order and passages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from quizapp.domain import timing
from quizapp.domain.access import Role, may_start
from quizapp.domain.certainty import CertaintyUse, most_by_certainty
from quizapp.domain.quizzes import Candidate, Draw, Fixed, Mode, Status, choose_questions
from quizapp.domain.settings import QuizSettings, settings_in_force
from quizapp.kinds import kind_named
from quizapp.models import (
    Assignment,
    Attempt,
    AttemptSlot,
    Bank,
    Passage,
    Purpose,
    Question,
    QuestionVersion,
    Quiz,
    QuizSlot,
    Section,
    State,
    User,
)
from quizapp.services.accommodations import Accommodations, accommodation_of
from quizapp.services.sent_twice import take_turn


class NotForGuests(Exception):
    """A test needs an account."""


class NothingToAsk(Exception):
    """No published question fits the quiz."""


class NoAttemptsLeft(Exception):
    """The student has taken the quiz as often as allowed."""


class QuizClosed(Exception):
    """The quiz takes no more attempts."""


def published_quiz(session: Session, slug: str) -> Quiz | None:
    """The quiz, if everybody may see it: it is published, and its text is one that everybody may read."""
    open_to_all = Quiz.published.is_(True), Bank.listed.is_(True)
    return session.scalar(select(Quiz).join(Bank, Bank.id == Quiz.bank_id).where(Quiz.slug == slug, *open_to_all))


def made_for(quiz_id: int, assignment_id: int | None) -> ColumnElement[bool]:
    """The attempts at this quiz for this assignment; for None those that serve no assignment."""
    return and_(Attempt.quiz_id == quiz_id, Attempt.assignment_id.is_not_distinct_from(assignment_id))


def open_attempt(session: Session, user_id: int, quiz_id: int, assignment_id: int | None = None) -> Attempt | None:
    """The person's unfinished attempt at this quiz, for this assignment or for none."""
    return session.scalar(
        select(Attempt)
        .where(Attempt.user_id == user_id, made_for(quiz_id, assignment_id), Attempt.state == State.OPEN)
        .order_by(Attempt.id.desc())
        .limit(1)
    )


def start(
    session: Session, user: User, quiz: Quiz, seed: int, now: datetime, assignment: Assignment | None = None
) -> Attempt:
    """A new attempt, or the open one, which is continued.

    For an assignment its own settings hold before the quiz's; that it is set for this student, and open, is checked
    before. All chance comes from `seed`, which is kept on the attempt.
    Raises NotForGuests, QuizClosed, NoAttemptsLeft, NothingToAsk.
    """
    assignment_id = None if assignment is None else assignment.id
    if not may_start(quiz.mode, Role(user.role)):
        raise NotForGuests
    take_turn(session, user.id)
    unfinished = open_attempt(session, user.id, quiz.id, assignment_id)
    if unfinished is not None:
        return unfinished
    settings, allowed = settings_of(quiz, assignment), accommodation_of(session, user.id)
    if settings.is_closed(now, allowed.closing(settings)):
        raise QuizClosed
    taken = times_taken(session, user.id, quiz.id, assignment_id)
    if attempts_left(settings, allowed, taken) == 0:
        raise NoAttemptsLeft
    chance = Random(seed)  # noqa: S311  a draw of questions, not a secret
    slots = slots_of_quiz(session, quiz, settings, chance, questions_seen(session, user.id))
    if not slots:
        raise NothingToAsk
    attempt = Attempt(
        user_id=user.id,
        quiz_id=quiz.id,
        assignment_id=assignment_id,
        number=taken + 1,
        mode=quiz.mode,
        seed=seed,
        settings=settings.plain(),
        state=State.OPEN,
        started=now,
        deadline=timing.deadline(now, settings.minutes, settings.closes, allowed.time_factor, allowed.extra_days),
        max_score=sum(slot.max_mark for slot in slots) * most_by_certainty(settings.certainty),
        slots=slots,
    )
    session.add(attempt)
    session.flush()
    return attempt


def start_without_quiz(
    session: Session,
    user_id: int,
    purpose: Purpose,
    slots: list[AttemptSlot],
    seed: int,
    now: datetime,
    origin_id: int | None = None,
) -> Attempt:
    """A practice attempt at certain questions, for a spaced review or to try one again. It counts for no quiz.

    A review asks how sure one is, because the schedule goes by it.
    """
    asks = QuizSettings(certainty=CertaintyUse.ASKED if purpose is Purpose.REVIEW else CertaintyUse.OFF)
    attempt = Attempt(
        user_id=user_id,
        purpose=purpose,
        origin_id=origin_id,
        number=1,
        mode=Mode.PRACTICE,
        seed=seed,
        settings=asks.plain(),
        state=State.OPEN,
        started=now,
        max_score=sum(slot.max_mark for slot in slots),
        slots=slots,
    )
    session.add(attempt)
    session.flush()
    return attempt


def settings_of(quiz: Quiz, assignment: Assignment | None = None) -> QuizSettings:
    """How a quiz is run, by itself or for an assignment."""
    return settings_in_force(quiz.settings, None if assignment is None else assignment.settings)


def times_taken(session: Session, user_id: int, quiz_id: int, assignment_id: int | None = None) -> int:
    """How often the person has begun this quiz, for this assignment or for none."""
    taken = session.scalar(
        select(func.max(Attempt.number)).where(Attempt.user_id == user_id, made_for(quiz_id, assignment_id))
    )
    return taken or 0


def attempts_left(settings: QuizSettings, allowed: Accommodations, taken: int) -> int | None:
    """How often a student may still begin the quiz; None where there is no limit."""
    return None if settings.attempts is None else max(settings.attempts + allowed.extra_attempts - taken, 0)


def questions_seen(session: Session, user_id: int) -> set[int]:
    """The ids of the questions the person was ever asked."""
    return set(
        session.scalars(
            select(QuestionVersion.question_id)
            .join(AttemptSlot, AttemptSlot.question_version_id == QuestionVersion.id)
            .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
            .where(Attempt.user_id == user_id, Attempt.purpose != Purpose.TRIAL)
            .distinct()
        )
    )


def draw_requests(slots: Sequence[QuizSlot]) -> list[Fixed | Draw]:
    """The quiz's slots as the pure drawing rule takes them."""
    return [
        Fixed(slot.question_id)
        if slot.question_id is not None
        else Draw(slot.count, slot.section, slot.level, slot.kind, slot.objective)
        for slot in slots
    ]


def candidates(session: Session, bank_id: int) -> list[Candidate]:
    """The published questions of a bank, as a draw sees them."""
    rows = session.execute(
        select(Question.id, Section.slug, QuestionVersion.level, QuestionVersion.kind, QuestionVersion.objective)
        .join(QuestionVersion, Question.current_version_id == QuestionVersion.id)
        .join(Section, Question.section_id == Section.id)
        .where(Question.bank_id == bank_id, Question.status == Status.PUBLISHED)
        .order_by(Question.position, Question.id)
    )
    return [Candidate(*row) for row in rows]


def slots_of_quiz(
    session: Session, quiz: Quiz, settings: QuizSettings, chance: Random, seen: set[int]
) -> list[AttemptSlot]:
    """The slots of an attempt at the quiz as it stands, drawn and shuffled, with their marks; empty for no question."""
    chosen = choose_questions(draw_requests(quiz.slots), candidates(session, quiz.bank_id), chance, seen)
    if settings.shuffle_questions:
        chance.shuffle(chosen)
    slots = slots_for(session, [question_id for _, question_id in chosen], chance, settings.shuffle_options)
    for slot, (index, _) in zip(slots, chosen, strict=True):
        slot.max_mark = quiz.slots[index].max_mark
    return slots


def slots_for(
    session: Session,
    question_ids: Sequence[int],
    chance: Random,
    shuffle_options: bool = True,
    stands_for: Mapping[int, int] | None = None,
) -> list[AttemptSlot]:
    """The slots of an attempt at these questions as they stand now, in this order, one mark each.

    `stands_for` says for some of the questions which other one's memory they test.
    """
    versions = _current_versions(session, question_ids)
    passages = _current_passages(session, versions.values())
    slots = [
        _slot(position, versions[question_id], passages, chance, shuffle_options)
        for position, question_id in enumerate(question_ids, start=1)
    ]
    for slot, question_id in zip(slots, question_ids, strict=True):
        slot.stands_for_id = (stands_for or {}).get(question_id)
    return slots


def _slot(
    position: int, version: QuestionVersion, passages: dict[tuple[int, str], int], chance: Random, shuffle: bool
) -> AttemptSlot:
    kind = kind_named(version.kind)
    content = kind.load_content(version.content)
    resting_on = dict.fromkeys((version.question_id, evidence.passage) for evidence in content.all_evidence())
    return AttemptSlot(
        position=position,
        question_version_id=version.id,
        order=kind.order(content, chance) if shuffle else kind.plain_order(content, chance),
        passages=[passages[place] for place in resting_on if place in passages],
        max_mark=1.0,
        revision=0,
    )


def _current_versions(session: Session, question_ids: Sequence[int]) -> dict[int, Any]:
    rows = session.execute(
        select(Question.id, QuestionVersion)
        .join(QuestionVersion, Question.current_version_id == QuestionVersion.id)
        .where(Question.id.in_(question_ids))
    )
    return dict(rows.all())


def _current_passages(session: Session, versions: Iterable[QuestionVersion]) -> dict[tuple[int, str], int]:
    """The current passage versions, by question and slug: two sources may call their passages alike."""
    rows = session.execute(
        select(Question.id, Passage.slug, Passage.current_version_id)
        .join(Bank, Bank.id == Question.bank_id)
        .join(Passage, Passage.source_id == Bank.source_id)
        .where(Question.id.in_([version.question_id for version in versions]))
    )
    return {(question_id, slug): version for question_id, slug, version in rows if version is not None}
