"""What a teacher alone owns, and who gets it when they go: nothing that students rely on vanishes with a teacher."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.access import Right, best_right
from quizapp.models import Bank, Classroom, Quiz, Share, User
from quizapp.services.sharing import Shared, give_right, shares_of


@dataclass(frozen=True)
class Legacy:
    """A class, a bank or a quiz that nobody else owns. `heir` is who gets it; None where nobody shares it.

    Without an heir a class is archived, and every teacher may look at and use a bank or a quiz.
    """

    thing: Shared
    heir: User | None

    @property
    def is_class(self) -> bool:
        """Whether it is a class."""
        return isinstance(self.thing, Classroom)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.thing.name if isinstance(self.thing, Classroom) else self.thing.title


def legacies_of(session: Session, user_id: int) -> list[Legacy]:
    """What this teacher alone owns: classes first, then banks, then quizzes. Changes nothing."""
    owned = select(Share).where(Share.user_id == user_id, Share.right == Right.OWN).order_by(Share.id)
    things = [thing for share in session.scalars(owned) if (thing := _thing(session, share)) is not None]
    order = (Classroom, Bank, Quiz)
    return sorted(_alone(session, user_id, things), key=lambda legacy: order.index(type(legacy.thing)))


def hand_on(session: Session, user_id: int, now: datetime) -> None:
    """Give each of it to whoever shares it with the largest right; else keep it within reach, see `Legacy`."""
    for legacy in legacies_of(session, user_id):
        if legacy.heir is not None:
            give_right(session, legacy.thing, legacy.heir.id, Right.OWN)
        elif isinstance(legacy.thing, Classroom):
            legacy.thing.archived = legacy.thing.archived or now
        else:
            legacy.thing.everyone = best_right(legacy.thing.everyone, Right.VIEW)
    session.flush()


def _alone(session: Session, user_id: int, things: Sequence[Shared]) -> Iterator[Legacy]:
    for thing in things:
        others = [share for share in shares_of(session, thing) if share.user_id != user_id]
        if not any(share.right is Right.OWN for share in others):
            yield Legacy(thing, others[0].user if others else None)


def _thing(session: Session, share: Share) -> Shared | None:
    if share.classroom_id is not None:
        return session.get(Classroom, share.classroom_id)
    if share.bank_id is not None:
        return session.get(Bank, share.bank_id)
    return session.get(Quiz, share.quiz_id)
