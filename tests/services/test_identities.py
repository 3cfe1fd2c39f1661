"""People whom a provider knows, and who they are here."""

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import Identity, db
from quizapp.services import accounts, identities, leaving
from quizapp.services.identities import Known, known_from
from tests.conftest import NOW, person

ISSUER = "https://school.example"


def known(subject: str = "17", username: str = "zara", name: str = "Zara (test)") -> Known:
    """Somebody whom the provider knows."""
    return Known(ISSUER, subject, username, name)


@pytest.mark.parametrize(
    ("claims", "username", "name"),
    [
        ({"preferred_username": "zara", "email": "z@x.org", "name": "Zara M"}, "zara", "Zara M"),
        ({"preferred_username": "zara@school.org"}, "zara", "zara"),
        ({"email": "zara.m@school.org", "name": "  Zara\n\x00M "}, "zara.m", "Zara M"),
        ({"email": 7, "name": ["Zara"]}, "17", "17"),
        ({"name": "Z" * 200}, "17", "Z" * 80),
    ],
)
def test_the_names_come_from_what_the_provider_tells(claims: dict[str, object], username: str, name: str) -> None:
    assert known_from(ISSUER, {"sub": "17", **claims}) == known("17", username, name)


@pytest.mark.parametrize("subject", [None, "", 17, "x" * 256])
def test_somebody_without_a_name_for_good_is_nobody(subject: object) -> None:
    with pytest.raises(ValueError, match="names nobody"):
        known_from(ISSUER, {"sub": subject})


def test_somebody_is_found_by_what_the_provider_calls_them_for_good_alone(session: Session) -> None:
    ayesha = person(session, "ayesha")
    identities.connect(session, ayesha, known(), NOW)
    assert identities.whose(session, known(username="another")) is ayesha
    assert identities.whose(session, known("18", "ayesha")) is None
    assert identities.whose(session, Known("https://other.example", "17", "ayesha", "A")) is None


def test_an_identity_and_an_account_are_connected_with_one_another_only(session: Session) -> None:
    ayesha, ben = person(session, "ayesha"), person(session, "ben")
    identities.connect(session, ayesha, known(), NOW)
    identities.connect(session, ayesha, known(), NOW)
    for user, identity in ((ben, known()), (ayesha, known("18"))):
        with pytest.raises(identities.SomebodyElses):
            identities.connect(session, user, identity, NOW)
    assert not identities.is_connected(session, ben.id, ISSUER)


def test_disconnecting_ends_every_sign_in_and_needs_a_password(session: Session) -> None:
    ayesha = person(session, "ayesha")
    identities.connect(session, ayesha, known(), NOW)
    epoch = ayesha.sign_in_epoch
    identities.disconnect(session, ayesha, ISSUER)
    assert (identities.is_connected(session, ayesha.id, ISSUER), ayesha.sign_in_epoch) == (False, epoch + 1)
    ayesha.password_hash = None
    with pytest.raises(identities.NoPassword):
        identities.disconnect(session, ayesha, ISSUER)


def test_a_new_student_gets_a_free_username_and_no_password(session: Session) -> None:
    zara = identities.make_student(session, None, known(), NOW)
    assert (zara.username, zara.display_name, zara.role, zara.password_hash) == (
        "zara",
        "Zara (test)",
        Role.STUDENT,
        None,
    )
    second = identities.make_student(session, None, known("18", "Ayesha", "Another"), NOW)
    assert (second.username, second.role) == ("ayesha.2", Role.STUDENT)
    odd = identities.make_student(session, None, known("19", "!?", "Odd"), NOW)
    assert odd.username == "student.1"
    assert identities.whose(session, known("18")) is second


def test_a_guest_becomes_the_new_student(session: Session) -> None:
    guest = accounts.new_guest(session, NOW)
    assert identities.make_student(session, guest.id, known(), NOW).id == guest.id


@pytest.mark.parametrize("remains", leaving.Remains)
def test_who_leaves_takes_the_identity_along(session: Session, remains: leaving.Remains) -> None:
    ayesha = person(session, "ayesha")
    identities.connect(session, ayesha, known(), NOW)
    leaving.leave(session, ayesha, remains, NOW)
    assert session.scalars(db.select(Identity)).all() == []
