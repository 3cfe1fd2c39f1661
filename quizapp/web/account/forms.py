"""Forms of the account pages. They check shape; whether a name is free is the service's to say."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Regexp, ValidationError

from quizapp.domain.easy_passwords import is_easy
from quizapp.domain.usernames import may_be_username
from quizapp.services.accounts import normal_username
from quizapp.services.leaving import Remains
from quizapp.services.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD

_SITE = "Read Closely"


def _new_password(label: Any, missing: Any, hint: Any) -> PasswordField:
    """A field for a password that is chosen: any signs, long enough, and not one of those guessed first."""
    length = Length(SHORTEST_PASSWORD, LONGEST_PASSWORD, _("A password has 10 to 200 characters."))
    return PasswordField(label, [InputRequired(missing), length], description=hint)


def _check_hard_to_guess(password: str, about: Sequence[str | None]) -> None:
    if is_easy(password, [_SITE, *filter(None, about)]):
        raise ValidationError(
            _(
                "This password is guessed too easily: it is made of your name, common words, rows of keys, years or "
                "the same signs again. Choose another."
            )
        )


def _strip(value: str | None) -> str:
    return (value or "").replace("\0", "").strip()


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
    password = _new_password(
        _("Password"),
        _("Choose a password."),
        _("At least 10 characters. A few words are easier to keep than a riddle."),
    )

    def validate_username(self, field: Field) -> None:
        """Also in the form in which it is kept: small letters can be more than the capitals they come from."""
        if not may_be_username(normal_username(field.data)):
            raise ValidationError(_("Use plain letters: some of these become others, or more, in small letters."))

    def validate_password(self, field: Field) -> None:
        """Not one that is guessed first."""
        _check_hard_to_guess(field.data, (self.username.data, self.display_name.data))


class ChosenPasswordForm(FlaskForm):
    """A password chosen by a one-time link, by the person whose names `about` gives."""

    password = _new_password(
        _("New password"),
        _("Choose a password."),
        _("At least 10 characters. A few words are easier to keep than a riddle."),
    )

    def __init__(self, about: Sequence[str | None] = (), **options: Any) -> None:
        super().__init__(**options)
        self._about = about

    def validate_password(self, field: Field) -> None:
        """Not one that is guessed first."""
        _check_hard_to_guess(field.data, self._about)


class FirstPasswordForm(FlaskForm):
    """A password for somebody who has none and signs in elsewhere, whose names `about` gives."""

    new = _new_password(
        _("New password"),
        _("Choose a new password."),
        _("At least 10 characters. A few words are easier to keep than a riddle."),
    )

    def __init__(self, about: Sequence[str | None] = (), **options: Any) -> None:
        super().__init__(**options)
        self._about = about

    def validate_new(self, field: Field) -> None:
        """Not one that is guessed first."""
        _check_hard_to_guess(field.data, self._about)


class PasswordForm(FirstPasswordForm):
    """The old password and the new one."""

    current = PasswordField(_("Password now"), [InputRequired(_("Type the password you have now."))])
    new = _new_password(
        _("New password"),
        _("Choose a new password."),
        _("At least 10 characters. You stay signed in here and are signed out everywhere else."),
    )


class ConnectionForm(FlaskForm):
    """The password once more, before a provider may let somebody into the account."""

    password = PasswordField(
        _("Password"), [InputRequired(_("Type your password."))], id="connection-password", name="password"
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
