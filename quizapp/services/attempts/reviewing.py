"""The review: each answer beside the key, with the reasons and the passages as they were when the attempt began.

What the feedback policy holds back is taken out here, so that no template can show it by mistake.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from quizapp.domain.certainty import CertaintyUse, most_by_certainty
from quizapp.domain.feedback import Aspect
from quizapp.domain.grading import Earned
from quizapp.kinds.explained import Explained
from quizapp.services.attempts.pinned import PinnedQuestion, pinned_passages
from quizapp.services.attempts.showing import SlotState, questions_in
from quizapp.services.reading import PassageView


@dataclass(frozen=True)
class ReviewedSlot:
    """One question after its answer, as far as `shown` goes."""

    slot: SlotState
    question: PinnedQuestion
    explained: Explained
    passages: tuple[PassageView, ...]
    shown: frozenset[Aspect]

    @property
    def verdict(self) -> str:
        """`right`, `partly`, `wrong`, `blank`, `waiting` for a teacher's mark, or `unknown` where it is not shown."""
        if not self.slot.answered:
            return "blank"
        if Aspect.CORRECTNESS not in self.shown:
            return "unknown"
        if self.slot.fraction is None:
            return "waiting"
        return "right" if self.slot.fraction >= 1 else "partly" if self.slot.fraction > 0 else "wrong"

    @property
    def fraction(self) -> float | None:
        """The share earned, 0–1; None where it is not shown or not known yet."""
        return self.slot.fraction if Aspect.MARK in self.shown else None

    def marks(self, use: CertaintyUse) -> float | None:
        """The marks earned, where certainty is used so; None where they are not shown or not known yet."""
        if self.fraction is None:
            return None
        return Earned(self.fraction, self.slot.max_mark, self.slot.certainty, self.slot.answered).marks(use)

    def most_marks(self, use: CertaintyUse) -> float:
        """The marks it could earn."""
        return self.slot.max_mark * most_by_certainty(use)

    @property
    def points(self) -> dict[int, int]:
        """The teacher's points by the criterion's place from 0; empty where there are none or they are not shown."""
        return dict(enumerate(self.slot.points)) if Aspect.MARK in self.shown else {}

    @property
    def sure_but_wrong(self) -> bool:
        """Whether the student was sure of an answer that is wrong."""
        return self.slot.certainty == 3 and self.verdict == "wrong"


def review_slots(
    session: Session, slots: Sequence[SlotState], shown: Callable[[SlotState], frozenset[Aspect]]
) -> list[ReviewedSlot]:
    """The slots with what there is to learn from them, as far as `shown` says of each."""
    questions = questions_in(session, slots)
    passages = pinned_passages(session, {version for slot in slots for version in slot.passages})
    return [_reviewed(slot, questions[slot.version_id], passages, shown(slot)) for slot in slots]


def sure_but_wrong(reviewed: Sequence[ReviewedSlot]) -> tuple[int, ...]:
    """The positions of the wrong answers of which the student was sure: the first thing to look at."""
    return tuple(item.slot.position for item in reviewed if item.sure_but_wrong)


def worth_rereading(reviewed: Sequence[ReviewedSlot]) -> list[tuple[PassageView, tuple[int, ...]]]:
    """The passages that decide the questions known to be not fully right, each with the positions of those questions.

    Nothing where evidence is held back, because the passage is part of it.
    """
    positions: dict[str, list[int]] = {}
    passages: dict[str, PassageView] = {}
    for item in reviewed:
        if item.verdict in ("partly", "wrong", "blank") and item.passages and Aspect.EVIDENCE in item.shown:
            passage = item.passages[0]
            passages.setdefault(passage.slug, passage)
            positions.setdefault(passage.slug, []).append(item.slot.position)
    return [(passages[slug], tuple(places)) for slug, places in positions.items()]


def _reviewed(
    slot: SlotState, question: PinnedQuestion, passages: dict[int, PassageView], shown: frozenset[Aspect]
) -> ReviewedSlot:
    response = question.kind.load_response(slot.response)
    explained = question.kind.explain(question.content, slot.order, response)
    beside = [passages[version] for version in slot.passages if version in passages]
    marked = passages_shown(explained, beside) if Aspect.EVIDENCE in shown else ()
    if Aspect.NOTE not in shown:
        marked = tuple(replace(passage, notes=()) for passage in marked)
    return ReviewedSlot(slot, question, explained.limited_to(shown), marked, shown)


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


def everything(_slot: SlotState) -> frozenset[Aspect]:
    """What a teacher sees of any answer."""
    return frozenset(Aspect)
