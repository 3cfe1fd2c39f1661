"""The review: each answer beside the key, with the reasons and the passages as they were when the attempt began.

What the feedback policy holds back is taken out here, so that no template can show it by mistake.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from quizapp.domain.certainty import CertaintyUse
from quizapp.domain.feedback import Aspect
from quizapp.kinds.content import Content
from quizapp.kinds.corrections import is_accepted
from quizapp.kinds.explained import Explained
from quizapp.services.attempts.pinned import PinnedQuestion, pinned_passages
from quizapp.services.attempts.showing import SlotState, questions_in
from quizapp.services.reading import PassageView


@dataclass(frozen=True)
class ReviewedSlot:
    """One question after its answer, as far as `shown` goes.

    `explained` and `reasons` are by the version that a correction says to mark by, else by the version asked;
    `before` is what the version asked says, where that is another and the key may be told.
    """

    slot: SlotState
    question: PinnedQuestion
    explained: Explained
    passages: tuple[PassageView, ...]
    shown: frozenset[Aspect]
    reasons: Content
    before: Explained | None = None

    @property
    def verdict(self) -> str:
        """`right`, `partly`, `wrong`, `blank`, `waiting` for a teacher's mark, `void`, or `unknown`: not shown."""
        if not self.slot.answered:
            return "blank"
        if Aspect.CORRECTNESS not in self.shown:
            return "unknown"
        if not self.slot.counts:
            return "void"
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
        return self.slot.earned(self.fraction).marks(use)

    def most_marks(self, use: CertaintyUse) -> float:
        """The marks it could earn."""
        return self.slot.earned(None).most(use)

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
    return [_reviewed(slot, questions, passages, shown(slot)) for slot in slots]


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
    slot: SlotState,
    questions: dict[int, PinnedQuestion],
    passages: dict[int, PassageView],
    shown: frozenset[Aspect],
) -> ReviewedSlot:
    question = questions[slot.version_id]
    response = question.kind.load_response(slot.response)
    asked = question.kind.explain(question.content, slot.order, response)
    reasons, explained = _corrected(slot, questions, asked)
    beside = [passages[version] for version in slot.passages if version in passages]
    marked = passages_shown(explained, beside) if Aspect.EVIDENCE in shown else ()
    if Aspect.NOTE not in shown:
        marked = tuple(replace(passage, notes=()) for passage in marked)
    before = asked.limited_to(shown) if reasons is not question.content and Aspect.KEY in shown else None
    return ReviewedSlot(slot, question, explained.limited_to(shown), marked, shown, reasons, before)


def _corrected(slot: SlotState, questions: dict[int, PinnedQuestion], asked: Explained) -> tuple[Content, Explained]:
    """The reasons as they stand since a correction, and the answer beside them; as they were `asked` without one."""
    ruling, question = slot.correction, questions[slot.version_id]
    kind, content = question.kind, question.content
    if ruling is None:
        return content, asked
    response = kind.load_response(slot.response)
    if response is not None and is_accepted(kind, content, response, ruling):
        return content, _accepted(asked)
    by = None if ruling.by_version is None else questions[ruling.by_version].content
    carry = None if by is None else kind.carry(content, by, ruling.dropped)
    if by is None or carry is None:
        return content, asked
    answer = None if response is None else kind.carry_response(response, carry)
    return by, kind.explain(by, kind.carry_order(by, slot.order, carry), answer)


def _accepted(explained: Explained) -> Explained:
    """The answer given as a right one."""
    options = tuple(replace(option, correct=option.correct or option.chosen) for option in explained.options)
    right = None if explained.right is None else True
    return replace(explained, options=options, right=right, feedback="")


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
