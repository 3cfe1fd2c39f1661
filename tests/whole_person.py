"""Somebody of whom everything is kept that can be: a student who did all there is to do here, and then taught."""

from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import Deed, Identity, User
from quizapp.models.base import Base, db, table_of
from quizapp.services import accounts, audit, problem_reports
from quizapp.services.accommodations import Accommodations, set_accommodation
from quizapp.services.attempts import marking
from quizapp.services.item_analysis import tallying
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, quiz_named
from tests.corrections import LATER, correct, submitted
from tests.essays import essay_of

USERNAME, NAME = "zaratustra", "Zara of Saltmouth"
ANSWER, ESSAY, WORDS, SUBJECT = "Zambezi", "Zounds, the silt!", "Zany question", "zsubject-1"
SAID = (USERNAME, NAME, ANSWER, ESSAY, WORDS, SUBJECT, "a hash of hers")
"""What nobody else in the database is called, wrote or answered."""


def fill(session: Session) -> User:
    """Make her, with everything that is kept of a student. `with_essay` was called before."""
    user = accounts.add_account(session, USERNAME, NAME, "a hash of hers", Role.STUDENT, NOW)
    user.signed_in = NOW
    set_accommodation(session, user.id, Accommodations(2.0, 1))
    session.add(Identity(issuer="https://school.example", subject=SUBJECT, user_id=user.id, created=NOW))
    accounts.make_password_link(session, user, NOW)
    classroom = classroom_of(session, [USERNAME])
    assigned(session, classroom)
    done = submitted(session, {"founder": (1,), "river": ANSWER}, USERNAME)
    essay = essay_of(session, USERNAME, ESSAY)
    marking.mark(session, essay.id, 1, [1, 1], "Read on.", _teacher(session), NOW)
    problem_reports.report(session, user.id, done.id, 1, "unclear", WORDS, NOW)
    quiz = quiz_named(session, "whole-test")
    while tallying.tally(session, quiz.id):
        session.commit()
    correct(session, "founder", Deed.EVERYONE, LATER)
    tallying.tally(session, quiz.id)
    audit.note(session, audit.Deed("sign_in", NOW, user.id, record="user", record_id=user.id))
    audit.note(session, audit.Deed("link.made", NOW, _teacher(session), record="user", record_id=user.id))
    session.commit()
    return user


def _teacher(session: Session) -> int:
    found = accounts.find(session, "tahir")
    assert found is not None
    return found.id


def keys_to_people() -> list[str]:
    """Every column that leads to a person, as `table.column`."""
    keys = [key for table in Base.metadata.sorted_tables for key in table.foreign_keys]
    return sorted(str(key.parent) for key in keys if key.column is table_of(User).c.id)


def cells(session: Session) -> str:
    """Everything that stands in the database, as one text."""
    tables = Base.metadata.sorted_tables
    return "\n".join(str(value) for table in tables for row in session.execute(db.select(table)) for value in row)
