"""The list of a bank's questions."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from quizapp.models import Bank, PassageVersion, Report, db
from quizapp.services import authoring
from quizapp.services.questions.listing import ORDERS, ListFilter, listed, marked_orphans, tags_of
from tests.bank import QUESTIONS
from tests.conftest import NOW, person, question_named

EVERYTHING = ListFilter()
IN_ORDER = ["founder", "goods", "walls", "keepers", "losses", "last-bell", "river", "first-year"]


@pytest.fixture
def bank(session: Session) -> Bank:
    """The small bank."""
    return session.scalars(db.select(Bank)).one()


def slugs(session: Session, bank: Bank, wanted: ListFilter = EVERYTHING, **options: object) -> list[str]:
    """The ids of what the list shows."""
    return [row.slug for row in listed(session, bank, wanted, **options)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ListFilter(), IN_ORDER),
        (ListFilter(section="fall"), IN_ORDER[3:]),
        (ListFilter(kind="numeric"), ["first-year"]),
        (ListFilter(frame="both"), ["first-year"]),
        (ListFilter(level="understanding"), ["goods", "walls", "last-bell"]),
        (ListFilter(objective="1", section="fall"), ["losses", "first-year"]),
        (ListFilter(status="draft"), []),
        (ListFilter(words="WRITER ouzel"), ["river"]),
        (ListFilter(words="swept"), ["keepers"]),
        (ListFilter(words="first-year"), ["first-year"]),
        (ListFilter(words="harbour book"), ["first-year"]),
        (ListFilter(reports="open"), []),
        (ListFilter(evidence="orphaned"), []),
        (ListFilter(tag="exam"), []),
        (ListFilter(figures="none"), IN_ORDER),
        (ListFilter(figures="flagged"), []),
        (ListFilter(section="nowhere"), []),
    ],
    ids=str,
)
def test_the_list_is_narrowed(session: Session, bank: Bank, wanted: ListFilter, found: list[str]) -> None:
    assert slugs(session, bank, wanted) == found


@pytest.mark.parametrize("order", ORDERS)
def test_the_list_is_sorted_by_any_column_and_back(session: Session, bank: Bank, order: str) -> None:
    assert sorted(slugs(session, bank, order=order)) == sorted(QUESTIONS)
    assert sorted(slugs(session, bank, order=order, downwards=True)) == sorted(QUESTIONS)


def test_stems_are_sorted_as_a_reader_would(session: Session, bank: Bank) -> None:
    stems = [row.stem.casefold() for row in listed(session, bank, ListFilter(), "stem")]
    assert stems == sorted(stems)


def test_tags_are_found_by_word_and_by_name(session: Session, bank: Bank) -> None:
    question_named(session, "walls").tags = ["Exam 2026"]
    session.flush()
    assert slugs(session, bank, ListFilter(tag="exam 2026")) == ["walls"]
    assert slugs(session, bank, ListFilter(words="2026")) == ["walls"]
    assert tags_of(session, bank) == ["Exam 2026"]


def test_a_question_with_open_reports_is_found_until_they_are_dealt_with(session: Session, bank: Bank) -> None:
    question = question_named(session, "walls")
    report = Report(question_version_id=question.current_version_id, position=1, reason="key", created=NOW)
    session.add(report)
    session.flush()
    (row,) = listed(session, bank, ListFilter(reports="open"))
    assert (row.slug, row.reports) == ("walls", 1)
    report.handled = NOW
    session.flush()
    assert slugs(session, bank, ListFilter(reports="open")) == []


def test_a_question_whose_words_are_gone_is_an_orphan(session: Session, bank: Bank) -> None:
    version = session.scalars(db.select(PassageVersion).where(PassageVersion.text.contains("Its walls were"))).one()
    version.text = version.text.replace("Its walls were", "The walls were")
    session.flush()
    (row,) = listed(session, bank, ListFilter(evidence="orphaned"))
    assert (row.slug, row.orphaned) == ("walls", True)
    marked = marked_orphans(session, bank, listed(session, bank, ListFilter()))
    assert [row.slug for row in marked if row.orphaned] == ["walls"]


@dataclass(frozen=True)
class Figures:
    """What item analysis says of a question."""

    facility: float | None
    discrimination: float | None = None
    flags: tuple[str, ...] = ()


def test_statistics_narrow_and_sort_the_list_and_what_has_none_stands_last(session: Session, bank: Bank) -> None:
    figures = {
        question_named(session, "walls").id: Figures(0.25, 0.3, ("key",)),
        question_named(session, "river").id: Figures(0.95, 0.1),
        question_named(session, "goods").id: Figures(None),
    }
    for wanted, found in (("hard", ["walls"]), ("easy", ["river"]), ("flagged", ["walls"])):
        assert slugs(session, bank, ListFilter(figures=wanted), figures=figures) == found
    assert slugs(session, bank, order="facility", figures=figures)[:2] == ["walls", "river"]
    assert slugs(session, bank, order="facility", downwards=True, figures=figures)[:2] == ["river", "walls"]
    assert len(slugs(session, bank, ListFilter(figures="none"), figures=figures)) == 6


def test_the_list_asks_the_database_no_more_for_more_questions(session: Session, bank: Bank) -> None:
    tahir = person(session, "tahir")
    asked: list[str] = []
    db.event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    listed(session, bank, ListFilter(words="the", evidence="orphaned"))
    few = len(asked)
    content = authoring.content_from("numeric", {**question_named(session, "first-year").current.content})
    draft = authoring.Draft("rise", "numeric", "draft", "both", "recall", 1, content)
    for _ in range(5):
        authoring.create_question(session, bank, draft, tahir.id, NOW)
    asked.clear()
    listed(session, bank, ListFilter(words="the", evidence="orphaned"))
    assert len(asked) == few
