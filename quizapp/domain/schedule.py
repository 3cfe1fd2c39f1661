"""When a question comes back: spaced review by FSRS-6, worked out from the answers alone.

Nothing is kept but what was answered. A memory is the replay of its answers, so that a mark set right later, an answer
taken back or a better model changes the schedule by itself, and there is no second table to fall out of step.

Source: FSRS-6 with its standard parameters, as the library `fsrs` has it (Ye, Su & Cao 2022; open-spaced-repetition).
There are no steps of minutes: an answer brings its question back in whole days, one at the least, also a wrong one.
"""

from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import dropwhile, pairwise
from statistics import fmean
from typing import TypeVar

from fsrs import Card, Rating, Scheduler, State

from quizapp.domain.statistics import wilson_interval

UNSURE = 1
"""The certainty, on the scale 1–3, with which even a right answer counts as a weak one."""

_ONE_DAY = timedelta(days=1)
_SCHEDULER = Scheduler(desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False)

T = TypeVar("T")


@dataclass(frozen=True)
class Recall:
    """One answer to a question, or to another that stands for it.

    `at` is aware; `right` means the full mark; `certainty` is 1 (unsure) to 3 (sure), or None when it was not asked.
    """

    at: datetime
    right: bool
    certainty: int | None = None


@dataclass(frozen=True)
class Memory:
    """What the model holds of one question for one person.

    `stability` is the days after which the chance of recall has fallen to 90%, over 0; `difficulty` is 1–10; `last` is
    the last answer and `due` the moment to ask again, at least a day later; `reviews` counts the answers replayed.
    """

    stability: float
    difficulty: float
    last: datetime
    due: datetime
    reviews: int


@dataclass(frozen=True)
class Prediction:
    """What the schedule expected of an answer before it came (a probability 0–1 of being right), and what happened."""

    expected: float
    right: bool


@dataclass(frozen=True)
class Calibration:
    """`n` predictions, 1 or more, held against what happened: the mean expected and the share right, 0–1 each.

    `interval` is the 95% interval of the share right (Wilson 1927).
    """

    n: int
    expected: float
    observed: float
    interval: tuple[float, float]


def rating_of(recall: Recall) -> Rating:
    """How well it was known, in the words of FSRS: wrong is Again, right but unsure is Hard, else right is Good."""
    if not recall.right:
        return Rating.Again
    return Rating.Hard if recall.certainty == UNSURE else Rating.Good


def memory_of(recalls: Iterable[Recall]) -> Memory | None:
    """The memory that these answers to one question leave, in whatever order they are given.

    None until the first wrong or unsure answer: what was always known well does not come into the review. From that
    answer on every one counts. Right answers before it are not replayed: the passage may have been open or the answer
    guessed, and taken at their word they would put off for weeks a question that has just proved not to be known.
    Raises ValueError for a time without a zone.
    """
    replay = list(_replayed(recalls))
    if not replay:
        return None
    last, card = replay[-1]
    assert card.stability is not None  # noqa: S101  only a card never reviewed has neither
    assert card.difficulty is not None  # noqa: S101
    return Memory(card.stability, card.difficulty, last.at, card.due, len(replay))


def _replayed(recalls: Iterable[Recall]) -> Iterator[tuple[Recall, Card]]:
    """The answers that count, from first to last, each with the state it leaves behind."""
    counted = dropwhile(lambda recall: rating_of(recall) is Rating.Good, sorted(recalls, key=_in_time))
    # Both arguments, because the library would take the clock for each of them, and sleep to make the number unique.
    card = Card(card_id=0, due=datetime.max.replace(tzinfo=UTC))
    for recall in counted:
        card, _ = _SCHEDULER.review_card(card, rating_of(recall), _in_utc(recall.at))
        yield recall, card


def _in_time(recall: Recall) -> tuple[datetime, bool, int]:
    """Answers of the same moment have an order too, so that the replay does not hang on how they were read."""
    return _in_utc(recall.at), recall.right, recall.certainty or 0


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("the time of an answer needs its zone")
    return moment.astimezone(UTC)


def retrievability(memory: Memory, now: datetime) -> float:
    """The probability, over 0 up to 1, that the question would be answered right at `now`.

    Counted in whole days of 24 hours since the last answer, as FSRS does; on the first of them it is 1.
    """
    card = Card(card_id=0, state=State.Review, stability=memory.stability, due=memory.due, last_review=memory.last)
    return _SCHEDULER.get_card_retrievability(card, now)


def is_due(memory: Memory, now: datetime) -> bool:
    """Whether the question is to be asked again at `now`."""
    return memory.due <= now


def urgency(memory: Memory, now: datetime) -> tuple[float, datetime]:
    """A key to sort by, the most pressing first: the least likely to be recalled, then the longest overdue."""
    return retrievability(memory, now), memory.due


def interleaved(items: Iterable[T], section_of: Callable[[T], Hashable]) -> list[T]:
    """The items in an order in which neighbours come from different sections as far as that can be.

    The sections take turns, in the order in which they first appear, and each keeps the order of its items: give the
    most pressing first. A section that holds more than half of what is left goes before its turn, or its items would
    pile up at the end. Source: mixed practice is remembered longer than practice in blocks (Rohrer & Taylor 2007).
    """
    waiting: dict[Hashable, deque[T]] = {}
    for item in items:
        waiting.setdefault(section_of(item), deque()).append(item)
    order: list[T] = []
    previous: Hashable = None
    while waiting:
        previous = _next_section(waiting, previous)
        queue = waiting.pop(previous)
        order.append(queue.popleft())
        if queue:
            waiting[previous] = queue
    return order


def _next_section(waiting: dict[Hashable, deque[T]], previous: Hashable) -> Hashable:
    """The section to take from; the one just taken from stands last in `waiting`, so the first is another if any is."""
    largest = max(waiting, key=lambda section: len(waiting[section]))
    if 2 * len(waiting[largest]) > sum(map(len, waiting.values())) and largest != previous:
        return largest
    return next(iter(waiting))


def due_by_day(memories: Iterable[Memory], now: datetime, days: int = 14) -> list[tuple[date, int]]:
    """How many come due on each of `days` days (1 or more) from today on; what is overdue counts as today's.

    Days begin at midnight in the zone of `now`. Answers yet to come bring further ones, which nobody can know.
    """
    today = now.date()
    counts = Counter(max(today, memory.due.astimezone(now.tzinfo).date()) for memory in memories)
    return [(day, counts[day]) for day in (today + n * _ONE_DAY for n in range(days))]


def expected_share_known(memories: Iterable[Memory], now: datetime) -> float | None:
    """The share, 0–1, that would be answered right at `now` by the model; None where there is no memory yet."""
    chances = [retrievability(memory, now) for memory in memories]
    return fmean(chances) if chances else None


def predictions(recalls: Iterable[Recall]) -> list[Prediction]:
    """What the schedule expected of each answer to one question but the first, and what happened.

    An answer within a day of the one before is left out, as in the benchmark by which FSRS is judged: the model counts
    in days and would expect 100% of it, whatever a person still remembers after a minute.
    """
    return [
        Prediction(_SCHEDULER.get_card_retrievability(before, _in_utc(recall.at)), recall.right)
        for (earlier, before), (recall, _) in pairwise(_replayed(recalls))
        if recall.at - earlier.at >= _ONE_DAY
    ]


def calibration(made: Sequence[Prediction]) -> Calibration | None:
    """The predictions held against what happened; None where there are none."""
    if not made:
        return None
    observed = fmean(prediction.right for prediction in made)
    expected = fmean(prediction.expected for prediction in made)
    return Calibration(len(made), expected, observed, wilson_interval(observed, len(made)))
