"""Who may do what with a bank, a quiz or a class: by its shares, and by what it lets every teacher do."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, selectinload

from quizapp.domain.access import Right, Role, best_right
from quizapp.models import Bank, Classroom, Question, QuestionVersion, Quiz, Share, User

Shared = Bank | Quiz | Classroom
"""What can be shared between teachers."""


class LastOwner(Exception):
    """Somebody must own it: the last owner's right cannot be taken away or lowered."""


class NotATeacher(Exception):
    """No teacher has this username."""


def _of(thing: Shared) -> ColumnElement[bool]:
    """The shares of this thing."""
    match thing:
        case Bank():
            return Share.bank_id == thing.id
        case Quiz():
            return Share.quiz_id == thing.id
        case Classroom():
            return Share.classroom_id == thing.id


def right_on(session: Session, user_id: int, thing: Shared) -> Right | None:
    """The most this teacher may do with it; None where it is as if it did not exist."""
    own = session.scalar(select(Share.right).where(_of(thing), Share.user_id == user_id))
    return best_right(own, None if isinstance(thing, Classroom) else thing.everyone)


def has_right(session: Session, user_id: int, thing: Shared, needed: Right) -> bool:
    """Whether this teacher may do with it what needs this right."""
    held = right_on(session, user_id, thing)
    return held is not None and held.includes(needed)


def _at_least(needed: Right) -> list[Right]:
    return [right for right in Right if right.includes(needed)]


def banks_open_to(user_id: int, needed: Right = Right.VIEW) -> Select[int]:
    """The ids of the banks with which this teacher may do what needs this right."""
    shared = select(Share.bank_id).where(Share.user_id == user_id, Share.right.in_(_at_least(needed)))
    return select(Bank.id).where(or_(Bank.everyone.in_(_at_least(needed)), Bank.id.in_(shared)))


def quizzes_open_to(user_id: int, needed: Right = Right.VIEW) -> Select[int]:
    """The ids of the quizzes with which this teacher may do what needs this right."""
    shared = select(Share.quiz_id).where(Share.user_id == user_id, Share.right.in_(_at_least(needed)))
    return select(Quiz.id).where(or_(Quiz.everyone.in_(_at_least(needed)), Quiz.id.in_(shared)))


def classrooms_open_to(user_id: int, needed: Right = Right.VIEW) -> Select[int]:
    """The ids of the classes with which this teacher may do what needs this right."""
    return select(Classroom.id).where(
        Classroom.id.in_(select(Share.classroom_id).where(Share.user_id == user_id, Share.right.in_(_at_least(needed))))
    )


def questions_open_to(
    session: Session, user_id: int, version_ids: Collection[int], needed: Right = Right.VIEW
) -> dict[int, int]:
    """The question of each of these versions, by version; only those with which this teacher may do what needs it."""
    rows = session.execute(
        select(QuestionVersion.id, Question.id)
        .join(Question, QuestionVersion.question_id == Question.id)
        .where(QuestionVersion.id.in_(version_ids), Question.bank_id.in_(banks_open_to(user_id, needed)))
    )
    return dict(rows.all())


def banks_of(session: Session, user_id: int) -> Sequence[Bank]:
    """The banks this teacher can see, the oldest first, each with its source."""
    open_to = banks_open_to(user_id)
    return session.scalars(
        select(Bank).where(Bank.id.in_(open_to)).order_by(Bank.id).options(selectinload(Bank.source))
    ).all()


def shares_of(session: Session, thing: Shared) -> Sequence[Share]:
    """Whom it is shared with, owners first, then by name."""
    found = session.scalars(select(Share).where(_of(thing)).options(selectinload(Share.user))).all()
    rights = list(Right)
    return sorted(found, key=lambda share: (-rights.index(share.right), share.user.display_name, share.user_id))


def share(session: Session, thing: Shared, username: str, right: Right) -> Share:
    """Give a teacher this right on it, more or less than before. Raises NotATeacher, LastOwner."""
    user_id = session.scalar(
        select(User.id).where(User.username == username.strip().casefold(), User.role == Role.TEACHER)
    )
    if user_id is None:
        raise NotATeacher
    return give_right(session, thing, user_id, right)


def give_right(session: Session, thing: Shared, user_id: int, right: Right) -> Share:
    """The same, for a teacher known by id; also how who makes something becomes its owner. Raises LastOwner."""
    found = session.scalar(select(Share).where(_of(thing), Share.user_id == user_id))
    if found is None:
        found = Share(user_id=user_id, right=right, **_reference(thing))
        session.add(found)
    elif right is not Right.OWN:
        _keep_an_owner(session, thing, found)
    found.right = right
    session.flush()
    return found


def unshare(session: Session, thing: Shared, user_id: int) -> bool:
    """Take a teacher's right on it away; False where there was none. Raises LastOwner."""
    found = session.scalar(select(Share).where(_of(thing), Share.user_id == user_id))
    if found is None:
        return False
    _keep_an_owner(session, thing, found)
    session.delete(found)
    session.flush()
    return True


def _keep_an_owner(session: Session, thing: Shared, leaving: Share) -> None:
    owners = select(Share.id).where(_of(thing), Share.right == Right.OWN, Share.id != leaving.id).limit(1)
    if leaving.right is Right.OWN and session.scalar(owners) is None:
        raise LastOwner


def _reference(thing: Shared) -> dict[str, int]:
    match thing:
        case Bank():
            return {"bank_id": thing.id}
        case Quiz():
            return {"quiz_id": thing.id}
        case Classroom():
            return {"classroom_id": thing.id}
