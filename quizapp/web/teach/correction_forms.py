"""The forms of corrections. What a kind asks beside these stands on its own page part and is read by the kind."""

from collections.abc import Sequence

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from quizapp.models import Deed
from quizapp.services.corrections.proposals import MOST_CHARACTERS, Proposal
from quizapp.web.numbers import LARGEST


class CorrectionForm(FlaskForm):
    """Why, and how far it may go."""

    reason = TextAreaField(
        _("Why, in words for the students"),
        description=_("They read it beside their answer, once they may see the right one."),
        validators=[
            DataRequired(_("Say why, in words for the students.")),
            Length(max=MOST_CHARACTERS, message=_("Shorten this to 2,000 characters.")),
        ],
    )
    explanation = TextAreaField(
        _("Explanation of the new version"),
        description=_("Shown after the answer, the one before beside it. Change it where it speaks of the old key."),
        validators=[Length(max=2 * MOST_CHARACTERS, message=_("Shorten this to 4,000 characters."))],
    )
    lowers = BooleanField(_("Marks may fall by it"))
    retires = BooleanField(_("Take the question out of use"))
    seen = HiddenField()


def deed_of(value: str | None) -> Deed | None:
    """The deed of this name; None for another word."""
    return Deed(value) if value in set(Deed) else None


def numbers(values: Sequence[str]) -> tuple[int, ...]:
    """Those of the values that can be ids."""
    found = (int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 12)
    return tuple(number for number in found if number <= LARGEST)


def proposal_of(form: CorrectionForm, deed: Deed) -> Proposal:
    """What the form proposes."""
    sent = request.form
    fields = {name: values for name, values in sent.lists() if name != "csrf_token"}
    by = numbers(sent.getlist("by"))
    return Proposal(
        deed,
        versions=numbers(sent.getlist("versions")),
        reason=(form.reason.data or "").replace("\r\n", "\n").replace("\x00", "").strip(),
        by=by[0] if deed is Deed.KEY and by else None,
        fields=_with_suggested(sent, fields),
        explanation=(form.explanation.data or "").replace("\x00", ""),
        lowers=form.lowers.data,
        retires=form.retires.data,
    )


def _with_suggested(sent: MultiDict[str, str], fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """An answer that was picked from those given stands for one typed, unless one was typed."""
    blank, bar, text = sent.get("suggested", "").partition("|")
    if bar and not sent.get("accepted", "").strip():
        fields["accepted"] = [text]
        fields["blank"] = [blank]
    return fields
