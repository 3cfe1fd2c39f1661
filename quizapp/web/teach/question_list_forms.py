"""Forms of the list of questions: what it is narrowed to, and what is done to many at once."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from quizapp.domain.quizzes import FRAMES, LEVELS, Status
from quizapp.kinds import KINDS
from quizapp.models import Bank
from quizapp.services.questions.listing import ListFilter
from quizapp.web.wording import FRAME_NAMES, LEVEL_NAMES, STATUS_NAMES

NAMES = ("words", "section", "objective", "level", "kind", "frame", "status", "tag", "reports", "evidence", "figures")


class ListForm(FlaskForm):
    """The list of questions, narrowed; sent by GET, so that the address can be kept."""

    class Meta:
        """No token: it changes nothing."""

        csrf = False

    words = StringField(_("Words"))
    section = SelectField(_("Section"), validate_choice=False)
    objective = SelectField(_("Objective"), validate_choice=False)
    level = SelectField(_("Level"), validate_choice=False)
    kind = SelectField(_("Kind"), validate_choice=False)
    frame = SelectField(_("Frame"), validate_choice=False)
    status = SelectField(_("Status"), validate_choice=False)
    tag = SelectField(_("Tag"), validate_choice=False)
    reports = SelectField(_("Problem reports"), validate_choice=False)
    evidence = SelectField(_("Evidence"), validate_choice=False)
    figures = SelectField(_("Statistics"), validate_choice=False)

    def choose_from(self, bank: Bank, tags: Sequence[str]) -> None:
        """Offer everything, and any."""
        everything = SelectChoice("", _("any"))
        self.section.choices = [everything, *(SelectChoice(s.slug, s.title) for s in bank.source.sections)]
        self.objective.choices = [
            everything,
            *(SelectChoice(str(o.number), f"{o.number}. {o.text}") for o in bank.objectives),
        ]
        self.level.choices = [everything, *(SelectChoice(level, LEVEL_NAMES[level]) for level in LEVELS)]
        self.kind.choices = [everything, *(SelectChoice(k.name, _(k.title)) for k in KINDS.values())]
        self.frame.choices = [everything, *(SelectChoice(frame, FRAME_NAMES[frame]) for frame in FRAMES)]
        self.status.choices = [everything, *(SelectChoice(s, STATUS_NAMES[s]) for s in Status)]
        self.tag.choices = [everything, *(SelectChoice(tag, tag) for tag in tags)]
        self.reports.choices = [everything, SelectChoice("open", _("has open ones"))]
        self.evidence.choices = [everything, SelectChoice("orphaned", _("no longer in the passages"))]
        self.figures.choices = [
            everything,
            SelectChoice("flagged", _("flagged")),
            SelectChoice("hard", _("hard")),
            SelectChoice("easy", _("easy")),
            SelectChoice("none", _("none yet")),
        ]

    def wanted(self) -> ListFilter:
        """What is asked for."""
        return ListFilter(**{name: str(self[name].data or "").replace("\x00", "") for name in NAMES})
