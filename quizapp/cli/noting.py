"""Writing into the audit log what is done on the command line of the machine."""

from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from quizapp.models import db
from quizapp.models.engine import begin_writing
from quizapp.services import audit
from quizapp.web.clock import utcnow


def note(deed: str, record: str | None = None, record_id: int | None = None, **details: Any) -> None:
    """Note a deed, by its name in `web.deeds.BY_COMMAND`, in the transaction in which it is done.

    `details` are numbers and names of settings; no name of a person, no password, no link.
    """
    written = audit.Deed(deed, utcnow(), by_command=True, record=record, record_id=record_id, details=details)
    audit.note(db.session(), written)


def note_afterwards(deed: str, **details: Any) -> None:
    """Note what has been done outside the database, in a transaction of its own.

    It is no reason to fail: an older database has no audit log yet, and one that is damaged or full can be copied too.
    """
    session = db.session()
    try:
        begin_writing(session)
        note(deed, **details)
        session.commit()
    except SQLAlchemyError:
        session.rollback()
