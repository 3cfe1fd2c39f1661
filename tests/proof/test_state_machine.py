"""Chance takes quizzes against a reference that says what must hold: every promise, after every step.

Two pages of one student type, send in any order, lose acknowledgements and send again; time passes and goes back a
little; the student checks and submits, a teacher gives more time and opens again, and the bank is edited meanwhile.
`QUIZAPP_PROOF_EXAMPLES` sets how many such stories are tried (by default a few).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quizapp.domain.certainty import CertaintyUse, certainty_mark
from quizapp.domain.feedback import Aspect, FeedbackPolicy, Moment
from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings
from quizapp.domain.timing import GRACE
from quizapp.kinds.base import BadResponse
from quizapp.models import Attempt, db
from quizapp.services import banks
from quizapp.services.attempts import answering, reviewing, showing, starting, submitting
from quizapp.services.attempts.answering import Answerer, Sent, stamp
from tests.bank import FALL, small_bank
from tests.conftest import NOW, examples, person, quiz_named

TYPED = {"whole-test": (4, 5), "rise-practice": (2,)}
"""The positions of questions that are typed, by quiz: the river, the year."""
RIVER, YEAR = ("Ouzel", "Ouse", ""), ("1851", "1850", "long ago", "")
EDITED = FALL.replace("accept: [Ouzel, River Ouzel]", "accept: [Severn]").replace("which river filled", "what filled")
"""The second file of the bank with another key and another question."""
FAR = 10**15
"""A revision from a far future, as only a forger sends it."""


@dataclass
class Told:
    """What the reference knows of one slot."""

    text: str = ""
    revision: int = 0
    settled: bool = False
    certainty: int | None = None
    right: bool = False


@dataclass
class Reference:
    """What the reference knows of one attempt."""

    quiz: str
    settings: QuizSettings
    deadline: datetime | None
    river: str
    pinned: list[tuple[Any, ...]]
    slots: dict[int, Told] = field(default_factory=dict)
    open: bool = True
    submitted: datetime | None = None
    score: float | None = None

    def takes_answers(self, now: datetime) -> bool:
        """Whether an answer that arrives now is in time."""
        return self.open and (self.deadline is None or now <= self.deadline + GRACE)

    def is_right(self, position: int, text: str) -> bool:
        """Whether the typed answer is the key that the attempt began with."""
        return text == (self.river if (self.quiz, position) == ("whole-test", 4) else "1851")

    def close(self, ended: datetime) -> None:
        """It is submitted, and everything is marked."""
        self.open, self.submitted, self.score = False, ended, 0.0
        for position, slot in self.slots.items():
            slot.settled = True
            slot.right = self.is_right(position, slot.text)
            if slot.text:
                scored = self.settings.certainty is CertaintyUse.SCORED
                self.score += certainty_mark(float(slot.right), slot.certainty) if scored else float(slot.right)


@dataclass(frozen=True)
class Entry:
    """An answer that a page has to send."""

    attempt: int
    position: int
    text: str
    revision: int
    certainty: str


POLICIES = (None, FeedbackPolicy(dict.fromkeys(Aspect, Moment.AFTER_CLOSING)))
RUN = st.builds(
    QuizSettings,
    minutes=st.sampled_from([5, 5, None]),
    certainty=st.sampled_from(CertaintyUse),
    feedback=st.sampled_from(POLICIES),
    shuffle_questions=st.just(False),
    attempts=st.sampled_from([None, 2]),
)


class Taking(RuleBasedStateMachine):
    """One student with two pages, one teacher, and a clock."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        self.session = db.session()
        self.session.execute(db.delete(Attempt))
        user = person(self.session, "ayesha")
        self.who, self.user_id = Answerer(user.id, user.sign_in_epoch), user.id
        other = person(self.session, "ben")
        self.intruder = Answerer(other.id, other.sign_in_epoch)
        self.now, self.seed = NOW, 0
        self.attempts: dict[int, Reference] = {}
        self.queues: tuple[list[Entry], list[Entry]] = ([], [])
        self.known: tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]] = ({}, {})
        self._load(FALL)
        self.session.commit()

    def teardown(self) -> None:
        """Leave the database as it was found."""
        self.session.rollback()
        db.session.remove()
        self.context.pop()

    def _load(self, fall: str) -> None:
        banks.load_bank(self.session, small_bank(fall=fall), "digest", self.now)
        self.river = "Ouzel" if fall is FALL else "Severn"

    def _open(self, quiz: str) -> int | None:
        return next((number for number, told in self.attempts.items() if told.open and told.quiz == quiz), None)

    def _pins(self, attempt_id: int) -> list[tuple[Any, ...]]:
        state = showing.attempt_state(self.session, attempt_id)
        return [(slot.version_id, slot.order, slot.passages, slot.max_mark) for slot in state.slots]

    @initialize(run=RUN)
    def begin_both(self, run: QuizSettings) -> None:
        """Every story begins with a test and a practice."""
        for quiz in TYPED:
            self.start(quiz, run)

    @rule(quiz=st.sampled_from(sorted(TYPED)), run=RUN)
    def start(self, quiz: str, run: QuizSettings) -> None:
        """A quiz is run so from now on, and begun or continued."""
        found = quiz_named(self.session, quiz)
        found.settings = run.plain()
        self.session.commit()
        self.seed += 1
        taken = sum(told.quiz == quiz for told in self.attempts.values())
        unfinished = self._open(quiz)
        if unfinished is None and run.attempts is not None and taken >= run.attempts:
            with pytest.raises(starting.NoAttemptsLeft):
                starting.start(self.session, person(self.session, "ayesha"), found, self.seed, self.now)
            self.session.rollback()
            return
        attempt = starting.start(self.session, person(self.session, "ayesha"), found, self.seed, self.now)
        self.session.commit()
        if unfinished is not None:
            assert attempt.id == unfinished
            return
        ends = None if run.minutes is None else self.now + timedelta(minutes=run.minutes)
        pinned = run.model_copy(update={"feedback": None})
        told = Reference(quiz, pinned, ends, self.river, self._pins(attempt.id))
        told.slots = {position: Told() for position in TYPED[quiz]}
        self.attempts[attempt.id] = told

    @rule(data=st.data(), haste=st.lists(st.sampled_from([0, 1, 20, 31, 200]), min_size=2, max_size=6))
    def write(self, data: st.DataObject, haste: list[int]) -> None:
        """Some answers are typed one after the other, so many seconds apart."""
        for seconds in haste:
            self.now += timedelta(seconds=seconds)
            self._write_one(data)

    def _write_one(self, data: st.DataObject) -> None:
        """An answer is typed on a page, which stamps it; it is sent at once, perhaps without an answer, or later."""
        page = data.draw(st.integers(0, 1))
        attempt = data.draw(st.sampled_from(sorted(self.attempts)))
        told = self.attempts[attempt]
        position = data.draw(st.sampled_from(TYPED[told.quiz]))
        text = data.draw(st.sampled_from(RIVER if (told.quiz, position) == ("whole-test", 4) else YEAR))
        forged = data.draw(st.sampled_from([False] * 9 + [True]))
        known = self.known[page].get((attempt, position), 0)
        revision = FAR if forged else max(stamp(self.now), known + 1)
        self.known[page][attempt, position] = known if forged else revision
        entry = Entry(attempt, position, text, revision, data.draw(st.sampled_from(["", "1", "3"])))
        self.queues[page].append(entry)
        fate = data.draw(st.sampled_from(["acknowledged", "acknowledged", "unanswered", "later"]))
        if fate != "later":
            self._send(entry, data.draw(st.booleans()))
        if fate == "acknowledged":
            self.queues[page].remove(entry)

    @precondition(lambda self: any(self.queues))
    @rule(data=st.data(), acknowledged=st.booleans(), final=st.booleans())
    def deliver(self, data: st.DataObject, acknowledged: bool, final: bool) -> None:
        """Any waiting answer arrives; its acknowledgement may be lost, and then it will come again."""
        page = data.draw(st.sampled_from([n for n in (0, 1) if self.queues[n]]))
        entry = data.draw(st.sampled_from(self.queues[page]))
        self._send(entry, final)
        if acknowledged:
            self.queues[page].remove(entry)

    def _send(self, entry: Entry, final: bool) -> None:
        told = self.attempts[entry.attempt]
        slot, practice = told.slots[entry.position], told.quiz == "rise-practice"
        sent = Sent({"answer": [entry.text]}, entry.revision, entry.certainty)
        expected = self._refusal(told, slot, entry, final and practice)
        call = (self.session, self.who, entry.attempt, entry.position, sent, self.now, final)
        if expected is not None:
            with pytest.raises(expected):
                answering.save_answer(*call)
            self.session.rollback()
            return
        saved = answering.save_answer(*call)
        self.session.commit()
        assert slot.revision < saved.revision <= max(stamp(self.now), slot.revision + 1)
        asked = told.settings.certainty is not CertaintyUse.OFF
        slot.text, slot.revision = entry.text, saved.revision
        slot.certainty = int(entry.certainty) if asked and entry.certainty and entry.text else None
        slot.settled = slot.settled or (final and practice)

    def _refusal(self, told: Reference, slot: Told, entry: Entry, checked: bool) -> type[Exception] | None:
        if not told.takes_answers(self.now):
            return answering.AttemptClosed
        if slot.settled:
            return answering.AnsweredAlready
        if entry.text == "long ago" or (checked and not entry.text):
            return BadResponse
        return answering.NewerAnswerSaved if entry.revision <= slot.revision else None

    @rule(seconds=st.sampled_from([-5, 1, 20, 31, 290, 3600]))
    def wait(self, seconds: int) -> None:
        """Time passes, or the clock is set back a little."""
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: self.attempts)
    @rule(data=st.data())
    def submit(self, data: st.DataObject) -> None:
        """The student submits, perhaps again."""
        number = data.draw(st.sampled_from(sorted(self.attempts)))
        told = self.attempts[number]
        self._come_near_the_end(data)
        assert submitting.submit(self.session, number, self.user_id, self.now) is told.open
        assert not submitting.submit(self.session, number, self.user_id, self.now)
        self.session.commit()
        if told.open:
            told.close(self.now if told.deadline is None else min(self.now, told.deadline))

    def _come_near_the_end(self, data: st.DataObject) -> None:
        """It may be just before or after a deadline, where everything turns."""
        ends = [told.deadline for told in self.attempts.values() if told.open and told.deadline is not None]
        seconds = data.draw(st.sampled_from([None, -1, 10, 29, 31]))
        if ends and seconds is not None:
            self.now = max(self.now, min(ends) + timedelta(seconds=seconds))

    @rule(data=st.data())
    def look(self, data: st.DataObject) -> None:
        """Somebody looks, which closes what is overdue."""
        self._come_near_the_end(data)
        late = [told for told in self.attempts.values() if told.open and not told.takes_answers(self.now)]
        assert submitting.close_overdue(self.session, self.now) == len(late)
        self.session.commit()
        for told in late:
            assert told.deadline is not None
            told.close(told.deadline)

    @precondition(lambda self: self.attempts)
    @rule(data=st.data(), minutes=st.integers(1, 90))
    def give_more_time(self, data: st.DataObject, minutes: int) -> None:
        """A teacher gives an attempt more time."""
        number = data.draw(st.sampled_from(sorted(self.attempts)))
        told = self.attempts[number]
        if not told.open or told.deadline is None:
            with pytest.raises((answering.AttemptClosed, submitting.NoTimeLimit)):
                submitting.extend(self.session, number, minutes, self.now)
            self.session.rollback()
            return
        told.deadline = max(told.deadline, self.now) + timedelta(minutes=minutes)
        assert submitting.extend(self.session, number, minutes, self.now) == told.deadline
        self.session.commit()

    @precondition(lambda self: self.attempts)
    @rule(data=st.data(), minutes=st.sampled_from([None, 10]))
    def open_again(self, data: st.DataObject, minutes: int | None) -> None:
        """A teacher opens an attempt again."""
        number = data.draw(st.sampled_from(sorted(self.attempts)))
        told = self.attempts[number]
        if not told.open and self._open(told.quiz) is not None:
            with pytest.raises(submitting.AnotherAttemptOpen):
                submitting.reopen(self.session, number, minutes, self.now)
            self.session.rollback()
            return
        submitting.reopen(self.session, number, minutes, self.now)
        self.session.commit()
        if not told.open:
            told.open, told.submitted, told.score = True, None, None
            told.deadline = None if minutes is None else self.now + timedelta(minutes=minutes)
            for slot in told.slots.values():
                slot.settled = told.quiz == "rise-practice" and bool(slot.text)

    @rule(fall=st.sampled_from([FALL, EDITED]))
    def edit_the_bank(self, fall: str) -> None:
        """Question and key change for those who begin later."""
        self._load(fall)
        self.session.commit()

    @precondition(lambda self: self.attempts)
    @rule(data=st.data())
    def intrude(self, data: st.DataObject) -> None:
        """Somebody else tries to answer, to read, to submit."""
        number = data.draw(st.sampled_from(sorted(self.attempts)))
        position = TYPED[self.attempts[number].quiz][0]
        sent = Sent({"answer": ["1851"]}, FAR)
        with pytest.raises(answering.NoSuchAttempt):
            answering.save_answer(self.session, self.intruder, number, position, sent, self.now)
        with pytest.raises(answering.NoSuchAttempt):
            submitting.submit(self.session, number, self.intruder.user_id, self.now)
        self.session.rollback()

    @invariant()
    def every_acknowledged_answer_is_there_and_none_older_replaced_it(self) -> None:
        """Promises 1, 2: saved means saved, and the newest stays."""
        for number, told in self.attempts.items():
            state = showing.attempt_state(self.session, number)
            for position, slot in told.slots.items():
                kept = state.slot(position)
                assert (kept.response or {"text": ""})["text"] == slot.text
                assert (kept.revision, kept.certainty) == (slot.revision, slot.certainty)
                assert (kept.settled is not None) is slot.settled

    @invariant()
    def the_clock_and_one_submission_decide_the_result(self) -> None:
        """Promises 4, 8: closed at its time, scored once."""
        for number, told in self.attempts.items():
            state = showing.attempt_state(self.session, number)
            assert (state.is_open, state.submitted, state.deadline) == (told.open, told.submitted, told.deadline)
            assert state.score == told.score

    @invariant()
    def what_was_asked_stays_as_it_was(self) -> None:
        """Promise 5: pinned to versions, order, passages and settings."""
        for number, told in self.attempts.items():
            assert self._pins(number) == told.pinned
            pinned = showing.attempt_state(self.session, number).settings
            assert pinned.model_copy(update={"feedback": None}) == told.settings

    @invariant()
    def nothing_is_shown_before_its_time(self) -> None:
        """Promise 3: until an answer is final it is all that is shown; in a test, until the submission."""
        for number, told in self.attempts.items():
            state = showing.attempt_state(self.session, number)
            for position, slot in told.slots.items():
                final = not told.open or (state.mode is Mode.PRACTICE and slot.settled)
                shown = state.shown(state.slot(position), self.now)
                held_back = Moment.AFTER_CLOSING in state.policy.moments.values()
                assert (shown == {Aspect.RESPONSE}) is (not final or held_back)
                if Aspect.KEY not in shown and slot.text not in ("1851", told.river):
                    item = reviewing.review_slots(self.session, [state.slot(position)], lambda _, told=shown: told)[0]
                    assert not {"1851", told.river, "silt"} & set(repr(item.explained).replace("'", " ").split())
                    assert (item.passages, item.fraction) == ((), None)
        self.session.rollback()


STORIES = settings(
    max_examples=examples(5),
    stateful_step_count=30,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


def machine_on(app: Flask) -> type[Taking]:
    """The machine on this app's database."""
    return type("TakingThere", (Taking,), {"app": app})


def test_every_promise_holds_on_sqlite(app: Flask) -> None:
    run_state_machine_as_test(machine_on(app), settings=STORIES)


@pytest.mark.long
def test_every_promise_holds_on_postgresql(app_on_postgres: Flask) -> None:
    run_state_machine_as_test(machine_on(app_on_postgres), settings=STORIES)
