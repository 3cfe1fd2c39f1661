"""Writing a bank of the database back as a document."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from quizapp.domain.settings import QuizSettings
from quizapp.formats.document import (
    BankDocument,
    BlueprintDocument,
    ClaimDocument,
    EventDocument,
    NoteDocument,
    PassageDocument,
    PersonDocument,
    QuestionDocument,
    QuizDocument,
    SectionDocument,
    SlotDocument,
    SourceDocument,
)
from quizapp.models import Bank, Passage, PassageVersion, Question, QuestionVersion, Quiz, Section, TimelineEvent


def export_bank(session: Session, slug: str) -> BankDocument | None:
    """The bank as it stands now, current versions only; None where there is no such bank."""
    bank = session.scalar(select(Bank).where(Bank.slug == slug))
    if bank is None:
        return None
    questions = session.scalars(
        select(Question)
        .where(Question.bank_id == bank.id)
        .order_by(Question.position, Question.id)
        .options(selectinload(Question.current))
    ).all()
    sections = session.scalars(
        select(Section)
        .where(Section.source_id == bank.source_id)
        .order_by(Section.position)
        .options(
            selectinload(Section.claims),
            selectinload(Section.passages).selectinload(Passage.current).selectinload(PassageVersion.notes),
        )
    ).all()
    quizzes = session.scalars(select(Quiz).where(Quiz.bank_id == bank.id).order_by(Quiz.position, Quiz.id)).all()
    source = bank.source
    return BankDocument(
        id=bank.slug,
        title=bank.title,
        language=source.language,
        source=SourceDocument(title=source.title, author=source.author, about=source.about),
        objectives={objective.number: objective.text for objective in bank.objectives},
        blueprint=None if bank.blueprint is None else BlueprintDocument.model_validate(bank.blueprint),
        timeline=tuple(_event_document(event) for event in source.timeline),
        people=tuple(
            PersonDocument(id=person.slug, name=person.name, offices=tuple(person.offices), called=tuple(person.called))
            for person in source.people
        ),
        sections=tuple(_section_document(section, questions) for section in sections),
        quizzes=tuple(_quiz_document(quiz) for quiz in quizzes if quiz.slots),
    )


def _event_document(event: TimelineEvent) -> EventDocument:
    return EventDocument.model_validate(
        {
            "id": event.slug,
            "date": event.date,
            "dated": event.dated,
            "text": event.text,
            "basis": event.basis,
            "mentions": tuple(event.mentions),
            "references": tuple(event.references),
        }
    )


def _section_document(section: Section, questions: Iterable[Question]) -> SectionDocument:
    return SectionDocument(
        id=section.slug,
        title=section.title,
        dated=section.dated,
        claims=tuple(
            ClaimDocument(id=claim.code, says=claim.says, standing=claim.standing) for claim in section.claims
        ),
        passages=tuple(passage_document(passage) for passage in section.passages if passage.removed is None),
        questions=tuple(question_document(item) for item in questions if item.section_id == section.id),
    )


def passage_document(passage: Passage, version: PassageVersion | None = None) -> PassageDocument:
    """A version of the passage (the current one by default) as a document."""
    version = version or passage.current
    notes = tuple(
        NoteDocument(
            quote=note.quote,
            verdict=note.verdict,
            record=note.record,
            references=tuple(note.references),
            claims=tuple(note.claims),
        )
        for note in version.notes
    )
    return PassageDocument(
        id=passage.slug, title=version.title, retells=version.retells, text=version.text, notes=notes
    )


def question_document(question: Question, version: QuestionVersion | None = None) -> QuestionDocument:
    """A version of the question (the current one by default) as a document."""
    version = version or question.current
    data: dict[str, Any] = {
        "id": question.slug,
        "kind": version.kind,
        "status": question.status,
        "frame": version.frame,
        "level": version.level,
        "objective": version.objective,
        "claims": tuple(version.claims),
        "waivers": tuple(question.waivers),
        "tags": tuple(question.tags),
        "content": version.content,
    }
    return QuestionDocument.model_validate(data)


def _quiz_document(quiz: Quiz) -> QuizDocument:
    slots = tuple(
        SlotDocument(
            question=slot.question.slug if slot.question else None,
            count=slot.count,
            section=slot.section,
            level=slot.level,
            kind=slot.kind,
            objective=slot.objective,
            marks=slot.max_mark,
        )
        for slot in quiz.slots
    )
    return QuizDocument(
        id=quiz.slug,
        title=quiz.title,
        description=quiz.description,
        mode=quiz.mode,
        settings=QuizSettings.model_validate(quiz.settings),
        slots=slots,
    )
