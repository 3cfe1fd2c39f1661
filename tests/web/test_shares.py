"""Banks and quizzes are shared with other teachers."""

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.models import Bank, db
from quizapp.services import sharing
from tests.conftest import Browser, person, quiz_named


@pytest.fixture
def addresses(app: Flask) -> tuple[str, str]:
    """The sharing pages of a bank and a quiz that Tahir owns, and nobody else may see."""
    with app.app_context():
        bank, quiz = db.session.scalars(db.select(Bank)).one(), quiz_named(db.session(), "whole-test")
        for thing in (bank, quiz):
            thing.everyone = None
            sharing.give_right(db.session(), thing, person(db.session(), "tahir").id, Right.OWN)
        db.session.commit()
        return f"/teach/banks/{bank.slug}/sharing", f"/teach/quizzes/{quiz.id}/sharing"


def test_an_owner_shares_and_the_other_teacher_sees_it(
    addresses: tuple[str, str], tahir: Browser, tamar: Browser
) -> None:
    for address in addresses:
        assert tamar.get(address).status_code == 404
        page = tahir.post(address, {"username": "Tamar", "right": "view"}, follow_redirects=True).text
        assert "Tamar (test) may now look at it" in page
        assert "Share it with a teacher" not in tamar.get(address).text
        assert tamar.post(address, {"username": "tamar", "right": "own"}).status_code == 403


def test_every_teacher_can_be_let_in(addresses: tuple[str, str], tahir: Browser, tamar: Browser) -> None:
    for address in addresses:
        assert tahir.post(f"{address}/everyone", {"everyone": "edit"}).status_code == 303
        assert tamar.get(address).status_code == 200
        assert tamar.post(f"{address}/everyone", {"everyone": "view"}).status_code == 403
        assert tahir.post(f"{address}/everyone", {"everyone": "own"}).status_code == 400
        tahir.post(f"{address}/everyone", {"everyone": "nobody"})
        assert tamar.get(address).status_code == 404


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"username": "ayesha", "right": "view"}, "No teacher has the username"),
        ({"username": "", "right": "view"}, "Type the username"),
        ({"username": "tahir", "right": "edit"}, "Somebody must own it"),
        ({"username": "tahir", "right": "all"}, "Choose what they may do"),
    ],
)
def test_what_cannot_be_shared_so_is_said(
    addresses: tuple[str, str], tahir: Browser, sent: dict[str, object], says: str
) -> None:
    for address in addresses:
        answer = tahir.post(address, sent)
        assert (answer.status_code, says in answer.text) == (422, True)


def test_a_student_finds_no_sharing(addresses: tuple[str, str], ayesha: Browser) -> None:
    for address in addresses:
        assert ayesha.get(address).status_code == 404
        assert ayesha.post(address, {"username": "ayesha", "right": "own"}).status_code == 404
        assert ayesha.post(f"{address}/everyone", {"everyone": "edit"}).status_code == 404
