"""Loading a bank from its document: by ids, in versions, never over what was edited in the browser.

What stands where is merged: sections and passages of the file take the file's order, and those made, moved or removed
in the browser keep their place behind what they stood behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.domain.places import merged
from quizapp.domain.tags import united
from quizapp.formats.document import (
    BankDocument,
    PassageDocument,
    QuestionDocument,
    QuizDocument,
    SectionDocument,
    digest_of,
)
from quizapp.models import (
    Bank,
    Claim,
    DecidingPassage,
    Objective,
    Passage,
    PassageVersion,
    Person,
    Question,
    QuestionVersion,
    Quiz,
    QuizSlot,
    RecordNote,
    Section,
    Source,
    TimelineEvent,
)


@dataclass
class LoadReport:
    """What loading did. `kept` is what was made or edited in the browser, which the file does not overwrite.

    Questions stand there by their ids; a passage, a section, a quiz and the bank itself are called so.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """In the database, no longer in the files; left as they are."""


def load_bank(session: Session, document: BankDocument, files_digest: str, now: datetime) -> LoadReport:
    """Bring the database to what the document says, by ids: equal parts are left, changed ones get a new version."""
    report = LoadReport()
    bank, made_here = _bank(session, document, report)
    if not made_here:
        _objectives(session, bank, document)
        _lists(session, bank.source, document)
    _text(session, bank.source, document, report, now)
    session.flush()
    _questions(session, bank, document, report, now)
    session.flush()
    for position, quiz in enumerate(document.quizzes):
        _quiz(session, bank, quiz, position, report)
    if not made_here:
        bank.files_digest = files_digest
    session.flush()
    return report


def is_loaded(session: Session, files_digest: str) -> bool:
    """Whether exactly these files were the last ones loaded into a bank."""
    return session.scalar(select(Bank.id).where(Bank.files_digest == files_digest)) is not None


def _bank(session: Session, document: BankDocument, report: LoadReport) -> tuple[Bank, bool]:
    """The bank, and whether it was made in the browser: then its head is whose it is, and not the file's."""
    bank = session.scalar(select(Bank).where(Bank.slug == document.id))
    if bank is not None and not bank.files_digest:
        report.kept.append(f"bank {bank.slug}")
        return bank, True
    if bank is None:
        bank = Bank(slug=document.id, source=Source(slug=document.id), everyone=Right.EDIT, listed=True)
        session.add(bank)
    bank.title = document.title
    source = bank.source
    source.title, source.author, source.about = document.source.title, document.source.author, document.source.about
    source.language = document.language
    bank.blueprint = document.blueprint.model_dump(mode="json") if document.blueprint else None
    session.flush()
    return bank, False


def _objectives(session: Session, bank: Bank, document: BankDocument) -> None:
    known = {objective.number: objective for objective in bank.objectives}
    for number, text in document.objectives.items():
        if number in known:
            known[number].text = text
        else:
            bank.objectives.append(Objective(number=number, text=text))


def _lists(session: Session, source: Source, document: BankDocument) -> None:
    """The timeline and the people. Nothing refers to their rows, so the file's lists simply take their place."""
    source.timeline.clear()
    source.people.clear()
    session.flush()
    source.timeline = [
        TimelineEvent(
            slug=event.id,
            position=position,
            date=event.date,
            dated=event.dated,
            text=event.text,
            basis=event.basis,
            mentions=[mention.model_dump(mode="json") for mention in event.mentions],
            references=list(event.references),
        )
        for position, event in enumerate(document.timeline)
    ]
    source.people = [
        Person(
            slug=person.id,
            position=position,
            name=person.name,
            offices=list(person.offices),
            called=list(person.called),
        )
        for position, person in enumerate(document.people)
    ]
    session.flush()


def _text(session: Session, source: Source, document: BankDocument, report: LoadReport, now: datetime) -> None:
    """Sections and passages. Those no longer in the files keep what attempts rest on; such a section states nothing."""
    before = list(session.scalars(select(Section).where(Section.source_id == source.id).order_by(*_IN_ORDER)))
    listed: list[Section] = []
    for item in document.sections:
        section = _section(session, source, item, report)
        if not section.edited_here:
            listed.append(section)
        passages = [_passage(session, section, passage, report, now) for passage in item.passages]
        _arrange(session, section, [passage.id for passage in passages if passage is not None])
    named = {section.id for section in document.sections}
    gone = [section for section in before if section.slug not in named and not section.edited_here]
    for section in gone:
        section.claims.clear()
    for position, section in enumerate(merged(before, [*listed, *gone])):
        section.position = position


_IN_ORDER = (Section.position, Section.id)


def _arrange(session: Session, section: Section, listed: list[int]) -> None:
    """Give the passages of a section their places: the file's, and those of the browser among them."""
    session.flush()
    there = session.scalars(
        select(Passage)
        .where(Passage.section_id == section.id, Passage.removed.is_(None))
        .order_by(Passage.position, Passage.edited_here.desc(), Passage.id)
    )
    passages = {passage.id: passage for passage in there}
    for position, number in enumerate(merged(list(passages), listed)):
        passages[number].position = position


def _claims(session: Session, section: Section, document: SectionDocument) -> None:
    """The claims of a section, like the lists: questions and notes name them by code."""
    section.claims.clear()
    session.flush()
    section.claims = [
        Claim(position=position, code=claim.id, says=claim.says, standing=claim.standing)
        for position, claim in enumerate(document.claims)
    ]


def _section(session: Session, source: Source, document: SectionDocument, report: LoadReport) -> Section:
    section = session.scalar(select(Section).where(Section.source_id == source.id, Section.slug == document.id))
    if section is None:
        section = Section(source_id=source.id, slug=document.id, position=0, edited_here=False)
        session.add(section)
    if section.edited_here:
        report.kept.append(f"section {section.slug}")
    else:
        section.title, section.dated = document.title, document.dated
    session.flush()
    _claims(session, section, document)
    return section


def _passage(
    session: Session, section: Section, document: PassageDocument, report: LoadReport, now: datetime
) -> Passage | None:
    """The passage as the file has it; None for one that was edited in the browser, which stays as and where it is."""
    passage = session.scalar(select(Passage).where(Passage.source_id == section.source_id, Passage.slug == document.id))
    if passage is None:
        passage = Passage(source_id=section.source_id, slug=document.id, position=0)
        session.add(passage)
    elif passage.edited_here:
        report.kept.append(f"passage {passage.slug}")
        return None
    passage.section_id = section.id
    session.flush()
    if passage.current_version_id is None or passage.current.digest != digest_of(document.model_dump(mode="json")):
        add_passage_version(session, passage, document, author_id=None, now=now)
    return passage


def add_passage_version(
    session: Session, passage: Passage, document: PassageDocument, author_id: int | None, now: datetime
) -> PassageVersion:
    """A new version of the passage, made current; the earlier ones stay for the attempts pinned to them."""
    number = (passage.current.number if passage.current_version_id else 0) + 1
    version = _passage_version(passage, document, number, author_id, now)
    session.add(version)
    session.flush()
    passage.current_version_id = version.id
    session.flush()
    session.expire(passage, ["current"])
    return version


def add_first_versions(
    session: Session, passages: Sequence[tuple[Passage, PassageDocument]], author_id: int | None, now: datetime
) -> None:
    """The first version of each of these new passages, made current."""
    versions = [_passage_version(passage, document, 1, author_id, now) for passage, document in passages]
    session.add_all(versions)
    session.flush()
    for (passage, _document), version in zip(passages, versions, strict=True):
        passage.current_version_id = version.id
    session.flush()


def _passage_version(
    passage: Passage, document: PassageDocument, number: int, author_id: int | None, now: datetime
) -> PassageVersion:
    return PassageVersion(
        passage_id=passage.id,
        number=number,
        title=document.title,
        retells=document.retells,
        text=document.text,
        digest=digest_of(document.model_dump(mode="json")),
        author_id=author_id,
        created=now,
        notes=[
            RecordNote(
                position=place,
                quote=note.quote,
                verdict=note.verdict,
                record=note.record,
                references=list(note.references),
                claims=list(note.claims),
            )
            for place, note in enumerate(document.notes, start=1)
        ],
    )


def _questions(session: Session, bank: Bank, document: BankDocument, report: LoadReport, now: datetime) -> None:
    known = {
        question.slug: question for question in session.scalars(select(Question).where(Question.bank_id == bank.id))
    }
    sections = {
        section.slug: section.id
        for section in session.scalars(select(Section).where(Section.source_id == bank.source_id))
    }
    wanted: set[str] = set()
    for position, (section, item) in enumerate(document.questions()):
        wanted.add(item.id)
        question = known.get(item.id)
        if question is None:
            question = Question(bank_id=bank.id, slug=item.id, section_id=sections[section.id], status=item.status)
            session.add(question)
            report.added.append(item.id)
        elif question.edited_here:
            report.kept.append(item.id)
            continue
        elif question.current.digest == item.digest():
            report.unchanged.append(item.id)
        else:
            report.changed.append(item.id)
        question.section_id, question.status, question.position = sections[section.id], item.status, position
        question.waivers = [waiver.model_dump(mode="json") for waiver in item.waivers]
        question.tags = list(united(question.tags or (), item.tags))
        session.flush()
        if question.current_version_id is None or question.current.digest != item.digest():
            add_version(session, question, item, author_id=None, now=now)
    report.gone += [slug for slug, question in known.items() if slug not in wanted and not question.edited_here]


def add_version(
    session: Session, question: Question, document: QuestionDocument, author_id: int | None, now: datetime
) -> QuestionVersion:
    """A new version of the question, made current; the earlier ones stay for the attempts pinned to them."""
    numbers = session.scalars(select(QuestionVersion.number).where(QuestionVersion.question_id == question.id)).all()
    version = QuestionVersion(
        question_id=question.id,
        number=max(numbers, default=0) + 1,
        kind=document.kind,
        frame=document.frame,
        level=document.level,
        objective=document.objective,
        claims=list(document.claims),
        content=document.content.model_dump(mode="json"),
        digest=document.digest(),
        author_id=author_id,
        created=now,
    )
    session.add(version)
    session.flush()
    _link_passages(session, question, version, document)
    question.current_version_id = version.id
    session.flush()
    session.expire(question, ["current"])
    return version


def _link_passages(session: Session, question: Question, version: QuestionVersion, document: QuestionDocument) -> None:
    slugs = {quote.passage for quote in document.content.evidence}
    passages = session.scalars(
        select(Passage.id)
        .join(Bank, Bank.source_id == Passage.source_id)
        .where(Bank.id == question.bank_id, Passage.slug.in_(slugs))
    )
    session.add_all(DecidingPassage(question_version_id=version.id, passage_id=passage) for passage in passages.all())


def _quiz(session: Session, bank: Bank, document: QuizDocument, position: int, report: LoadReport) -> None:
    digest = document.digest()
    quiz = session.scalar(select(Quiz).where(Quiz.slug == document.id))
    name = f"quiz {document.id}"
    if quiz is None:
        quiz = Quiz(bank_id=bank.id, slug=document.id, everyone=Right.EDIT)
        session.add(quiz)
        report.added.append(name)
    elif quiz.edited_here or quiz.bank_id != bank.id:
        report.kept.append(name)
        return
    elif quiz.digest == digest:
        quiz.position = position
        report.unchanged.append(name)
        return
    else:
        report.changed.append(name)
    quiz.title, quiz.description, quiz.mode = document.title, document.description, document.mode
    quiz.settings = document.settings.plain()
    quiz.position, quiz.digest = position, digest
    questions = dict(session.execute(select(Question.slug, Question.id).where(Question.bank_id == bank.id)).all())
    quiz.slots = [
        QuizSlot(
            position=place,
            question_id=questions[slot.question] if slot.question else None,
            count=slot.count,
            section=slot.section,
            level=slot.level,
            kind=slot.kind,
            objective=slot.objective,
            max_mark=slot.marks,
        )
        for place, slot in enumerate(document.slots)
    ]
    session.flush()
