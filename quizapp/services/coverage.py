"""How a bank covers its source: for each passage the questions it decides, and how they are answered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import Session

from quizapp.models import (
    Attempt,
    AttemptSlot,
    Bank,
    DecidingPassage,
    Passage,
    PassageVersion,
    Question,
    QuestionVersion,
    Quiz,
    Section,
    State,
)
from quizapp.services.reading import questions_by_passage

FEWEST_STUDENTS = 5
"""Students from whose answers a rate is shown: of fewer it would tell how one of them did."""


@dataclass(frozen=True)
class CoveredPassage:
    """A passage on the map. `error_rate` is the share 0–1 of marks lost on its questions, None for too few students."""

    slug: str
    label: str
    title: str
    questions: int
    answers: int
    error_rate: float | None


@dataclass(frozen=True)
class CoveredSection:
    """A section on the map."""

    title: str
    passages: tuple[CoveredPassage, ...]


def coverage(session: Session, bank: Bank) -> list[CoveredSection]:
    """The bank's map: sections and passages in reading order."""
    counts = questions_by_passage(session, bank.id)
    answered = {slug: rest for slug, *rest in session.execute(_answers(bank.id))}
    rows = session.execute(
        select(Section, Passage, PassageVersion.title)
        .join(Passage, Passage.section_id == Section.id)
        .join(PassageVersion, PassageVersion.id == Passage.current_version_id)
        .where(Section.source_id == bank.source_id, Passage.removed.is_(None))
        .order_by(Section.position, Passage.position)
    )
    by_section: dict[int, list[CoveredPassage]] = {}
    titles: dict[int, str] = {}
    for section, passage, title in rows:
        answers, students, lost = answered.get(passage.slug, (0, 0, 0.0))
        label = f"{section.position + 1}.{passage.position + 1}"
        rate = lost if students >= FEWEST_STUDENTS else None
        covered = CoveredPassage(passage.slug, label, title, counts.get(passage.slug, 0), answers, rate)
        by_section.setdefault(section.id, []).append(covered)
        titles[section.id] = section.title
    return [CoveredSection(titles[number], tuple(passages)) for number, passages in by_section.items()]


def _answers(bank_id: int) -> Select[*tuple[Any, ...]]:
    """Per passage: answers to its questions, by how many students, and the mean share of marks lost.

    Only first finished attempts at each quiz: while one is open, no other begins, so the first is the lowest id.

    Somebody's later attempts at a quiz have seen the answers, so they say little about the passage. Blanks are no
    reading of it and are left out.
    """
    first = (
        select(func.min(Attempt.id).label("id"), Attempt.user_id)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Attempt.state == State.SUBMITTED, Quiz.bank_id == bank_id)
        .group_by(Attempt.user_id, Attempt.quiz_id)
        .subquery()
    )
    return (
        select(Passage.slug, func.count(), func.count(distinct(first.c.user_id)), 1 - func.avg(AttemptSlot.fraction))
        .join(DecidingPassage, DecidingPassage.passage_id == Passage.id)
        .join(QuestionVersion, QuestionVersion.id == DecidingPassage.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(AttemptSlot, AttemptSlot.question_version_id == QuestionVersion.id)
        .join(first, first.c.id == AttemptSlot.attempt_id)
        .where(Question.bank_id == bank_id, AttemptSlot.response.is_not(None))
        .group_by(Passage.slug)
    )
