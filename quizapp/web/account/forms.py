"""Forms of the account pages. They check shape; whether a name is free is the service's to say."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from quizapp.services.leaving import Remains
from quizapp.services.passwords import SHORTEST_PASSWORD


def _strip(value: str | None) -> str:
    return (value or "").strip()


class SignInForm(FlaskForm):
    """Name and password."""

    username = StringField(_("Username"), [DataRequired(_("Type your username."))], filters=[_strip])
    password = PasswordField(_("Password"), [InputRequired(_("Type your password."))])


class NewAccountForm(FlaskForm):
    """What an account needs; no e-mail address."""

    username = StringField(
        _("Username"),
        [
            DataRequired(_("Choose a username.")),
            Length(3, 40, _("A username has 3 to 40 characters.")),
            Regexp(r"^[\w.-]+$", message=_("Use letters, digits, dots, hyphens and underscores only.")),
        ],
        filters=[_strip],
        description=_("You sign in with it. Letters, digits, dots, hyphens and underscores."),
    )
    display_name = StringField(
        _("Name shown"),
        [DataRequired(_("Say how you want to be called.")), Length(max=80, message=_("At most 80 characters."))],
        filters=[_strip],
        description=_("What you, and your teacher, see on the pages."),
    )
    password = PasswordField(
        _("Password"),
        [
            InputRequired(_("Choose a password.")),
            Length(SHORTEST_PASSWORD, 200, _("A password has 10 to 200 characters.")),
        ],
        description=_("At least 10 characters. A few words are easier to keep than a riddle."),
    )


class ChosenPasswordForm(FlaskForm):
    """A password chosen by a one-time link."""

    password = PasswordField(
        _("New password"),
        [
            InputRequired(_("Choose a password.")),
            Length(SHORTEST_PASSWORD, 200, _("A password has 10 to 200 characters.")),
        ],
        description=_("At least 10 characters. A few words are easier to keep than a riddle."),
    )


class PasswordForm(FlaskForm):
    """The old password and the new one."""

    current = PasswordField(_("Password now"), [InputRequired(_("Type the password you have now."))])
    new = PasswordField(
        _("New password"),
        [
            InputRequired(_("Choose a new password.")),
            Length(SHORTEST_PASSWORD, 200, _("A password has 10 to 200 characters.")),
        ],
        description=_("At least 10 characters. You stay signed in here and are signed out everywhere else."),
    )


class DeletionForm(FlaskForm):
    """What is to stay, and the password."""

    remains = RadioField(
        _("What is to happen with what you did here?"),
        [InputRequired(_("Choose one of the two."))],
        choices=[
            SelectChoice(Remains.NOTHING, _("Delete everything I did")),
            SelectChoice(Remains.ATTEMPTS, _("Keep my attempts without my name")),
        ],
    )
    password = PasswordField(_("Password"), [InputRequired(_("Type your password."))])
