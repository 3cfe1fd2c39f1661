"""The heartbeat of a page on which a quiz is taken for a class: the teacher sees who is there.

Every page sends it every twenty seconds, so it is one UPDATE that holds every condition itself, as a saved answer is.
"""

from datetime import datetime

from sqlalchemy import bindparam, exists, or_, select, update

from quizapp.domain.timing import GRACE
from quizapp.models import Attempt, User
from quizapp.models.base import table_of
from quizapp.models.engine import Database, connection_of
from quizapp.models.prepared import Prepared
from quizapp.services.attempts.answering import IS_OPEN, Answerer, NoSuchAttempt

_TABLE = table_of(Attempt)
_MOMENT = Attempt.seen.type
_SEE = Prepared(
    update(_TABLE)
    .where(
        _TABLE.c.id == bindparam("attempt"),
        _TABLE.c.user_id == bindparam("person"),
        _TABLE.c.assignment_id.is_not(None),
        IS_OPEN,
        or_(_TABLE.c.deadline.is_(None), _TABLE.c.deadline >= bindparam("earliest_deadline", type_=_MOMENT)),
        exists(select(User.id).where(User.id == bindparam("person"), User.sign_in_epoch == bindparam("epoch"))),
    )
    .values(seen=bindparam("now", type_=_MOMENT))
)


def see(database: Database, who: Answerer, attempt_id: int, now: datetime) -> None:
    """Note that the student's page is there. Raises NoSuchAttempt for one that is not theirs, or takes no answers."""
    values = {
        "attempt": attempt_id,
        "person": who.user_id,
        "epoch": who.epoch,
        "now": now,
        "earliest_deadline": now - GRACE,
    }
    if _SEE.run(connection_of(database), values).rowcount != 1:
        raise NoSuchAttempt
