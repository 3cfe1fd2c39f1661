"""How a bank covers its source: for each passage the questions it decides, and how they are answered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
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
    Section,
    State,
)
from quizapp.services.reading import questions_by_passage

FEWEST_ANSWERS = 5
"""Answers from which a rate is shown: fewer would tell how one student did."""


@dataclass(frozen=True)
class CoveredPassage:
    """A passage on the map. `error_rate` is the share 0–1 of marks lost on its questions, None below FEWEST_ANSWERS."""

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
    answered = {slug: (answers, lost) for slug, answers, lost in session.execute(_answers(bank.id))}
    rows = session.execute(
        select(Section, Passage, PassageVersion.title)
        .join(Passage, Passage.section_id == Section.id)
        .join(PassageVersion, PassageVersion.id == Passage.current_version_id)
        .where(Section.source_id == bank.source_id)
        .order_by(Section.position, Passage.position)
    )
    by_section: dict[int, list[CoveredPassage]] = {}
    titles: dict[int, str] = {}
    for section, passage, title in rows:
        answers, lost = answered.get(passage.slug, (0, 0.0))
        label = f"{section.position + 1}.{passage.position + 1}"
        rate = lost if answers >= FEWEST_ANSWERS else None
        covered = CoveredPassage(passage.slug, label, title, counts.get(passage.slug, 0), answers, rate)
        by_section.setdefault(section.position, []).append(covered)
        titles[section.position] = section.title
    return [CoveredSection(titles[position], tuple(passages)) for position, passages in by_section.items()]


def _answers(bank_id: int) -> Select[*tuple[Any, ...]]:
    """Per passage: answers to its questions, and the mean share of marks lost; first finished attempts only.

    Somebody's later attempts at a quiz have seen the answers, so they say little about the passage. Blanks are no
    reading of it and are left out.
    """
    first = (
        select(func.min(Attempt.id).label("id"))
        .where(Attempt.state == State.SUBMITTED)
        .group_by(Attempt.user_id, Attempt.quiz_id)
        .subquery()
    )
    return (
        select(Passage.slug, func.count(), 1 - func.avg(AttemptSlot.fraction))
        .join(DecidingPassage, DecidingPassage.passage_id == Passage.id)
        .join(QuestionVersion, QuestionVersion.id == DecidingPassage.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(AttemptSlot, AttemptSlot.question_version_id == QuestionVersion.id)
        .join(first, first.c.id == AttemptSlot.attempt_id)
        .where(Question.bank_id == bank_id, AttemptSlot.response.is_not(None))
        .group_by(Passage.slug)
    )
