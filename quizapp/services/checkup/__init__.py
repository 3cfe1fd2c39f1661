"""Looking an installation over, without changing anything: what is in order, what to look at, and what to mend."""

from quizapp.services.checkup.content import look_at_content
from quizapp.services.checkup.findings import Finding, State
from quizapp.services.checkup.places import look_at_places
from quizapp.services.checkup.settings import look_at_settings

__all__ = ["Finding", "State", "look_at_content", "look_at_places", "look_at_settings"]
