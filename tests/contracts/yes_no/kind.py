"""Yes or no: a kind made for the tests, to show what a kind consists of."""

from collections.abc import Sequence

from quizapp.kinds.base import BadResponse, Fields, Kind, Prompt, single_value
from quizapp.kinds.content import Content, Model
from quizapp.kinds.explained import Explained


class YesNoContent(Content):
    """Whether yes is right."""

    yes_is_right: bool


class Said(Model):
    """What was said."""

    yes: bool


class YesNo(Kind[YesNoContent, Said]):
    """Yes or no."""

    name = "yes_no"
    title = "Yes or no"
    instruction = "Say yes or no."
    content_model = YesNoContent
    response_model = Said

    def prompt(self, content: YesNoContent, order: Sequence[int]) -> Prompt:
        """The stem alone."""
        return Prompt(self.name, content.stem, self.instruction)

    def read(self, content: YesNoContent, order: Sequence[int], fields: Fields) -> Said | None:
        """The word said."""
        value = single_value(fields, "answer")
        if value not in ("", "yes", "no"):
            raise BadResponse("Say yes or no.")
        return Said(yes=value == "yes") if value else None

    def given(self, content: YesNoContent, order: Sequence[int], response: Said) -> tuple[str, ...]:
        """The word said."""
        return ("yes" if response.yes else "no",)

    def mark(self, content: YesNoContent, response: Said) -> float:
        """1 for the right word."""
        return float(response.yes == content.yes_is_right)

    def explain(self, content: YesNoContent, order: Sequence[int], response: Said | None) -> Explained:
        """The word said beside the right one."""
        given = "" if response is None else "yes" if response.yes else "no"
        return Explained(given=given, key=("yes" if content.yes_is_right else "no",), evidence=content.evidence)
