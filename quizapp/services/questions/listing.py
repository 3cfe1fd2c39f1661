"""The list of a bank's questions: searched, narrowed, sorted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.domain.tags import has_tag
from quizapp.models import Bank, Question, QuestionVersion, Report, Section
from quizapp.services.authoring import passage_texts, stands

EASY, HARD = 0.9, 0.3
"""Facility from which a question counts as easy, and up to which as hard (reference/measurement.md, thresholds)."""


class Figures(Protocol):
    """What item analysis says of a question; the list needs no more. None: too few have answered."""

    @property
    def facility(self) -> float | None:
        """Mean share of the marks earned, 0–1."""

    @property
    def discrimination(self) -> float | None:
        """Corrected item–rest correlation, −1 to 1."""

    @property
    def flags(self) -> tuple[str, ...]:
        """The names of what is worth a look."""


@dataclass(frozen=True)
class ListFilter:
    """What the list is narrowed to; empty means any.

    `words` must all be found in the stem, the options, the reasons, the explanation, the id or the tags. `reports` and
    `evidence` take "open" and "orphaned"; `figures` "flagged", "hard", "easy" or "none".
    """

    words: str = ""
    section: str = ""
    objective: str = ""
    level: str = ""
    kind: str = ""
    frame: str = ""
    status: str = ""
    tag: str = ""
    reports: str = ""
    evidence: str = ""
    figures: str = ""


@dataclass(frozen=True)
class QuestionRow:
    """A question in the list, with its current version. `place` is where the bank has it; `reports` are open ones."""

    id: int
    slug: str
    status: Status
    tags: tuple[str, ...]
    section: str
    section_title: str
    place: tuple[int, int, int]
    kind: str
    frame: str
    level: str
    objective: int
    number: int
    version_id: int
    changed: datetime
    stem: str
    reports: int = 0
    figures: Figures | None = None
    orphaned: bool = False

    @property
    def facility(self) -> float | None:
        """How many of the marks were earned, 0–1; None where too few have answered."""
        return self.figures.facility if self.figures else None

    @property
    def discrimination(self) -> float | None:
        """How well it tells the strong from the weak; None where too few have answered."""
        return self.figures.discrimination if self.figures else None

    @property
    def flags(self) -> tuple[str, ...]:
        """What item analysis finds worth a look."""
        return self.figures.flags if self.figures else ()


_KEYS: dict[str, Callable[[QuestionRow], Any]] = {
    "place": lambda row: row.place,
    "stem": lambda row: row.stem.casefold(),
    "section": lambda row: row.place,
    "kind": lambda row: row.kind,
    "level": lambda row: row.level,
    "objective": lambda row: row.objective,
    "status": lambda row: list(Status).index(row.status),
    "version": lambda row: row.number,
    "changed": lambda row: row.changed,
    "reports": lambda row: row.reports,
    "facility": lambda row: row.facility,
    "discrimination": lambda row: row.discrimination,
}
ORDERS = tuple(_KEYS)
"""By what the list can be sorted; `place` is the order of the bank."""


def listed(
    session: Session,
    bank: Bank,
    wanted: ListFilter,
    order: str = "place",
    downwards: bool = False,
    figures: Mapping[int, Figures] | None = None,
) -> list[QuestionRow]:
    """The bank's questions that fit, in this order; rows without a figure stand last in the order of that figure."""
    rows = [replace(row, figures=(figures or {}).get(row.id)) for row in _rows(session, bank, wanted)]
    rows = [row for row in rows if _fits(row, wanted)]
    if wanted.words:
        rows = _with_words(session, rows, wanted.words)
    if wanted.evidence == "orphaned":
        orphans = orphaned(session, bank, rows)
        rows = [replace(row, orphaned=True) for row in rows if row.id in orphans]
    return in_order(rows, order, downwards)


def in_order(rows: Iterable[QuestionRow], order: str, downwards: bool) -> list[QuestionRow]:
    """The rows sorted; those that have nothing to be sorted by stand last either way."""
    key = _KEYS.get(order, _KEYS["place"])
    keyed = [(key(row), row) for row in sorted(rows, key=lambda row: row.place)]
    told = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=downwards)
    return [row for _, row in told] + [row for value, row in keyed if value is None]


def marked_orphans(session: Session, bank: Bank, rows: Sequence[QuestionRow]) -> list[QuestionRow]:
    """The same rows, saying of each whether its evidence still stands in the passages."""
    orphans = orphaned(session, bank, rows)
    return [replace(row, orphaned=row.id in orphans) for row in rows]


def orphaned(session: Session, bank: Bank, rows: Iterable[QuestionRow]) -> set[int]:
    """The ids of those questions of which a quote no longer stands in its passage."""
    texts = passage_texts(session, bank)
    known: dict[tuple[str, str], bool] = {}

    def is_there(quote: tuple[str, str]) -> bool:
        if quote not in known:
            known[quote] = stands(texts, *quote)
        return known[quote]

    contents = _contents(session, rows)
    return {number for number, content in contents if not all(map(is_there, quotes_in(content)))}


def quotes_in(content: Any) -> Iterator[tuple[str, str]]:
    """The passage and the words of every quote in a question's content, as plain data."""
    if isinstance(content, dict):
        if content.keys() == {"passage", "quote"}:
            yield content["passage"], content["quote"]
        else:
            for value in content.values():
                yield from quotes_in(value)
    elif isinstance(content, list):
        for entry in content:
            yield from quotes_in(entry)


def tags_of(session: Session, bank: Bank) -> list[str]:
    """Every tag in use in the bank, in the order of the alphabet."""
    found: dict[str, str] = {}
    for tags in session.scalars(select(Question.tags).where(Question.bank_id == bank.id)):
        for tag in tags:
            found.setdefault(tag.casefold(), tag)
    return [found[tag] for tag in sorted(found)]


def _select(bank: Bank) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Question.id,
            Question.slug,
            Question.status,
            Question.tags,
            Section.slug,
            Section.title,
            Section.position,
            Question.position,
            QuestionVersion.kind,
            QuestionVersion.frame,
            QuestionVersion.level,
            QuestionVersion.objective,
            QuestionVersion.number,
            QuestionVersion.id,
            QuestionVersion.created,
            QuestionVersion.content["stem"].as_string(),
        )
        .join(QuestionVersion, QuestionVersion.id == Question.current_version_id)
        .join(Section, Section.id == Question.section_id)
        .where(Question.bank_id == bank.id)
    )


def _rows(session: Session, bank: Bank, wanted: ListFilter) -> Iterator[QuestionRow]:
    query = _select(bank)
    for column, value in (
        (Section.slug, wanted.section),
        (QuestionVersion.kind, wanted.kind),
        (QuestionVersion.frame, wanted.frame),
        (QuestionVersion.level, wanted.level),
    ):
        if value:
            query = query.where(column == value)
    reports = open_reports(session, bank)
    for found in session.execute(query):
        number, slug, status, tags, section, title, section_at, at, *version = found
        place = (section_at, at, number)
        beside = (number, slug, status, tuple(tags), section, title, place)
        yield replace(QuestionRow(*beside, *version), reports=reports.get(number, 0))


def open_reports(session: Session, bank: Bank) -> dict[int, int]:
    """How many reports on each question nobody has dealt with, by the question's id."""
    rows = session.execute(
        select(QuestionVersion.question_id, func.count())
        .join(Report, Report.question_version_id == QuestionVersion.id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.bank_id == bank.id, Report.handled.is_(None))
        .group_by(QuestionVersion.question_id)
    )
    return dict(rows.all())


def _fits(row: QuestionRow, wanted: ListFilter) -> bool:
    return (
        (not wanted.status or row.status == wanted.status)
        and (not wanted.objective or str(row.objective) == wanted.objective)
        and (not wanted.tag or has_tag(row.tags, wanted.tag))
        and (wanted.reports != "open" or row.reports > 0)
        and _fits_figures(row, wanted.figures)
    )


def _fits_figures(row: QuestionRow, wanted: str) -> bool:
    match wanted:
        case "flagged":
            return bool(row.flags)
        case "hard":
            return row.facility is not None and row.facility <= HARD
        case "easy":
            return row.facility is not None and row.facility >= EASY
        case "none":
            return row.facility is None
    return True


def _with_words(session: Session, rows: Sequence[QuestionRow], typed: str) -> list[QuestionRow]:
    words = typed.casefold().split()
    contents = dict(_contents(session, rows))
    found = []
    for row in rows:
        text = " ".join([row.slug, *row.tags, *_said(contents[row.id])]).casefold()
        if all(word in text for word in words):
            found.append(row)
    return found


def _said(content: Any) -> Iterator[str]:
    """Every text of a content but for its quotes, which are the passage's words."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for name, value in content.items():
            if name != "evidence":
                yield from _said(value)
    elif isinstance(content, list):
        for entry in content:
            yield from _said(entry)


_AT_ONCE = 500
"""Ids in one statement; SQLite takes 32,766, older ones 999."""


def _contents(session: Session, rows: Iterable[QuestionRow]) -> Iterator[tuple[int, Any]]:
    """The contents of these questions' versions, by the question's id."""
    versions = [row.version_id for row in rows]
    for start in range(0, len(versions), _AT_ONCE):
        some = versions[start : start + _AT_ONCE]
        query = select(QuestionVersion.question_id, QuestionVersion.content).where(QuestionVersion.id.in_(some))
        yield from ((number, content) for number, content in session.execute(query))
