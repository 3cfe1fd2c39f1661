"""What must hold of attempts, said a second time and more simply, for the services to be compared with.

Nothing here touches a database or calls a service. Times, policies and which answer wins are worked out anew from the
promises; what an answer is worth comes from the kinds and the sums of the domain, which have tables of their own.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from quizapp.domain.certainty import CertaintyUse
from quizapp.domain.feedback import PRESETS, Aspect, Moment
from quizapp.domain.grading import Earned, total
from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings
from quizapp.kinds.base import BadResponse
from quizapp.models import State
from quizapp.services.attempts.pinned import PinnedQuestion
from quizapp.services.attempts.showing import AttemptState, SlotState

LATE = timedelta(seconds=30)
"""How long after its deadline an attempt takes answers that were on their way."""
Key = tuple[int, int]
"""An attempt's id and a position in it."""


class Reply(StrEnum):
    """What becomes of an answer that arrives."""

    SAVED = "saved"
    NEWER = "a newer one is saved"
    FINAL = "the answer was checked before"
    CLOSED = "the attempt has ended"
    MISSING = "there is no such attempt, for this person"
    UNREADABLE = "this is no answer"


@dataclass(frozen=True)
class Message:
    """An answer on its way. `made` is the page's own measure of when, None where it has none or tells a lie."""

    attempt: int
    position: int
    values: tuple[str, ...]
    revision: int
    certainty: str = ""
    flagged: bool | None = None
    final: bool = False
    made: int | None = None
    skew: timedelta = timedelta(0)
    """How far the server's clock had been moved when the page was opened."""

    @property
    def key(self) -> Key:
        """The question it is for."""
        return self.attempt, self.position


@dataclass
class Accepted:
    """An answer that was taken; `acknowledged` once the page has heard so."""

    message: Message
    response: dict[str, Any] | None
    revision: int
    at: datetime
    deadline: datetime | None
    acknowledged: bool = False


def milliseconds(moment: datetime) -> int:
    """A moment as a revision."""
    return round(moment.timestamp() * 1000)


def response_to(question: PinnedQuestion, slot: SlotState, values: tuple[str, ...]) -> dict[str, Any] | None:
    """The response that a page's values are. Raises BadResponse."""
    found = question.kind.read(question.content, slot.order, {"answer": values})
    return None if found is None else found.model_dump(mode="json")


def share_of(question: PinnedQuestion, response: dict[str, Any] | None) -> float | None:
    """What a response earns; None where a teacher must say."""
    loaded = question.kind.load_response(response)
    return 0.0 if loaded is None else question.kind.mark(question.content, loaded)


@dataclass
class Reference:
    """Every attempt as it must stand."""

    now: datetime
    live: dict[str, QuizSettings]
    """How each quiz is run now."""
    epochs: dict[int, int]
    """The sign-in of each person that still holds."""
    factors: dict[int, float] = field(default_factory=dict)
    """By how much the time of each person is multiplied."""
    runs: dict[int, AttemptState] = field(default_factory=dict)
    questions: dict[Key, PinnedQuestion] = field(default_factory=dict)
    accepted: dict[Key, list[Accepted]] = field(default_factory=dict)

    def of(self, user_id: int) -> list[AttemptState]:
        """The attempts of a person, the latest first."""
        return sorted((run for run in self.runs.values() if run.user_id == user_id), key=lambda run: -run.id)

    # Beginning

    def extra_minutes(self, minutes: int | None, factor: float) -> timedelta:
        """What a factor adds to a limit, in whole minutes; a minute begun counts, for nobody gets less than promised."""
        added = round((minutes or 0) * (factor - 1), 6)
        return timedelta(minutes=-(-added // 1))

    def closing(self, settings: QuizSettings, factor: float) -> datetime | None:
        """When a quiz closes for somebody."""
        return settings.closes and settings.closes + self.extra_minutes(settings.minutes, factor)

    def deadline(self, settings: QuizSettings, user_id: int) -> datetime | None:
        """When an attempt that begins now ends."""
        factor, ends = self.factors.get(user_id, 1.0), []
        if settings.minutes is not None:
            ends.append(self.now + timedelta(minutes=settings.minutes) + self.extra_minutes(settings.minutes, factor))
        if settings.closes is not None:
            ends.append(self.closing(settings, factor))
        return min((end for end in ends if end), default=None)

    def may_begin(self, user_id: int, quiz: str) -> bool:
        """Whether the person may begin another attempt at the quiz."""
        settings = self.live[quiz]
        closes = self.closing(settings, self.factors.get(user_id, 1.0))
        taken = sum(run.quiz_slug == quiz for run in self.of(user_id))
        return (closes is None or self.now <= closes) and (settings.attempts is None or taken < settings.attempts)

    def begin(self, state: AttemptState, questions: dict[int, PinnedQuestion]) -> None:
        """Take in an attempt that has just begun."""
        self.runs[state.id] = state
        for slot in state.slots:
            self.questions[state.id, slot.position] = questions[slot.version_id]
            self.accepted[state.id, slot.position] = []

    # Answering

    def takes_answers(self, run: AttemptState) -> bool:
        """Whether an answer that arrives now is in time."""
        return run.state == State.OPEN and (run.deadline is None or self.now <= run.deadline + LATE)

    def save(self, user_id: int, epoch: int, message: Message) -> Reply:
        """Take an answer, or say why not."""
        run, slot, refused = self._place(user_id, epoch, message.key)
        if refused or slot is None or run is None:
            return refused or Reply.MISSING
        try:
            response = self._readable(run, slot, message)
        except BadResponse:
            return Reply.UNREADABLE
        if message.revision <= slot.revision:
            return Reply.NEWER
        checked = message.final and run.mode is Mode.PRACTICE
        kept = max(slot.revision + 1, min(message.revision, milliseconds(self.now)))
        asked = run.settings.certainty is not CertaintyUse.OFF and response is not None and message.certainty
        question = self.questions[message.key]
        self._put(
            run.id,
            replace(
                slot,
                response=response,
                revision=kept,
                saved=self.now,
                settled=self.now if checked else None,
                fraction=share_of(question, response) if checked else None,
                certainty=int(message.certainty) if asked else None,
                flagged=slot.flagged if message.flagged is None else message.flagged,
            ),
        )
        self.accepted[message.key].append(Accepted(message, response, kept, self.now, run.deadline))
        return Reply.SAVED

    def flag(self, user_id: int, epoch: int, key: Key, flagged: bool) -> Reply:
        """Flag a question, or say why not."""
        run, slot, refused = self._place(user_id, epoch, key)
        if run is None or slot is None or refused in (Reply.MISSING, Reply.CLOSED):
            return refused or Reply.MISSING
        self._put(run.id, replace(slot, flagged=flagged))
        return Reply.SAVED

    def _place(
        self, user_id: int, epoch: int, key: Key
    ) -> tuple[AttemptState | None, SlotState | None, Reply | None]:
        run = self.runs.get(key[0])
        if run is None or run.user_id != user_id or self.epochs[user_id] != epoch or not 1 <= key[1] <= len(run.slots):
            return None, None, Reply.MISSING
        slot = run.slots[key[1] - 1]
        if not self.takes_answers(run):
            return run, slot, Reply.CLOSED
        return run, slot, Reply.FINAL if slot.settled else None

    def _readable(self, run: AttemptState, slot: SlotState, message: Message) -> dict[str, Any] | None:
        response = response_to(self.questions[message.key], slot, message.values)
        if response is None and message.final and run.mode is Mode.PRACTICE:
            raise BadResponse
        asked = run.settings.certainty is not CertaintyUse.OFF and response is not None
        if asked and message.certainty not in ("", "1", "2", "3"):
            raise BadResponse
        return response

    def _put(self, attempt_id: int, slot: SlotState) -> None:
        run = self.runs[attempt_id]
        slots = tuple(slot if old.position == slot.position else old for old in run.slots)
        self.runs[attempt_id] = replace(run, slots=slots)

    # Ending

    def submit(self, attempt_id: int, user_id: int) -> bool | None:
        """Whether this submission closes the attempt; None where there is no such attempt of this person."""
        run = self.runs.get(attempt_id)
        if run is None or run.user_id != user_id:
            return None
        if run.state != State.OPEN:
            return False
        self._close(run, self.now if run.deadline is None else min(self.now, run.deadline))
        return True

    def overdue(self, user_id: int | None = None) -> list[AttemptState]:
        """The open attempts (of this person) that take no answer any more."""
        return [
            run
            for run in self.runs.values()
            if run.state == State.OPEN and not self.takes_answers(run) and user_id in (None, run.user_id)
        ]

    def look(self, user_id: int | None = None) -> int:
        """Close what is overdue, at its deadline; how many there were."""
        found = self.overdue(user_id)
        for run in found:
            assert run.deadline is not None
            self._close(run, run.deadline)
        return len(found)

    def _close(self, run: AttemptState, ended: datetime) -> None:
        slots = []
        for slot in run.slots:
            question = self.questions[run.id, slot.position]
            share = share_of(question, slot.response) if slot.fraction is None else slot.fraction
            slots.append(replace(slot, fraction=share, settled=slot.settled or ended))
        self.runs[run.id] = self._scored(replace(run, slots=tuple(slots), state=State.SUBMITTED, submitted=ended))

    def _scored(self, run: AttemptState) -> AttemptState:
        waiting = sum(slot.fraction is None for slot in run.slots)
        return replace(run, score=score_of(run), awaiting=waiting)

    # What a teacher does

    def extend(self, attempt_id: int, minutes: int) -> bool:
        """Give more time; False where the attempt has ended or has no end."""
        run = self.runs[attempt_id]
        if run.state != State.OPEN or run.deadline is None:
            return False
        end = max(run.deadline, self.now) + timedelta(minutes=minutes)
        self.runs[attempt_id] = replace(run, deadline=end)
        return True

    def reopen(self, attempt_id: int, minutes: int | None) -> bool:
        """Open again; False where another attempt at the same quiz is open. Practice answers given stay final."""
        run = self.runs[attempt_id]
        if run.state == State.OPEN:
            return True
        if any(other.quiz_slug == run.quiz_slug and other.state == State.OPEN for other in self.of(run.user_id)):
            return False
        keeps = run.mode is Mode.PRACTICE
        slots = tuple(
            slot if keeps and slot.answered else replace(slot, settled=None, fraction=None, points=(), marked_by_id=None)
            for slot in run.slots
        )
        end = None if minutes is None else self.now + timedelta(minutes=minutes)
        self.runs[attempt_id] = replace(
            run, slots=slots, state=State.OPEN, submitted=None, score=None, awaiting=0, deadline=end
        )
        return True

    def mark(self, key: Key, points: tuple[int, ...], most: int, comment: str, teacher_id: int) -> None:
        """A teacher marks an essay."""
        run = self.runs[key[0]]
        slot = run.slots[key[1] - 1]
        self._put(
            run.id,
            replace(slot, fraction=sum(points) / most, points=points, comment=comment, marked_by_id=teacher_id),
        )
        self.runs[run.id] = self._scored(self.runs[run.id])

    # Showing

    def as_run_now(self, run: AttemptState) -> AttemptState:
        """The attempt with what is asked of its quiz as it is run now: when what is shown, and when it has closed."""
        assert run.quiz_slug is not None
        settings = self.live[run.quiz_slug]
        most = max(self.factors.values(), default=1.0)
        return replace(
            run, policy=settings.feedback or PRESETS[run.mode], closes_for_all=self.closing(settings, max(most, 1.0))
        )

    def shown(self, run: AttemptState, slot: SlotState) -> frozenset[Aspect]:
        """What the student may be shown of an answer now."""
        run = self.as_run_now(run)
        submitted = run.state == State.SUBMITTED
        closed = run.closes_for_all is not None and run.closes_for_all < self.now
        final_in_practice = run.mode is Mode.PRACTICE and slot.settled is not None
        reached = {
            Moment.AT_ONCE: submitted or final_in_practice,
            Moment.AFTER_SUBMISSION: submitted,
            Moment.AFTER_CLOSING: submitted and closed,
            Moment.NEVER: False,
        }
        return frozenset(
            aspect for aspect in Aspect if aspect is Aspect.RESPONSE or reached[run.policy.moments[aspect]]
        )


def score_of(run: AttemptState) -> float:
    """The score of a submitted attempt, from its slots."""
    slots = (Earned(slot.fraction, slot.max_mark, slot.certainty, slot.answered) for slot in run.slots)
    return total(slots, run.settings.certainty).earned
