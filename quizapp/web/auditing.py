"""Writing the audit log: whatever an endpoint of the registry of deeds commits is noted in the same transaction.

Views know nothing of it. Just before a session commits, the deed of the endpoint that is being answered is added to
what it commits, if that has changed anything; so deed and entry stand or fall together. What a request does aside,
such as closing attempts whose time is over, is no deed of who asks. Deeds that only read, such as a download, are noted
before their answer goes out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, g, has_request_context, request
from flask_login import current_user
from sqlalchemy import event
from sqlalchemy.orm import Session

from quizapp.models import Base, User, db
from quizapp.models.engine import begin_writing
from quizapp.services import audit
from quizapp.web.clock import utcnow
from quizapp.web.deeds import DEEDS, SIGN_IN_REFUSED, Deed, Done

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_MOST_NUMBERS = 500
"""Numbers of one sort in an entry; a list of students can be long."""


@dataclass
class _Watched:
    """What is seen of a request's transaction."""

    aside: bool = False
    wrote: bool = False
    done: Done = field(default_factory=Done)

    def start_anew(self) -> None:
        """Another transaction begins."""
        self.wrote, self.done = False, Done()


def _watched() -> _Watched:
    if "watched" not in g:
        g.watched = _Watched()
    watched: _Watched = g.watched
    return watched


def _deed() -> Deed | None:
    """The deed that is done here, if it is one."""
    found = DEEDS.get(request.endpoint or "") if has_request_context() else None
    return found if isinstance(found, Deed) else None


@contextmanager
def aside() -> Iterator[None]:
    """What is committed in here is no deed of who asks."""
    watched = _watched()
    before, watched.aside = watched.aside, True
    try:
        yield
    finally:
        watched.aside = before


def _after_statement(_connection: Any, cursor: Any, _sql: str, _values: Any, context: Any, _many: bool) -> None:
    """Note that something was written, and not merely tried."""
    wrote = context.isinsert or ((context.isupdate or context.isdelete) and cursor.rowcount != 0)
    if wrote and _deed() is not None:
        _watched().wrote = True


@event.listens_for(db.session, "after_flush")
def _after_flush(session: Session, _context: Any) -> None:
    """Note which records were made, and whom what changed is about."""
    if _deed() is None:
        return
    done = _watched().done
    for thing in session.new:
        if hasattr(thing, "id"):
            done.made.setdefault(thing.__tablename__, []).append(thing.id)
    for thing in {*session.new, *session.dirty, *session.deleted}:
        done.people.add(_person(thing))


def _person(thing: Base) -> int | None:
    number: int | None = thing.id if isinstance(thing, User) else getattr(thing, "user_id", None)
    return number


@event.listens_for(db.session, "after_rollback")
def _after_rollback(_session: Session) -> None:
    if has_request_context() and "watched" in g:
        g.watched.start_anew()


@event.listens_for(db.session, "before_commit")
def _before_commit(session: Session) -> None:
    deed = _deed()
    if deed is None or session.in_nested_transaction() or (request.method in _READS and not deed.by_link):
        return
    watched = _watched()
    session.flush()
    if not watched.aside and (watched.wrote or deed.always):
        _note(session, deed, watched.done)
    watched.start_anew()


def _note(session: Session, deed: Deed, done: Done) -> None:
    actor = current_user.id if current_user.is_authenticated else None
    number = deed.number(session, done, actor) if deed.number else None
    details = {**deed.details(), **_numbers(done, {actor, number if deed.record == "user" else None})}
    written = audit.Deed(
        deed.name, utcnow(), actor, record=deed.record, record_id=number, request_id=_request_id(), details=details
    )
    audit.note(session, written)


def _numbers(done: Done, left_out: set[int | None]) -> dict[str, list[int]]:
    """Whom else the deed was about."""
    people = sorted(number for number in done.people - left_out if number is not None)
    return {"people": people[:_MOST_NUMBERS]} if people else {}


def _request_id() -> str | None:
    found: str | None = g.get("request_id")
    return found


def _after_request(response: Response) -> Response:
    """Note what left no trace in the database: what was read, and a sign-in that was refused."""
    deed = _deed()
    if deed is not None and deed.reads and request.method in _READS and response.status_code == 200:
        _note_alone(deed)
    elif request.endpoint == "account.sign_in" and response.status_code == 422 and request.form.get("password"):
        _note_alone(SIGN_IN_REFUSED)
    return response


def _note_alone(deed: Deed) -> None:
    """In a transaction of its own; where it cannot be written, there is no answer either."""
    session = db.session()
    session.rollback()
    begin_writing(session)
    with aside():
        _note(session, deed, Done())
        session.commit()


def init(app: Flask) -> None:
    """Watch what is written, and note it."""
    with app.app_context():
        event.listen(db.engine, "after_cursor_execute", _after_statement)
    app.after_request(_after_request)
