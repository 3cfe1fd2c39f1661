"""The linter beside the editor: what the rules say of a question as it is being written."""

from collections import OrderedDict
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from quizapp.formats.document import QuestionDocument
from quizapp.lint import BankSubject, Finding, lint_question
from quizapp.models import Bank, Passage, Question
from quizapp.services.banks import export_bank

_KEPT = 3
"""Banks kept in memory, those edited last: a bank of 5,000 questions takes about 130 MB with all that is worked out."""

_subjects: WeakKeyDictionary[Engine | Connection, OrderedDict[str, tuple[tuple[object, ...], BankSubject]]] = (
    WeakKeyDictionary()
)
_lock = Lock()


def findings_on(session: Session, bank: Bank, question: QuestionDocument) -> list[Finding]:
    """What the rules find in the question as written, the bank's others around it; heaviest first."""
    return lint_question(_subject(session, bank), question)


def _subject(session: Session, bank: Bank) -> BankSubject:
    """The bank made ready for the rules; kept until one of its questions or passages changes."""
    state = _state(session, bank)
    with _lock:
        kept = _subjects.setdefault(session.get_bind(), OrderedDict())
        found = kept.get(bank.slug)
        if found is not None:
            kept.move_to_end(bank.slug)
    if found is not None and found[0] == state:
        return found[1]
    document = export_bank(session, bank.slug)
    assert document is not None  # noqa: S101  the bank was read a moment ago
    subject = BankSubject(document)
    with _lock:
        kept[bank.slug] = (state, subject)
        kept.move_to_end(bank.slug)
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    return subject


def _state(session: Session, bank: Bank) -> tuple[object, ...]:
    """What changes whenever a question or a passage does: how many there are of each status, and their versions."""
    current = Question.current_version_id
    questions = session.execute(
        select(Question.status, func.count(), func.max(current), func.sum(current), func.sum(Question.section_id))
        .where(Question.bank_id == bank.id)
        .group_by(Question.status)
        .order_by(Question.status)
    ).all()
    passages = session.execute(
        select(func.count(), func.max(Passage.current_version_id), func.sum(Passage.current_version_id)).where(
            Passage.source_id == bank.source_id, Passage.removed.is_(None)
        )
    ).one()
    return (*(tuple(row) for row in questions), *passages, bank.files_digest)
