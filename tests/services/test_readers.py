"""Who may read a text as a whole."""

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.models import Bank, Enrolment, db
from quizapp.services import sharing
from quizapp.services.attempts import starting
from quizapp.services.authoring import bank_named
from quizapp.services.progress import shelves
from quizapp.services.readers import may_read
from quizapp.services.reading import reading
from tests.classes import assigned, classroom_of, joins_cast
from tests.conftest import NOW, person, quiz_named
from tests.texts import own_bank


@pytest.fixture
def harbour(session: Session) -> Bank:
    """The small bank, not listed, and not every teacher's."""
    bank = bank_named(session, "harbour")
    assert bank is not None
    bank.listed, bank.everyone = False, None
    session.commit()
    return bank


def reads(session: Session, bank: Bank, username: str) -> bool:
    """Whether somebody of the cast may read it."""
    user = person(session, username)
    return may_read(session, bank, user.id, user.role == "teacher")


def test_a_listed_text_is_for_everybody(session: Session) -> None:
    bank = bank_named(session, "harbour")
    assert bank is not None
    assert may_read(session, bank, None, is_teacher=False)


def test_a_text_not_listed_is_for_nobody_who_has_no_business_with_it(session: Session, harbour: Bank) -> None:
    joins_cast(session, "tamar")
    assert not may_read(session, harbour, None, is_teacher=False)
    assert not any(reads(session, harbour, name) for name in ("ayesha", "tamar"))


def test_a_teacher_with_a_right_on_it_may_read_it(session: Session, harbour: Bank) -> None:
    sharing.give_right(session, harbour, joins_cast(session, "tamar").id, Right.VIEW)
    assert reads(session, harbour, "tamar")


def test_who_has_an_attempt_at_a_quiz_of_it_may_read_it(session: Session, harbour: Bank) -> None:
    starting.start(session, person(session, "ayesha"), quiz_named(session, "rise-practice"), 1, NOW)
    assert reads(session, harbour, "ayesha")
    assert not reads(session, harbour, "ben")


def test_who_is_to_take_a_quiz_of_it_may_read_it_while_in_the_class(session: Session, harbour: Bank) -> None:
    assigned(session, classroom_of(session, ["ayesha"]))
    assert reads(session, harbour, "ayesha")
    session.execute(db.update(Enrolment).values(removed=NOW))
    assert not reads(session, harbour, "ayesha")


def test_an_assignment_not_published_yet_opens_nothing(session: Session, harbour: Bank) -> None:
    assigned(session, classroom_of(session, ["ayesha"]), published=False)
    assert not reads(session, harbour, "ayesha")


def test_a_teacher_s_own_text_is_on_the_home_page_only_when_it_is_listed(session: Session) -> None:
    bank = own_bank(session)
    assert [shelf.reading.slug for shelf in shelves(session, None, NOW)] == ["harbour"]
    assert reading(session, bank.slug) is None
    bank.listed = True
    assert [shelf.reading.slug for shelf in shelves(session, None, NOW)] == ["harbour", "the-lost-mill"]
    found = reading(session, bank.slug)
    assert found is not None
    assert not found.retold
