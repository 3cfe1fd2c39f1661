"""One change to many questions at once: first as a plan that can be looked at, then in one transaction."""

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from quizapp.domain.quizzes import Status
from quizapp.domain.tags import BadTags, has_tag, read_tags, with_tags, without_tags
from quizapp.models import Bank, Objective, Question, Quiz, QuizSlot, Section
from quizapp.services import authoring
from quizapp.services.banks import add_version
from quizapp.services.banks.exporting import question_document
from quizapp.services.questions.listing import quotes_in


class Deed(StrEnum):
    """What is done to each of the questions."""

    TAG = "tag"
    UNTAG = "untag"
    MOVE = "move"
    STATUS = "status"
    OBJECTIVE = "objective"


@dataclass(frozen=True)
class Order:
    """A deed and what it needs: tags with commas between them, the id of a section, a status, an objective's number."""

    deed: Deed
    value: str


class CannotBeDone(Exception):
    """The order makes no sense in this bank; `why` is "tags", "long tag", "section", "status" or "objective"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Refusal(StrEnum):
    """Why a question stays as it is."""

    SO_ALREADY = "so already"
    TOO_MANY_TAGS = "too many tags"
    ORPHANED = "orphaned"
    """Its evidence does not stand in the passages, so that it cannot be published."""


class ChangedSincePlan(Exception):
    """Some of the questions are not what they were when the plan was shown; `questions` are their ids."""

    def __init__(self, questions: Collection[int]) -> None:
        super().__init__()
        self.questions = frozenset(questions)


@dataclass(frozen=True)
class Planned:
    """What becomes of one question. `before` and `after` are what the deed speaks of: tags, a section, a status, …

    `quizzes` are those that ask for this very question and would be without it; `stamp` is what the question is now.
    """

    id: int
    stem: str
    before: str
    after: str
    refusal: Refusal | None
    quizzes: tuple[str, ...]
    stamp: str

    @property
    def changes(self) -> bool:
        """Whether it changes at all."""
        return self.refusal is None


def plan(session: Session, bank: Bank, ids: Collection[int], order: Order) -> list[Planned]:
    """What the order does to each of these questions of the bank, in its order; ids of others are passed over.

    Raises CannotBeDone.
    """
    wanted = _wanted(session, bank, order)
    texts = authoring.passage_texts(session, bank)
    asked_for = _quizzes_asking(session, bank) if order.deed is Deed.STATUS else {}
    return [_planned(question, order.deed, wanted, texts, asked_for) for question in _questions(session, bank, ids)]


def apply(session: Session, bank: Bank, stamps: Mapping[int, str], order: Order, author_id: int, now: datetime) -> int:
    """Carry the plan out for all these questions, or for none; how many changed.

    `stamps` are those of the plan that was shown. Raises CannotBeDone, ChangedSincePlan.
    """
    _take_turn(session, bank, stamps)
    planned = plan(session, bank, stamps, order)
    found = {row.id: row for row in planned}
    changed = {number for number, stamp in stamps.items() if number not in found or found[number].stamp != stamp}
    if changed:
        raise ChangedSincePlan(changed)
    wanted = _wanted(session, bank, order)
    rows = [question for question in _questions(session, bank, stamps) if found[question.id].changes]
    for question in rows:
        _carry_out(session, question, order.deed, wanted, author_id, now)
    session.flush()
    return len(rows)


def _wanted(session: Session, bank: Bank, order: Order) -> Any:
    """The order's value as what it stands for: tags, a section, a status, a number. Raises CannotBeDone."""
    match order.deed:
        case Deed.TAG | Deed.UNTAG:
            try:
                tags = read_tags(order.value)
            except BadTags as error:
                raise CannotBeDone("long tag") from error
            if not tags:
                raise CannotBeDone("tags")
            return tags
        case Deed.MOVE:
            section = session.scalar(
                select(Section).where(Section.source_id == bank.source_id, Section.slug == order.value)
            )
            if section is None:
                raise CannotBeDone("section")
            return section
        case Deed.STATUS:
            if order.value not in list(Status):
                raise CannotBeDone("status")
            return Status(order.value)
        case Deed.OBJECTIVE:
            numbers = session.scalars(select(Objective.number).where(Objective.bank_id == bank.id))
            number = next((number for number in numbers if str(number) == order.value), None)
            if number is None:
                raise CannotBeDone("objective")
            return number


_AT_ONCE = 500


def _take_turn(session: Session, bank: Bank, ids: Collection[int]) -> None:
    """Wait for whoever is changing one of these questions just now; SQLite's writers queue anyway."""
    for some in _in_parts(ids):
        of_bank = select(Question.id).where(Question.bank_id == bank.id, Question.id.in_(some))
        session.execute(of_bank.order_by(Question.id).with_for_update()).all()


def _in_parts(ids: Collection[int]) -> Iterator[list[int]]:
    wanted = sorted(ids)
    return (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))


def _questions(session: Session, bank: Bank, ids: Collection[int]) -> list[Question]:
    found: list[Question] = []
    for some in _in_parts(ids):
        query = (
            select(Question)
            .where(Question.bank_id == bank.id, Question.id.in_(some))
            .options(selectinload(Question.current), joinedload(Question.section))
        )
        found += session.scalars(query)
    return sorted(found, key=lambda question: (question.section.position, question.position, question.id))


def _planned(
    question: Question, deed: Deed, wanted: Any, texts: Mapping[str, str], asked_for: Mapping[int, Sequence[str]]
) -> Planned:
    before, after, refusal = _told(question, deed, wanted)
    if wanted == Status.PUBLISHED and refusal is None and _is_orphan(question, texts):
        refusal = Refusal.ORPHANED
    leaves = refusal is None and question.status == Status.PUBLISHED
    return Planned(
        id=question.id,
        stem=question.current.content["stem"],
        before=before,
        after=before if refusal else after,
        refusal=refusal,
        quizzes=tuple(asked_for.get(question.id, ())) if leaves else (),
        stamp=stamp_of(question),
    )


def _told(question: Question, deed: Deed, wanted: Any) -> tuple[str, str, Refusal | None]:
    """What the deed speaks of before and after, and why nothing is done."""
    match deed:
        case Deed.TAG | Deed.UNTAG:
            return _tags_told(question, deed, wanted)
        case Deed.MOVE:
            return _or_so_already(question.section.title, wanted.title, question.section_id == wanted.id)
        case Deed.STATUS:
            return _or_so_already(str(question.status), str(wanted), question.status == wanted)
        case Deed.OBJECTIVE:
            now = question.current.objective
            return _or_so_already(str(now), str(wanted), now == wanted)


def _or_so_already(before: str, after: str, same: bool) -> tuple[str, str, Refusal | None]:
    return before, after, Refusal.SO_ALREADY if same else None


def _tags_told(question: Question, deed: Deed, tags: Sequence[str]) -> tuple[str, str, Refusal | None]:
    before = ", ".join(question.tags)
    if all(has_tag(question.tags, tag) is (deed is Deed.TAG) for tag in tags):
        return before, before, Refusal.SO_ALREADY
    try:
        return before, ", ".join(_tagged(question, deed, tags)), None
    except BadTags:
        return before, before, Refusal.TOO_MANY_TAGS


def _tagged(question: Question, deed: Deed, tags: Sequence[str]) -> tuple[str, ...]:
    return with_tags(question.tags, tags) if deed is Deed.TAG else without_tags(question.tags, tags)


def _is_orphan(question: Question, texts: Mapping[str, str]) -> bool:
    return not all(authoring.stands(texts, *quote) for quote in quotes_in(question.current.content))


def stamp_of(question: Question) -> str:
    """A short fingerprint of what a question is now: its version, and what stands beside it."""
    state = (question.current_version_id, question.section_id, str(question.status), list(question.tags))
    return f"{zlib.crc32(repr(state).encode()):08x}"


def _quizzes_asking(session: Session, bank: Bank) -> dict[int, list[str]]:
    """The titles of the quizzes that ask for a certain question, by the question's id."""
    found: dict[int, list[str]] = {}
    rows: Iterator[Any] = iter(
        session.execute(
            select(QuizSlot.question_id, Quiz.title)
            .join(Quiz, Quiz.id == QuizSlot.quiz_id)
            .join(Question, Question.id == QuizSlot.question_id)
            .where(Question.bank_id == bank.id)
            .order_by(Quiz.title)
        )
    )
    for number, title in rows:
        found.setdefault(number, []).append(title)
    return found


def _carry_out(session: Session, question: Question, deed: Deed, wanted: Any, author_id: int, now: datetime) -> None:
    """Tags are no edit that a bank's file must respect; the rest is."""
    match deed:
        case Deed.TAG | Deed.UNTAG:
            question.tags = list(_tagged(question, deed, wanted))
            return
        case Deed.MOVE:
            question.section_id = wanted.id
        case Deed.STATUS:
            question.status = wanted
        case Deed.OBJECTIVE:
            document = question_document(question).model_copy(update={"objective": wanted})
            add_version(session, question, document, author_id, now)
    question.edited_here = True
