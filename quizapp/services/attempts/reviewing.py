"""The review: each answer beside the key, with the reasons and the passages as they were when the attempt began."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Mode
from quizapp.kinds.base import Explained
from quizapp.services.attempts.pinned import PinnedQuestion, pinned_questions
from quizapp.services.attempts.showing import AttemptState, SlotState
from quizapp.services.reading import PassageView, passage_views


@dataclass(frozen=True)
class ReviewedSlot:
    """One question after its answer."""

    slot: SlotState
    question: PinnedQuestion
    explained: Explained
    passages: tuple[PassageView, ...]

    @property
    def verdict(self) -> str:
        """`right`, `partly`, `wrong` or `blank`."""
        if not self.slot.answered:
            return "blank"
        fraction = self.slot.fraction or 0.0
        return "right" if fraction >= 1 else "partly" if fraction > 0 else "wrong"


def may_review(state: AttemptState, slot: SlotState) -> bool:
    """Whether the student may see the key of this slot: in practice once it is answered, always after submission."""
    return not state.is_open or (state.mode == Mode.PRACTICE and slot.answered)


def review_slots(session: Session, slots: Sequence[SlotState]) -> list[ReviewedSlot]:
    """The slots with everything there is to learn from them. Only for slots that `may_review` allows."""
    questions = pinned_questions(session, [slot.version_id for slot in slots])
    passages = passage_views(session, {version for slot in slots for version in slot.passages})
    return [_reviewed(slot, questions[slot.version_id], passages) for slot in slots]


def worth_rereading(reviewed: Sequence[ReviewedSlot]) -> list[tuple[PassageView, tuple[int, ...]]]:
    """The passages that decide the questions not fully right, each with the positions of those questions."""
    positions: dict[str, list[int]] = {}
    passages: dict[str, PassageView] = {}
    for item in reviewed:
        if item.verdict != "right" and item.passages:
            passage = item.passages[0]
            passages.setdefault(passage.slug, passage)
            positions.setdefault(passage.slug, []).append(item.slot.position)
    return [(passages[slug], tuple(places)) for slug, places in positions.items()]


def _reviewed(slot: SlotState, question: PinnedQuestion, passages: dict[int, PassageView]) -> ReviewedSlot:
    response = question.kind.load_response(slot.response)
    explained = question.kind.explain(question.content, slot.order, response)
    shown = passages_shown(explained, [passages[version] for version in slot.passages if version in passages])
    return ReviewedSlot(slot, question, explained, shown)


def passages_shown(explained: Explained, passages: Sequence[PassageView]) -> tuple[PassageView, ...]:
    """The passages of the deciding words, and of the words that speak against what was given; marked in each.

    Words that do both are marked as deciding alone.
    """
    misread = [option.evidence for option in explained.options if option.chosen and not option.correct]
    mistaken = [part.evidence for part in explained.parts if part.given and not part.right]
    mine = [evidence for quotes in (*misread, *mistaken) for evidence in quotes]
    marked = []
    for passage in passages:
        deciding = [evidence.quote for evidence in explained.evidence if evidence.passage == passage.slug]
        against = [
            evidence.quote for evidence in mine if evidence.passage == passage.slug and evidence.quote not in deciding
        ]
        if deciding or against:
            marked.append(passage.marked(deciding, against))
    return tuple(marked)
