"""Short answer: a name or a few words, typed; small slips are forgiven."""

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import Anatomy, Fields, Kind, Prompt, single_value
from quizapp.kinds.content import Content, Model, Text
from quizapp.kinds.corrections import Accepted, BadCorrection
from quizapp.kinds.explained import Explained
from quizapp.kinds.typed_answers import (
    WrongAnswer,
    fold_answer,
    is_accepted,
    known_wrong,
    lines_of,
    refuse_accepted_wrong_answers,
    still_rejected,
)


class ShortAnswerContent(Content):
    """`accept` lists every right answer, the best form first; `reject` the tempting wrong ones."""

    accept: Annotated[tuple[Text, ...], Field(min_length=1)]
    reject: tuple[WrongAnswer, ...] = ()

    @model_validator(mode="after")
    def _wrong_answers_are_wrong(self) -> Self:
        refuse_accepted_wrong_answers(self.accept, self.reject)
        return self

    def _rejected(self) -> list[str]:
        return [wrong.text for wrong in self.reject]

    def accepts(self, answer: str) -> bool:
        """Whether `answer` is right, slips forgiven."""
        return is_accepted(answer, self.accept, self._rejected())

    def feedback_on(self, answer: str) -> str:
        """Why a known wrong answer is wrong; empty for any other."""
        wrong = known_wrong(answer, self._rejected())
        return next((entry.feedback for entry in self.reject if entry.text == wrong), "")


class Typed(Model):
    """The answer as typed."""

    text: Text


class ShortAnswer(Kind[ShortAnswerContent, Typed]):
    """Short answer: a name or a few words, typed; small slips are forgiven."""

    name = "short_answer"
    title = _("Short answer")
    instruction = _("Type a name or a few words. Small slips of spelling are forgiven.")
    content_model = ShortAnswerContent
    response_model = Typed
    corrected_by = frozenset({"key", "accept"})

    def prompt(self, content: ShortAnswerContent, order: Sequence[int]) -> Prompt:
        """The stem alone."""
        return Prompt(self.name, content.stem, self.instruction)

    def read(self, content: ShortAnswerContent, order: Sequence[int], fields: Fields) -> Typed | None:
        """The words typed; None where there are none."""
        text = single_value(fields, "answer")
        return Typed(text=text) if text else None

    def given(self, content: ShortAnswerContent, order: Sequence[int], response: Typed) -> tuple[str, ...]:
        """The words typed."""
        return (response.text,)

    def mark(self, content: ShortAnswerContent, response: Typed) -> float:
        """1 for an accepted answer, slips forgiven; else 0."""
        return 1.0 if content.accepts(response.text) else 0.0

    def explain(self, content: ShortAnswerContent, order: Sequence[int], response: Typed | None) -> Explained:
        """The words typed beside the accepted ones."""
        given = response.text if response else ""
        right = bool(given) and content.accepts(given)
        feedback = "" if right or not given else content.feedback_on(given)
        return Explained(given=given, key=content.accept, feedback=feedback, evidence=content.evidence, right=right)

    def anatomy(self, content: ShortAnswerContent) -> Anatomy:
        """Every accepted form is a key."""
        return Anatomy(keys=content.accept)

    def is_same(self, content: ShortAnswerContent, response: Typed, other: Typed) -> bool:
        """Whatever the case and the accents."""
        return fold_answer(response.text) == fold_answer(other.text)

    def with_key(self, content: ShortAnswerContent, fields: Fields) -> ShortAnswerContent:
        """These answers are right, and no others."""
        accept = lines_of(fields, "accept")
        if not accept:
            raise BadCorrection(_("Give at least one accepted answer."))
        if accept == content.accept:
            raise BadCorrection(_("These answers are accepted already: change the list."))
        return _accepting(content, accept)

    def accepted(self, content: ShortAnswerContent, fields: Fields) -> Accepted:
        """One more answer in the list."""
        text = single_value(fields, "accepted")
        if not text:
            raise BadCorrection(_("Type the answer that should be accepted too."))
        if content.accepts(text):
            raise BadCorrection(_("This answer is accepted already."))
        return Accepted(content=_accepting(content, (*content.accept, text)))


def _accepting(content: ShortAnswerContent, accept: tuple[str, ...]) -> ShortAnswerContent:
    """With these answers accepted; what was listed as wrong and is right now is listed no more."""
    reject = still_rejected(content.reject, accept)
    return ShortAnswerContent.model_validate({**content.model_dump(), "accept": accept, "reject": reject})
