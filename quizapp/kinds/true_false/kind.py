"""True or false: one statement to judge."""

from collections.abc import Sequence

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import Anatomy, BadResponse, Fields, Kind, Option, Prompt, single_value
from quizapp.kinds.choices import reason_in
from quizapp.kinds.content import Content, Model, Text
from quizapp.kinds.corrections import BadCorrection
from quizapp.kinds.explained import Explained, ExplainedOption

TRUE, FALSE = _("True"), _("False")


class TrueFalseContent(Content):
    """A statement; `if_true` and `if_false` are the feedback to who judged it so."""

    answer: bool
    if_true: Text
    if_false: Text


class Judged(Model):
    """The student's verdict on the statement."""

    verdict: bool


class TrueFalse(Kind[TrueFalseContent, Judged]):
    """True or false: one statement to judge."""

    name = "true_false"
    title = _("True or false")
    instruction = _("Is the statement true or false?")
    content_model = TrueFalseContent
    response_model = Judged
    corrected_by = frozenset({"key"})

    def prompt(self, content: TrueFalseContent, order: Sequence[int]) -> Prompt:
        """The statement, and always True before False."""
        return Prompt(self.name, content.stem, self.instruction, (Option("true", TRUE), Option("false", FALSE)))

    def read(self, content: TrueFalseContent, order: Sequence[int], fields: Fields) -> Judged | None:
        """The verdict ticked; None where none is."""
        value = single_value(fields, "answer")
        if value not in ("", "true", "false"):
            raise BadResponse(_("Choose true or false."))
        return Judged(verdict=value == "true") if value else None

    def given(self, content: TrueFalseContent, order: Sequence[int], response: Judged) -> tuple[str, ...]:
        """The verdict as its page value."""
        return ("true" if response.verdict else "false",)

    def mark(self, content: TrueFalseContent, response: Judged) -> float:
        """1 for the right verdict, else 0."""
        return 1.0 if response.verdict == content.answer else 0.0

    def guess_score(self, content: TrueFalseContent) -> float:
        """Half of the time."""
        return 0.5

    def explain(self, content: TrueFalseContent, order: Sequence[int], response: Judged | None) -> Explained:
        """Both verdicts with their reasons."""
        options = tuple(
            ExplainedOption(
                text=TRUE if verdict else FALSE,
                correct=verdict == content.answer,
                chosen=response is not None and response.verdict == verdict,
                feedback=content.if_true if verdict else content.if_false,
            )
            for verdict in (True, False)
        )
        return Explained(options=options, evidence=content.evidence)

    def anatomy(self, content: TrueFalseContent) -> Anatomy:
        """A statement; its two verdicts are no options to compare."""
        return Anatomy(verdict=content.answer)

    def with_key(self, content: TrueFalseContent, fields: Fields) -> TrueFalseContent:
        """The other verdict is right."""
        if single_value(fields, "key") != ("false" if content.answer else "true"):
            raise BadCorrection(_("Choose the verdict that is not the key already."))
        said = {
            "if_true": reason_in(fields, 0) or content.if_true,
            "if_false": reason_in(fields, 1) or content.if_false,
        }
        return TrueFalseContent.model_validate({**content.model_dump(), "answer": not content.answer, **said})
