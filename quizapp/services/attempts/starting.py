"""Starting an attempt: the questions drawn, each pinned to its version, order and passages."""

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.access import Role, may_start
from quizapp.domain.quizzes import Candidate, Draw, Fixed, Status, choose_questions
from quizapp.kinds import kind_named
from quizapp.models import (
    Attempt,
    AttemptSlot,
    Passage,
    Question,
    QuestionVersion,
    Quiz,
    QuizSlot,
    Section,
    State,
    User,
)


class NotForGuests(Exception):
    """A test needs an account."""


class NothingToAsk(Exception):
    """No published question fits the quiz."""


def published_quiz(session: Session, slug: str) -> Quiz | None:
    """The quiz, if students may see it."""
    return session.scalar(select(Quiz).where(Quiz.slug == slug, Quiz.published.is_(True)))


def published_quizzes(session: Session) -> Sequence[Quiz]:
    """All quizzes students may see, in order."""
    return session.scalars(select(Quiz).where(Quiz.published.is_(True)).order_by(Quiz.position, Quiz.id)).all()


def open_attempt(session: Session, user_id: int, quiz_id: int) -> Attempt | None:
    """The person's unfinished attempt at this quiz."""
    return session.scalar(
        select(Attempt)
        .where(Attempt.user_id == user_id, Attempt.quiz_id == quiz_id, Attempt.state == State.OPEN)
        .order_by(Attempt.id.desc())
        .limit(1)
    )


def start(session: Session, user: User, quiz: Quiz, seed: int, now: datetime) -> Attempt:
    """A new attempt, or the open one, which is continued. Raises NotForGuests, NothingToAsk.

    All chance comes from `seed`, which is kept on the attempt.
    """
    if not may_start(quiz.mode, Role(user.role)):
        raise NotForGuests
    unfinished = open_attempt(session, user.id, quiz.id)
    if unfinished is not None:
        return unfinished
    chance = Random(seed)  # noqa: S311  a draw of questions, not a secret
    slots = _slots(session, quiz, chance)
    if not slots:
        raise NothingToAsk
    taken = session.scalar(
        select(func.max(Attempt.number)).where(Attempt.user_id == user.id, Attempt.quiz_id == quiz.id)
    )
    attempt = Attempt(
        user_id=user.id,
        quiz_id=quiz.id,
        number=(taken or 0) + 1,
        mode=quiz.mode,
        seed=seed,
        state=State.OPEN,
        started=now,
        max_score=sum(slot.max_mark for slot in slots),
        slots=slots,
    )
    session.add(attempt)
    session.flush()
    return attempt


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


def _slots(session: Session, quiz: Quiz, chance: Random) -> list[AttemptSlot]:
    chosen = choose_questions(draw_requests(quiz.slots), candidates(session, quiz.bank_id), chance)
    versions = _current_versions(session, [question_id for _, question_id in chosen])
    passages = _current_passages(session, quiz)
    return [
        _slot(position, versions[question_id], passages, quiz.slots[index].max_mark, chance)
        for position, (index, question_id) in enumerate(chosen, start=1)
    ]


def _slot(
    position: int, version: QuestionVersion, passages: dict[str, int], max_mark: float, chance: Random
) -> AttemptSlot:
    kind = kind_named(version.kind)
    content = kind.load_content(version.content)
    resting_on = dict.fromkeys(evidence.passage for evidence in content.all_evidence())
    return AttemptSlot(
        position=position,
        question_version_id=version.id,
        order=kind.order(content, chance),
        passages=[passages[slug] for slug in resting_on if slug in passages],
        max_mark=max_mark,
        revision=0,
    )


def _current_versions(session: Session, question_ids: Sequence[int]) -> dict[int, Any]:
    rows = session.execute(
        select(Question.id, QuestionVersion)
        .join(QuestionVersion, Question.current_version_id == QuestionVersion.id)
        .where(Question.id.in_(question_ids))
    )
    return dict(rows.all())


def _current_passages(session: Session, quiz: Quiz) -> dict[str, int]:
    rows = session.execute(
        select(Passage.slug, Passage.current_version_id).where(Passage.source_id == quiz.bank.source_id)
    )
    return {slug: version_id for slug, version_id in rows if version_id is not None}
