"""The forms of a class: its name, and a list of students."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

LONGEST_CLASS_NAME = 120


def _strip(value: str | None) -> str:
    return " ".join((value or "").replace("\x00", "").split())


class ClassForm(FlaskForm):
    """What a class is called."""

    class_name = StringField(
        _("Name of the class"),
        [
            DataRequired(_("Give the class a name, such as History 10b.")),
            Length(max=LONGEST_CLASS_NAME, message=_("At most 120 characters.")),
        ],
        filters=[_strip],
        description=_("Students see it, too."),
    )


class RosterForm(FlaskForm):
    """A list of students, as a file or as text."""

    file = FileField(_("A file"), description=_("CSV, as a spreadsheet saves it, or plain text."))
    roster = TextAreaField(
        _("Or the list as text"),
        description=_("One student a line, copied from a spreadsheet or typed."),
    )
