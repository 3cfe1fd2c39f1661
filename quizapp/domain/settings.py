"""How a quiz is run: its settings, apart from what it asks and the words it says of itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from quizapp.domain.certainty import CertaintyUse
from quizapp.domain.feedback import PRESETS, FeedbackPolicy
from quizapp.domain.grading import Grading
from quizapp.domain.quizzes import Mode


class QuizSettings(BaseModel):
    """The settings of a quiz, each with what holds where a quiz says nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    open_book: bool = False
    """The passages stand beside the question, without marks."""
    one_page: bool = False
    """All questions stand on one page."""
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    """Time limit."""
    closes: AwareDatetime | None = None
    """When the quiz takes no more attempts and answers."""
    attempts: Annotated[int, Field(ge=1, le=100)] | None = None
    """How often a student may take it."""
    grading: Grading = Grading.BEST
    """Which of several attempts counts."""
    shuffle_questions: bool = False
    shuffle_options: bool = True
    """Never those that have an order of their own, such as dates."""
    certainty: CertaintyUse = CertaintyUse.OFF
    feedback: FeedbackPolicy | None = None
    """None: what is usual for the mode."""

    def policy(self, mode: Mode) -> FeedbackPolicy:
        """When what is shown of an answer, in a quiz of this mode."""
        return self.feedback or PRESETS[mode]

    def is_closed(self, now: datetime, closes: datetime | None = None) -> bool:
        """Whether the quiz has closed; `closes` is when it closes for a student with more time."""
        end = closes or self.closes
        return end is not None and end < now

    def waits_in_vain(self) -> bool:
        """Whether something is to be shown only after a closing time that there is not, and so never would be."""
        return self.closes is None and self.feedback is not None and self.feedback.waits_for_closing()

    def plain(self) -> dict[str, object]:
        """As plain data, defaults left out."""
        return self.model_dump(mode="json", exclude_defaults=True)


def settings_in_force(quiz: Mapping[str, Any] | None, assignment: Mapping[str, Any] | None = None) -> QuizSettings:
    """A quiz's settings from plain data, with what an assignment of it sets differently; the usual ones of no quiz."""
    return QuizSettings.model_validate({**(quiz or {}), **(assignment or {})})
