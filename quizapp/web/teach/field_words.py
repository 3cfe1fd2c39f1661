"""The fields of a question in a teacher's words, for comparing versions."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from quizapp.kinds import KINDS
from quizapp.kinds.content import Path
from quizapp.kinds.fields import Part, label_of, number_of, text_of
from quizapp.models import Bank
from quizapp.web.wording import FRAME_NAMES, LEVEL_NAMES, STATUS_NAMES

PART_NAMES = {
    Part.KIND: _("the kind"),
    Part.PLAN: _("its place in the plan"),
    Part.STEM: _("the question"),
    Part.KEY: _("the key"),
    Part.ANSWERS: _("the answers offered"),
    Part.REASONS: _("the reasons"),
    Part.EXPLANATION: _("the explanation"),
    Part.EVIDENCE: _("the evidence"),
    Part.REFERENCES: _("the references"),
    Part.BESIDE: _("section, status or tags"),
}


def field_name(place: Path) -> str:
    """What the field at a place is called."""
    return str(gettext(label_of(place), number=number_of(place)))


def words_of(bank: Bank, place: Path, value: Any) -> str:
    """A field's value as a teacher reads it."""
    if value is None:
        return ""
    if place == ("kind",):
        return _kind_words(value)
    if place in (("tags",), ("claims",)):
        return ", ".join(value)
    names = _names(bank, place)
    if names:
        return str(names.get(value, value))
    return _yes_or_no(value) if isinstance(value, bool) else text_of(value)


def _names(bank: Bank, place: Path) -> Mapping[Any, Any]:
    """What the values of a field are called, where they have names."""
    match place:
        case ("frame",):
            return FRAME_NAMES
        case ("level",):
            return LEVEL_NAMES
        case ("status",):
            return STATUS_NAMES
        case ("objective",):
            return {known.number: f"{known.number}. {known.text}" for known in bank.objectives}
        case ("section",):
            return {known.slug: known.title for known in bank.source.sections}
    return {}


def _yes_or_no(value: bool) -> str:
    return str(gettext("yes") if value else gettext("no"))


def _kind_words(value: Any) -> str:
    """A kind by its title, with its own fields where they come with it."""
    name = value["kind"] if isinstance(value, dict) else value
    title = str(gettext(KINDS[name].title)) if name in KINDS else str(name)
    own = [] if isinstance(value, str) else [text_of(part) for key, part in value.items() if key != "kind"]
    return "\n".join([title, *(text for text in own if text)])
