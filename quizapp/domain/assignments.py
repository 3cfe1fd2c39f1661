"""The dates of an assignment: which of them fit together, and where an assignment stands among them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from quizapp.domain.lateness import LatePolicy
from quizapp.domain.settings import QuizSettings
from quizapp.domain.wording import mark_for_translation as _


class AssignmentRefused(ValueError):
    """An assignment that cannot be as asked: `field` is where to mend it, the text says what and how."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True)
class Dates:
    """When an assignment can be begun, is due and closes; None where there is no such date.

    `late_percent`, 1–100, is taken off for each day begun where the policy is to deduct, and 0 elsewhere. Raises
    AssignmentRefused for dates that do not follow one another, or a policy that has no date to go by.
    """

    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    late: LatePolicy = LatePolicy.ACCEPT
    late_percent: int = 0

    def __post_init__(self) -> None:
        """Check them, and close with the due date where late work is refused."""
        if self.due is None and self.late is not LatePolicy.ACCEPT:
            raise AssignmentRefused("due", _("Say when it is due: what is done with late work goes by that date."))
        if self.late is LatePolicy.DEDUCT and not 1 <= self.late_percent <= 100:
            raise AssignmentRefused("late_percent", _("Say how much is taken off for each day: from 1 to 100 percent."))
        if self.late is LatePolicy.REFUSE:
            self._close_when_due()
        if self.late is not LatePolicy.DEDUCT:
            object.__setattr__(self, "late_percent", 0)
        self._refuse_disorder()

    def _close_when_due(self) -> None:
        if self.closes is not None and self.closes != self.due:
            raise AssignmentRefused(
                "closes", _("Late work is refused, so it closes when it is due: leave this empty, or take late work.")
            )
        object.__setattr__(self, "closes", self.due)

    def _refuse_disorder(self) -> None:
        if self.opens and self.due and self.due <= self.opens:
            raise AssignmentRefused("due", _("It would be due before it opens: choose a later due date."))
        if self.opens and self.closes and self.closes <= self.opens:
            raise AssignmentRefused("closes", _("It would close before it opens: choose a later time to close."))
        if self.due and self.closes and self.closes < self.due:
            raise AssignmentRefused("closes", _("It would close before it is due: choose a later time to close."))


def check_feedback(settings: QuizSettings) -> None:
    """Raise AssignmentRefused where something is shown only after a closing that never comes."""
    if settings.waits_in_vain():
        raise AssignmentRefused(
            "feedback", _("What is shown after closing would never be shown: say above when it closes.")
        )


class Phase(StrEnum):
    """Where an assignment stands among its dates."""

    UPCOMING = "upcoming"
    OPEN = "open"
    LATE = "late"
    """Past its due date, and still taken."""
    CLOSED = "closed"


def phase(opens: datetime | None, due: datetime | None, closes: datetime | None, now: datetime) -> Phase:
    """Where it stands; `due` and `closes` are a student's own, or everybody's for the teacher."""
    if closes is not None and closes < now:
        return Phase.CLOSED
    if opens is not None and now < opens:
        return Phase.UPCOMING
    return Phase.LATE if due is not None and due < now else Phase.OPEN
