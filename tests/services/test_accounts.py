"""People: guests, sign-up, sign-in and the set-up link."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import Attempt, OneTimeLink, Report, User, db
from quizapp.services import accounts, problem_reports
from quizapp.services.attempts.starting import start
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, person, quiz_named
from tests.spaced import answered


def test_a_guest_who_signs_up_stays_the_same_person_and_keeps_attempts(session: Session) -> None:
    guest = accounts.new_guest(session, NOW)
    attempt = start(session, guest, quiz_named(session, "rise-practice"), seed=1, now=NOW)
    account = accounts.sign_up(session, guest, "Zara", "Zara (test)", "hash", NOW)
    assert (account.id, account.role, account.username) == (attempt.user_id, Role.STUDENT, "zara")


def test_a_guest_who_signs_in_hands_attempts_over_numbered_after_those_there(session: Session) -> None:
    quiz, ayesha = quiz_named(session, "rise-practice"), person(session, "ayesha")
    guest = accounts.new_guest(session, NOW)
    start(session, ayesha, quiz, seed=1, now=NOW)
    start(session, guest, quiz, seed=2, now=NOW)
    accounts.hand_over_attempts(session, guest, ayesha)
    numbers = session.scalars(db.select(Attempt.number).where(Attempt.user_id == ayesha.id)).all()
    assert sorted(numbers) == [1, 2]
    assert session.scalar(db.select(User).where(User.role == Role.GUEST)) is None


def test_what_was_taken_for_an_assignment_is_numbered_apart_from_what_a_guest_brings_along(session: Session) -> None:
    quiz, ayesha = quiz_named(session, "rise-practice"), person(session, "ayesha")
    assignment = assigned(session, classroom_of(session), quiz.slug)
    start(session, ayesha, quiz, seed=1, now=NOW, assignment=assignment)
    guest = accounts.new_guest(session, NOW)
    attempt = start(session, guest, quiz, seed=2, now=NOW)
    accounts.hand_over_attempts(session, guest, ayesha)
    assert attempt.number == 1


def test_a_guest_who_signs_in_brings_reports_and_second_tries_along(session: Session) -> None:
    guest, ayesha = accounts.new_guest(session, NOW), person(session, "ayesha")
    attempt = start(session, guest, quiz_named(session, "rise-practice"), seed=1, now=NOW)
    problem_reports.report(session, guest.id, attempt.id, 1, "unclear", "Which town?", NOW)
    tries = [answered(session, "river", NOW, username="ayesha") for _ in range(2)]
    tries[0].user_id = guest.id
    session.flush()
    accounts.hand_over_attempts(session, guest, ayesha)
    assert session.scalars(db.select(Report.user_id)).all() == [ayesha.id]
    assert [(attempt.user_id, attempt.number) for attempt in tries] == [(ayesha.id, 1)] * 2


def test_a_username_is_taken_whatever_its_case(session: Session) -> None:
    with pytest.raises(accounts.UsernameTaken):
        accounts.add_account(session, "AYESHA", "Another", "hash", Role.STUDENT, NOW)


def test_a_new_password_ends_every_sign_in(session: Session) -> None:
    ayesha = person(session, "ayesha")
    before = ayesha.sign_in_epoch
    accounts.set_password(session, ayesha, "another hash", NOW)
    assert ayesha.sign_in_epoch == before + 1


@pytest.fixture
def no_teacher(session: Session) -> Session:
    """The session of an instance that has no teacher yet."""
    session.delete(person(session, "tahir"))
    session.flush()
    return session


def test_the_set_up_link_makes_one_teacher_and_then_no_more(no_teacher: Session) -> None:
    token = accounts.make_set_up_link(no_teacher, NOW)
    teacher = accounts.set_up_teacher(no_teacher, token, "first", "First (test)", "hash", NOW)
    assert teacher.role is Role.TEACHER
    with pytest.raises(accounts.LinkNotValid):
        accounts.set_up_teacher(no_teacher, token, "second", "Second (test)", "hash", NOW)


def test_a_fresh_set_up_link_replaces_the_one_before(no_teacher: Session) -> None:
    old = accounts.make_set_up_link(no_teacher, NOW)
    new = accounts.make_set_up_link(no_teacher, NOW)
    accounts.check_set_up_link(no_teacher, new, NOW)
    with pytest.raises(accounts.LinkNotValid):
        accounts.check_set_up_link(no_teacher, old, NOW)


def test_a_set_up_link_is_worth_nothing_after_a_week_and_is_not_kept_in_clear(no_teacher: Session) -> None:
    token = accounts.make_set_up_link(no_teacher, NOW)
    kept = no_teacher.scalars(db.select(OneTimeLink)).one()
    assert token not in (kept.digest, kept.purpose)
    with pytest.raises(accounts.LinkNotValid):
        accounts.check_set_up_link(no_teacher, token, NOW + timedelta(days=7))


def link_for(session: Session, username: str = "ayesha") -> str:
    """The token of a fresh link for somebody of the cast."""
    return accounts.make_password_link(session, person(session, username), NOW)


def test_a_link_lets_its_person_choose_a_password_once_and_ends_every_sign_in(session: Session) -> None:
    token, before = link_for(session), person(session, "ayesha").sign_in_epoch
    ayesha = accounts.choose_password(session, token, "a new hash", NOW)
    assert (ayesha.username, ayesha.password_hash, ayesha.sign_in_epoch) == ("ayesha", "a new hash", before + 1)
    with pytest.raises(accounts.LinkNotValid):
        accounts.choose_password(session, token, "another hash", NOW)


def test_a_link_works_typed_by_hand_and_its_token_is_not_kept(session: Session) -> None:
    token = link_for(session)
    assert accounts.check_password_link(session, f" {token[:4]}-{token[4:].lower()} ", NOW).username == "ayesha"
    assert token not in session.scalars(db.select(OneTimeLink.digest)).all()


def test_a_fresh_link_ends_the_earlier_ones_of_this_person_only(session: Session) -> None:
    old, ben_s, new = link_for(session), link_for(session, "ben"), link_for(session)
    with pytest.raises(accounts.LinkNotValid):
        accounts.check_password_link(session, old, NOW)
    for token in (ben_s, new):
        accounts.check_password_link(session, token, NOW)


def test_a_link_ends_after_a_week_and_with_any_new_password(session: Session) -> None:
    token = link_for(session)
    with pytest.raises(accounts.LinkNotValid):
        accounts.check_password_link(session, token, NOW + timedelta(days=7))
    accounts.set_password(session, person(session, "ayesha"), "changed by herself", NOW)
    with pytest.raises(accounts.LinkNotValid):
        accounts.check_password_link(session, token, NOW)


def test_a_link_for_one_purpose_is_worth_nothing_for_the_other(no_teacher: Session) -> None:
    set_up, password = accounts.make_set_up_link(no_teacher, NOW), link_for(no_teacher)
    with pytest.raises(accounts.LinkNotValid):
        accounts.check_password_link(no_teacher, set_up, NOW)
    with pytest.raises(accounts.LinkNotValid):
        accounts.check_set_up_link(no_teacher, password, NOW)


def test_a_renewed_hash_ends_no_sign_in_and_never_replaces_a_password_changed_meanwhile(session: Session) -> None:
    ayesha = person(session, "ayesha")
    before, epoch = ayesha.password_hash or "", ayesha.sign_in_epoch
    accounts.renew_hash(session, ayesha, before, "renewed")
    accounts.renew_hash(session, ayesha, before, "too late")
    session.refresh(ayesha)
    assert (ayesha.password_hash, ayesha.sign_in_epoch) == ("renewed", epoch)


def test_every_sign_in_ends_at_once(session: Session) -> None:
    ayesha, ben = person(session, "ayesha"), person(session, "ben")
    epochs = ayesha.sign_in_epoch, ben.sign_in_epoch
    accounts.end_sign_ins(session, ayesha)
    assert (ayesha.sign_in_epoch, ben.sign_in_epoch) == (epochs[0] + 1, epochs[1])


def test_no_name_with_a_sign_that_the_database_cannot_keep_is_looked_for(session: Session) -> None:
    assert accounts.find(session, "aye\0sha") is person(session, "ayesha")
