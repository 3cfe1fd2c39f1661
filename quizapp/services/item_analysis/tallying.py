"""The kept sums of the item analysis, folded from finished attempts by whoever looks first.

Nothing is done when an attempt is submitted, the hottest moment of a class: its answers are folded into the sums when
somebody wants to see them. `Attempt.tallied` says which attempts have been considered. Only the first finished attempt
of a student at a quiz is counted, whatever it was made for, and only when nothing in it waits for a teacher's mark.

Folding goes by batches, each a transaction of its own, so that it never keeps a student's save waiting for long.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FunctionElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    delete,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.compiler import SQLCompiler

from quizapp.domain.access import Role
from quizapp.kinds import KINDS
from quizapp.models import Attempt, AttemptSlot, Purpose, QuestionVersion, Quiz, State, Tally, User
from quizapp.models.base import table_of

BATCH = 250
"""Attempts folded in one transaction: at 20 questions each, about a tenth of a second."""
UNIT = 1_000_000
"""Shares are counted in such parts."""
LONGEST_GAP = 600
"""Seconds between two answers; of a longer one only so many count, because nobody thinks that long."""
_LONGEST_ANSWER = 1000
_UNCOUNTED_KINDS = [name for name, kind in KINDS.items() if kind.marked_by_teacher]


class _Epoch(FunctionElement[int]):
    """A moment as whole seconds since 1970."""

    type = BigInteger()
    inherit_cache = True


@compiles(_Epoch, "sqlite")
def _epoch_on_sqlite(element: _Epoch, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **options)}) AS INTEGER)"


@compiles(_Epoch)
def _epoch_elsewhere(element: _Epoch, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(floor(extract(epoch FROM {compiler.process(element.clauses, **options)})) AS BIGINT)"


_COUNTS: ColumnElement[bool] = and_(
    Attempt.purpose == Purpose.QUIZ,
    Attempt.state == State.SUBMITTED,
    Attempt.awaiting == 0,
    select(User.id).where(User.id == Attempt.user_id, User.role == Role.STUDENT).exists(),
)
"""Finished attempts of account holders at quizzes, wholly marked. A guest's come in when the guest signs up."""
_ATTEMPTS = table_of(Attempt)
_WAITS = and_(_COUNTS, literal_column("NOT attempt.tallied"))
"""In the words of the partial index, or SQLite would not use it."""


def waiting(session: Session, quiz_ids: Collection[int]) -> list[int]:
    """Those of the quizzes that have finished attempts not considered yet."""
    found = select(Quiz.id).where(
        Quiz.id.in_(quiz_ids), select(Attempt.id).where(Attempt.quiz_id == Quiz.id, _WAITS).exists()
    )
    return list(session.scalars(found.order_by(Quiz.id)))


def tally(session: Session, quiz_id: int, at_most: int = BATCH) -> int:
    """Fold so many waiting attempts of a quiz into its sums; how many there were, 0 when all is done.

    Of two that fold at one moment the second waits, and finds what the first has left. Should a student's attempt turn
    out to come before one that was counted (it was closed late, or made as a guest), the sums are made anew.
    """
    _take_turn(session, [quiz_id])
    ids = _next(session, quiz_id, at_most)
    if ids and _comes_before_counted(session, ids):
        _forget(session, [quiz_id])
        ids = _next(session, quiz_id, at_most)
    if ids:
        session.execute(_folding(session, quiz_id, ids))
        session.execute(update(_ATTEMPTS).where(_ATTEMPTS.c.id.in_(ids)).values(tallied=True))
        _count_change(session, [quiz_id])
    return len(ids)


def forget(session: Session, quiz_ids: Collection[int]) -> None:
    """Drop the sums of these quizzes, because marks have changed; they are folded anew when somebody looks.

    Call it before the marks are changed: it takes its turn at the quizzes first and at their attempts after that.
    """
    if quiz_ids:
        _take_turn(session, quiz_ids)
        _forget(session, quiz_ids)


def forget_attempt(session: Session, attempt_id: int) -> None:
    """The same for the quiz of an attempt that is about to change, if its sums know of it."""
    known = select(Attempt.quiz_id).where(Attempt.id == attempt_id, Attempt.tallied.is_(True))
    forget(session, [quiz_id for quiz_id in session.scalars(known) if quiz_id is not None])


def forget_reopened(session: Session, attempt_id: int) -> None:
    """The same for the quiz of an attempt that is about to be opened again.

    Another attempt of the same person may become their first finished one by it, and was passed over when it came up.
    """
    other = aliased(Attempt)
    theirs = (
        select(other.id)
        .where(other.user_id == Attempt.user_id, other.quiz_id == Attempt.quiz_id, other.tallied.is_(True))
        .exists()
    )
    known = select(Attempt.quiz_id).where(Attempt.id == attempt_id, theirs)
    forget(session, [quiz_id for quiz_id in session.scalars(known) if quiz_id is not None])


def forget_person(session: Session, user_id: int) -> None:
    """The same for every quiz whose sums may hold answers of somebody who is about to leave."""
    known = select(Attempt.quiz_id).where(Attempt.user_id == user_id, Attempt.tallied.is_(True)).distinct()
    forget(session, [quiz_id for quiz_id in session.scalars(known) if quiz_id is not None])


def _take_turn(session: Session, quiz_ids: Collection[int]) -> None:
    """Always in the same order, so that nobody waits for one who waits for them. SQLite's writers queue anyway."""
    turn = select(Quiz.id).where(Quiz.id.in_(quiz_ids)).order_by(Quiz.id)
    session.execute(turn.with_for_update(key_share=True)).all()


def _forget(session: Session, quiz_ids: Collection[int]) -> None:
    session.execute(delete(table_of(Tally)).where(Tally.quiz_id.in_(quiz_ids)))
    theirs = _ATTEMPTS.c.quiz_id.in_(quiz_ids)
    session.execute(update(_ATTEMPTS).where(theirs, _ATTEMPTS.c.tallied.is_(True)).values(tallied=False))
    _count_change(session, quiz_ids)


def _count_change(session: Session, quiz_ids: Collection[int]) -> None:
    """Tell whoever keeps figures of these sums that they are others now."""
    quizzes = table_of(Quiz)
    session.execute(
        update(quizzes).where(quizzes.c.id.in_(quiz_ids)).values(tally_revision=quizzes.c.tally_revision + 1)
    )


def _next(session: Session, quiz_id: int, at_most: int) -> Sequence[int]:
    """The attempts that wait, in the order in which they were finished, but for those that somebody changes now."""
    found = (
        select(Attempt.id)
        .where(Attempt.quiz_id == quiz_id, _WAITS)
        .order_by(Attempt.submitted, Attempt.id)
        .limit(at_most)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(found).all()


def _comes_before_counted(session: Session, ids: Sequence[int]) -> bool:
    later = aliased(Attempt)
    found = select(Attempt.id).where(
        Attempt.id.in_(ids),
        select(later.id)
        .where(
            later.user_id == Attempt.user_id,
            later.quiz_id == Attempt.quiz_id,
            later.tallied.is_(True),
            tuple_(later.submitted, later.id) > tuple_(Attempt.submitted, Attempt.id),
        )
        .exists(),
    )
    return session.scalar(found.limit(1)) is not None


def _is_first() -> ColumnElement[bool]:
    """Whether no other finished attempt of the same person at the same quiz comes before."""
    earlier = aliased(Attempt)
    return ~(
        select(earlier.id)
        .where(
            earlier.user_id == Attempt.user_id,
            earlier.quiz_id == Attempt.quiz_id,
            earlier.purpose == Purpose.QUIZ,
            earlier.state == State.SUBMITTED,
            tuple_(earlier.submitted, earlier.id) < tuple_(Attempt.submitted, Attempt.id),
        )
        .exists()
    )


def counted(quiz_id: int, *only: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The sums of a quiz, worked out from the answers themselves: of all attempts that count, or `only` some of them.

    The columns are those of the table from `question_version_id` on.
    """
    slot = _slots(quiz_id, only).subquery()
    in_time = [slot.c.saved.is_(None), slot.c.saved, slot.c.position]
    before = func.lag(slot.c.saved).over(partition_by=slot.c.attempt_id, order_by=in_time)
    gap = slot.c.saved - func.coalesce(before, slot.c.started)
    placed = select(
        slot.c.question_version_id,
        slot.c.fraction,
        slot.c.answer,
        slot.c.worth,
        func.sum(slot.c.worth).over(partition_by=slot.c.attempt_id).label("possible"),
        func.sum(slot.c.fraction * slot.c.worth).over(partition_by=slot.c.attempt_id).label("earned"),
        case((gap > LONGEST_GAP, LONGEST_GAP), (gap > 0, gap), else_=None).label("seconds"),
    ).subquery()
    possible = func.nullif(placed.c.possible, 0)
    shares = (
        placed.c.question_version_id,
        _in_units(placed.c.earned / possible).label("total"),
        _in_units(placed.c.worth / possible).label("weight"),
        _in_units(placed.c.fraction).label("mark"),
        placed.c.answer,
    )
    return (
        select(
            *shares,
            cast(func.count(), Integer).label("count"),
            cast(func.coalesce(func.sum(placed.c.seconds), 0), Integer).label("seconds"),
            cast(func.count(placed.c.seconds), Integer).label("timed"),
        )
        .where(placed.c.worth > 0)
        .group_by(*shares)
    )


def _in_units(share: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(func.round(share * UNIT), Integer)


def _is_void() -> ColumnElement[bool]:
    """Whether a correction rules that the answer counts for nothing; one that was spared has a ruling of its own."""
    ruled = QuestionVersion.ruling["void"].as_boolean()
    spared = AttemptSlot.kept_ruling["void"].as_boolean()
    return func.coalesce(case((AttemptSlot.spared, spared), else_=ruled), False)


def _slots(quiz_id: int, only: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """The answers of the attempts that count; one that a correction declared void is worth nothing."""
    text = cast(AttemptSlot.response, String)
    is_free = QuestionVersion.kind.in_(_UNCOUNTED_KINDS)
    unreadable = or_(AttemptSlot.response.is_(None), is_free, func.length(text) > _LONGEST_ANSWER)
    return (
        select(
            AttemptSlot.attempt_id,
            AttemptSlot.position,
            AttemptSlot.question_version_id,
            func.coalesce(AttemptSlot.fraction, 0.0).label("fraction"),
            case((_is_void(), 0.0), else_=AttemptSlot.max_mark).label("worth"),
            case((unreadable, literal("")), else_=text).label("answer"),
            _Epoch(AttemptSlot.saved).label("saved"),
            _Epoch(Attempt.started).label("started"),
        )
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .where(Attempt.quiz_id == quiz_id, _COUNTS, _is_first(), *only)
    )


COLUMNS = ("question_version_id", "total", "weight", "mark", "answer", "count", "seconds", "timed")
"""What is kept of each sort of answer."""


def _folding(session: Session, quiz_id: int, ids: Sequence[int]) -> Any:
    """The statement that adds the answers of these attempts to the sums."""
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    table = table_of(Tally)
    found = counted(quiz_id, Attempt.id.in_(ids)).subquery()
    source = select(literal(quiz_id), *(found.c[name] for name in COLUMNS)).where(found.c["count"] > 0)
    statement = make(table).from_select(["quiz_id", *COLUMNS], source)
    return statement.on_conflict_do_update(
        index_elements=["quiz_id", "question_version_id", "total", "weight", "mark", "answer"],
        set_={name: table.c[name] + statement.excluded[name] for name in ("count", "seconds", "timed")},
    )


def kept(session: Session, quiz_id: int) -> list[tuple[Any, ...]]:
    """The sums of a quiz as they are kept, in order."""
    columns = [table_of(Tally).c[name] for name in COLUMNS]
    return sorted(tuple(row) for row in session.execute(select(*columns).where(Tally.quiz_id == quiz_id)))


def rebuilt(session: Session, quiz_id: int) -> list[tuple[Any, ...]]:
    """The same, straight from the answers: what `kept` must be when nothing waits."""
    return sorted(tuple(row) for row in session.execute(counted(quiz_id)))
