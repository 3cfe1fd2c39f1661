"""Questions that have lost their words: quotes that no longer stand in the passages they point at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.kinds import kind_named
from quizapp.models import Bank, Question, QuestionVersion, Section
from quizapp.services.authoring import passage_texts, stands


@dataclass(frozen=True)
class Orphan:
    """A question's quote that its passage no longer has. `decides` tells those that decide it from an option's own."""

    question_id: int
    stem: str
    status: Status
    passage: str
    """The passage's slug; it may have been taken out of the text."""
    quote: str
    decides: bool = True


def orphans(session: Session, bank: Bank) -> list[Orphan]:
    """What does not resolve in the text as it stands, of the current versions of all the bank's questions, in order."""
    return list(_unresolved(_questions(session, bank), passage_texts(session, bank)))


def orphans_after(session: Session, bank: Bank, passage: str, text: str | None) -> list[Orphan]:
    """What would no longer resolve if this passage had this `text` (None: were taken out), and does so now."""
    now = passage_texts(session, bank)
    then = {slug: words for slug, words in now.items() if slug != passage}
    if text is not None:
        then[passage] = text
    questions = _questions(session, bank)
    lost_already = set(_unresolved(questions, now))
    return [orphan for orphan in _unresolved(questions, then) if orphan not in lost_already]


@dataclass(frozen=True)
class _Resting:
    """A question with all its quotes: the passage's slug, the words, and whether they decide it."""

    question_id: int
    stem: str
    status: Status
    quotes: tuple[tuple[str, str, bool], ...]


def _questions(session: Session, bank: Bank) -> list[_Resting]:
    rows = session.execute(
        select(Question.id, Question.status, QuestionVersion.kind, QuestionVersion.content)
        .join(QuestionVersion, QuestionVersion.id == Question.current_version_id)
        .join(Section, Section.id == Question.section_id)
        .where(Question.bank_id == bank.id)
        .order_by(Section.position, Question.position, Question.id)
    )
    found = []
    for number, status, kind, plain in rows:
        content = kind_named(kind).load_content(plain)
        quotes = tuple(
            (quote.passage, quote.quote, place < len(content.evidence))
            for place, quote in enumerate(content.all_evidence())
        )
        found.append(_Resting(number, content.stem, status, quotes))
    return found


def _unresolved(questions: list[_Resting], texts: Mapping[str, str]) -> Iterator[Orphan]:
    for question in questions:
        for passage, quote, decides in question.quotes:
            if not stands(texts, passage, quote):
                yield Orphan(question.question_id, question.stem, question.status, passage, quote, decides)
