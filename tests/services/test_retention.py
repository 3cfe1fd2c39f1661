"""What has been kept long enough goes, and nothing else."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import Attempt, AuditEvent, OneTimeLink, User, db
from quizapp.services import accounts, audit, retention
from quizapp.services.attempts import starting
from quizapp.services.item_analysis import tallying
from quizapp.services.retention import Erased, Terms
from tests.conftest import NOW, person, quiz_named
from tests.corrections import submitted

TERMS = Terms(guest_days=90, student_days=365, audit_days=730)
LATER = NOW + timedelta(days=91)
"""When the guests who came at NOW have been away long enough, and the students have not."""
MUCH_LATER = NOW + timedelta(days=366)


def erase(session: Session, now: datetime, terms: Terms = TERMS) -> Erased:
    """Erase all that is due, as the command does."""
    total = Erased()
    while step := retention.erase_some(session, terms, now):
        session.commit()
        total += step
    session.commit()
    return total


def guest(session: Session, created: datetime = NOW) -> User:
    """A guest who has begun to practise."""
    made = accounts.new_guest(session, created)
    starting.start(session, made, quiz_named(session, "rise-practice"), 7, created)
    session.commit()
    return made


def test_a_guest_goes_with_the_attempts_after_the_days_that_are_set_and_not_before(session: Session) -> None:
    guest(session)
    assert erase(session, NOW + timedelta(days=89)) == Erased()
    assert retention.due(session, TERMS, LATER) == Erased(guests=1)
    assert erase(session, LATER) == Erased(guests=1)
    assert session.scalars(db.select(Attempt)).all() == []


def test_an_answer_keeps_a_guest(session: Session) -> None:
    made = guest(session)
    attempt = session.scalars(db.select(Attempt).where(Attempt.user_id == made.id)).one()
    attempt.slots[0].saved = LATER - timedelta(days=1)
    session.commit()
    assert retention.due(session, TERMS, LATER) == Erased()


def test_a_sign_in_keeps_a_student_and_nothing_erases_a_teacher(session: Session) -> None:
    person(session, "ayesha").signed_in = MUCH_LATER - timedelta(days=1)
    session.commit()
    assert erase(session, MUCH_LATER) == Erased(students=1)
    assert set(session.scalars(db.select(User.username))) == {"ayesha", "tahir"}


def test_zero_days_are_for_ever(session: Session) -> None:
    guest(session)
    assert erase(session, NOW + timedelta(days=9999), Terms(0, 0, 730)) == Erased()


def test_the_sums_are_right_afterwards(session: Session) -> None:
    quiz = quiz_named(session, "whole-test").id
    submitted(session, {"river": "Ouzel"}, "ben")
    submitted(session, {"river": "Trent"}, "ayesha")
    tallying.tally(session, quiz)
    person(session, "ayesha").signed_in = MUCH_LATER
    session.commit()
    assert erase(session, MUCH_LATER) == Erased(students=1)
    tallying.tally(session, quiz)
    assert tallying.kept(session, quiz) == tallying.rebuilt(session, quiz) != []
    assert "Ouzel" not in repr(tallying.kept(session, quiz))


def test_many_go_a_few_at_a_time(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "PEOPLE_AT_ONCE", 2)
    for _ in range(5):
        guest(session)
    assert retention.erase_some(session, TERMS, LATER) == Erased(guests=2)
    assert erase(session, LATER) == Erased(guests=3)


def test_links_go_a_month_after_they_ended(session: Session) -> None:
    accounts.make_password_link(session, person(session, "ayesha"), NOW)
    accounts.make_password_link(session, person(session, "ben"), NOW + timedelta(days=60))
    session.commit()
    assert erase(session, NOW + timedelta(days=7 + 31)) == Erased(links=1)
    assert session.scalars(db.select(OneTimeLink.user_id)).all() == [person(session, "ben").id]


def test_old_entries_of_the_audit_log_go_and_younger_ones_stay(session: Session) -> None:
    long_ago = NOW - timedelta(days=800)
    for at in (long_ago, NOW):
        audit.note(session, audit.Deed("sign_in", at))
    session.commit()
    assert erase(session, NOW) == Erased(entries=1)
    assert session.scalars(db.select(AuditEvent.at)).all() == [NOW]


def test_who_teaches_now_was_a_guest_once_and_stays(session: Session) -> None:
    made = guest(session)
    accounts.sign_up(session, made, "zara", "Zara (test)", "hash", NOW)
    made.role = Role.TEACHER
    session.commit()
    assert erase(session, NOW + timedelta(days=360)) == Erased()


def test_a_clock_set_forward_is_seen_though_people_sign_in_by_it(session: Session) -> None:
    guest(session)
    assert retention.silent_since(session, NOW + timedelta(days=30)) is None
    person(session, "ayesha").signed_in = LATER
    session.commit()
    assert retention.silent_since(session, LATER + timedelta(days=1)) == NOW
    assert retention.due(session, TERMS, LATER + timedelta(days=1)).guests == 1


def test_a_site_that_something_happens_on_now_and_then_is_not_doubted(session: Session) -> None:
    for day in range(0, 100, 20):
        audit.note(session, audit.Deed("backup.made", NOW + timedelta(days=day), None))
    session.commit()
    assert retention.silent_since(session, NOW + timedelta(days=100)) is None


def test_a_site_without_a_past_is_not_doubted(session: Session) -> None:
    assert retention.silent_since(session, NOW) is None
