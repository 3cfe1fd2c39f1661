"""Sharing a bank, a quiz or a class with other teachers: what its page shows, and what its one form does.

A page includes `teach/_shares.html` with what `shown_shares` gives as `sharing`. Its address for the form is a POST
view of its own that calls `share_by_form`, which adds a teacher, changes what they may do, or takes it away.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from quizapp.domain.access import Right
from quizapp.models import Share, db
from quizapp.services import sharing
from quizapp.services.accounts import find, normal_username
from quizapp.services.sharing import LastOwner, NotATeacher, Shared
from quizapp.web.teach.access import check_right, may
from quizapp.web.wording import RIGHT_NAMES

NONE = "none"
"""Sent as the right of a teacher who is to have none any more."""

Page = str | tuple[str, int] | Response


class ShareForm(FlaskForm):
    """A teacher, and what they are to be allowed."""

    username = StringField(
        _("Username of the teacher"),
        [DataRequired(_("Type the username of a teacher.")), Length(max=40, message=_("At most 40 characters."))],
        filters=[lambda value: (value or "").replace("\x00", "").strip()],
    )
    right = SelectField(
        _("May do"),
        [InputRequired(_("Choose what they may do."))],
        choices=[SelectChoice(right, name) for right, name in RIGHT_NAMES.items()],
        default=Right.VIEW,
        validate_choice=False,
    )

    def validate_right(self, field: SelectField) -> None:
        """One of the rights, or none."""
        if field.data not in (*Right, NONE):
            raise ValidationError(gettext("Choose what they may do."))


@dataclass(frozen=True)
class Sharing:
    """What `teach/_shares.html` shows: who has which right, and the form where this teacher may change that."""

    shares: Sequence[Share]
    everyone: Right | None
    form: ShareForm
    action: str
    may_share: bool

    @property
    def only_owner(self) -> int | None:
        """The id of the teacher who alone owns it, and whose right therefore stays; None where there are more."""
        owners = [share.user_id for share in self.shares if share.right is Right.OWN]
        return owners[0] if len(owners) == 1 else None


def shown_shares(thing: Shared, action: str, form: ShareForm | None = None) -> Sharing:
    """What the page shows; `action` is the address of the form, `form` one that was refused."""
    return Sharing(
        shares=sharing.shares_of(db.session(), thing),
        everyone=getattr(thing, "everyone", None),
        form=form or ShareForm(formdata=None),
        action=action,
        may_share=may(thing, Right.OWN),
    )


def share_by_form(thing: Shared, page: Callable[[ShareForm], str], here: str, away: str) -> Page:
    """Do what the form that was sent says, and commit.

    Owners may share; everybody may give up what they have themselves. `page` shows a form that was refused; `here` is
    the address to go on to, and `away` the one for who gave up their own right.
    """
    form = ShareForm()
    gives_up = form.right.data == NONE and normal_username(form.username.data or "") == current_user.username
    check_right(thing, Right.VIEW if gives_up else Right.OWN)
    if not form.validate_on_submit() or not _done(thing, form):
        return page(form), 422
    db.session.commit()
    return redirect(here if may(thing, Right.VIEW) else away, 303)


def _done(thing: Shared, form: ShareForm) -> bool:
    """Whether it could be done; else the form says why not."""
    try:
        if form.right.data == NONE:
            _take_away(thing, form.username.data)
        else:
            given = sharing.share(db.session(), thing, form.username.data, Right(form.right.data))
            flash(_given(given))
    except NotATeacher:
        form.username.errors = [
            gettext(
                "No teacher has the username “%(name)s”. Ask them how it is spelt; students cannot be added here.",
                name=form.username.data,
            )
        ]
    except LastOwner:
        form.form_errors.append(
            gettext("Somebody must own it. Make another teacher the owner first; then this can be changed.")
        )
    return not form.errors


def _given(given: Share) -> str:
    sentences: dict[Right, str] = {
        Right.VIEW: gettext("%(name)s may now look at it and use it.", name=given.user.display_name),
        Right.EDIT: gettext("%(name)s may now change it.", name=given.user.display_name),
        Right.OWN: gettext("%(name)s now owns it too.", name=given.user.display_name),
    }
    return sentences[given.right]


def _take_away(thing: Shared, username: str) -> None:
    found = find(db.session(), username) or abort(404)
    if sharing.unshare(db.session(), thing, found.id):
        flash(gettext("It is no longer shared with %(name)s.", name=found.display_name))
