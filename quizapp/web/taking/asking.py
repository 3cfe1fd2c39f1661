"""What a page needs of each question it asks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy.orm import Session

from quizapp.domain.feedback import Aspect
from quizapp.kinds.base import Prompt
from quizapp.services.attempts.answering import given_values
from quizapp.services.attempts.reviewing import ReviewedSlot, review_slots
from quizapp.services.attempts.showing import AttemptState, SlotState, passages_to_read, questions_in
from quizapp.services.reading import PassageView


@dataclass(frozen=True)
class Typed:
    """What a form brought that could not be saved, to be shown again with the reason."""

    given: Sequence[str]
    certainty: str
    problem: str


@dataclass(frozen=True)
class Asked:
    """A question on a page: to be answered, or, if `reviewed`, answered for good.

    `name` is what its controls are called in the form, `uid` begins their ids.
    """

    slot: SlotState
    prompt: Prompt
    given: tuple[str, ...]
    certainty: str
    name: str
    uid: str
    problem: str = ""
    passages: list[PassageView] = field(default_factory=list)
    reviewed: ReviewedSlot | None = None

    @property
    def seen(self) -> str:
        """A fingerprint of the answer the page shows, by which a form tells what was changed on it."""
        saved = () if self.problem else self.given
        return fingerprint(saved, "" if self.problem else self.certainty)


def fingerprint(given: Iterable[str], certainty: str) -> str:
    """A short name for an answer as a form sends it; an empty one has the same, however many controls it has."""
    values = list(given) if any(given) else []
    return sha256("\x1f".join([*values, certainty]).encode()).hexdigest()[:16]


def asked(
    session: Session,
    state: AttemptState,
    slots: Sequence[SlotState],
    shown: Callable[[SlotState], frozenset[Aspect]],
    typed: Mapping[int, Typed] | None = None,
) -> list[Asked]:
    """The questions of these slots, as one page shows them; `typed` holds what could not be saved, by position."""
    settled = [slot for slot in slots if slot.settled is not None]
    reviewed = {item.slot.position: item for item in review_slots(session, settled, shown)}
    questions = questions_in(session, slots)
    alone = not state.settings.one_page
    found = []
    for slot in slots:
        question, kept = questions[slot.version_id], (typed or {}).get(slot.position)
        found.append(
            Asked(
                slot,
                question.kind.prompt(question.content, slot.order),
                tuple(kept.given) if kept else given_values(question, slot.order, slot.response),
                kept.certainty if kept else str(slot.certainty or ""),
                name="answer" if alone else f"answer-{slot.position}",
                uid="your" if alone else f"your-{slot.position}",
                problem=kept.problem if kept else "",
                passages=passages_to_read(session, slot) if state.settings.open_book else [],
                reviewed=reviewed.get(slot.position),
            )
        )
    return found
