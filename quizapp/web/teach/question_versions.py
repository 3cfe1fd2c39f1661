"""The versions of a question: listed, compared, made current again."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.domain.differences import Change, word_difference
from quizapp.kinds.content import Path
from quizapp.kinds.fields import fields_of
from quizapp.models import Question, db
from quizapp.services import authoring
from quizapp.services.questions import versions
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import may, question_or_404
from quizapp.web.teach.field_words import PART_NAMES, field_name, words_of

_NO_LONGER = {
    "evidence": _("Its evidence no longer stands in the passages: “%(what)s”."),
    "claims": _("The bank no longer registers the claims it names: %(what)s."),
    "objective": _("The bank has no objective %(what)s any more."),
    "kind": _("There is no kind of question %(what)s any more."),
    "content": _("It no longer is a whole question of its kind."),
}


@dataclass(frozen=True)
class ComparedField:
    """A field that two versions differ in."""

    name: str
    changes: list[Change]


@bp.get("/questions/<int:question_id>/versions")
@open_to(Audience.TEACHERS)
def question_versions(question_id: int) -> str:
    """The versions of a question; two of them compared where the address names them."""
    question = question_or_404(question_id)
    rows = versions.versions_of(db.session(), question)
    numbers = [row.number for row in rows]
    earlier, later = _asked("from"), _asked("to")
    both = earlier in numbers and later in numbers and earlier != later
    if not both:
        later = numbers[0]
        earlier = numbers[1] if len(numbers) > 1 else later
    return render_template(
        "teach/question_versions.html",
        bank=question.bank,
        question=question,
        rows=rows,
        earlier=earlier,
        later=later,
        fields=_compared(question, earlier, later) if both else None,
        part_names=PART_NAMES,
        may_edit=may(question.bank, Right.EDIT),
    )


def _asked(name: str) -> int:
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _compared(question: Question, earlier: int, later: int) -> list[ComparedField]:
    before, after = (
        {field.place: field.value for field in fields_of(whole)}
        for whole in (
            versions.whole_of(versions.version_numbered(question, earlier)),
            versions.whole_of(versions.version_numbered(question, later)),
        )
    )
    places: list[Path] = list(dict.fromkeys([*after, *before]))
    return [
        ComparedField(
            field_name(place),
            word_difference(
                words_of(question.bank, place, before.get(place)), words_of(question.bank, place, after.get(place))
            ),
        )
        for place in places
        if before.get(place) != after.get(place)
    ]


@bp.post("/questions/<int:question_id>/versions/<int:number>/restore")
@open_to(Audience.TEACHERS)
def restore_version(question_id: int, number: int) -> Response:
    """Make an earlier version current again, as a new one."""
    question = question_or_404(question_id, Right.EDIT)
    typed = request.form.get("seen_version", "")
    seen = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    try:
        changed = versions.restore(db.session(), question, number, seen, current_user.id, utcnow())
    except versions.NoSuchVersion:
        abort(404)
    except authoring.ChangedMeanwhile:
        says = gettext("Somebody has saved a newer version meanwhile. Look at it first, then restore.")
    except versions.NoLongerFits as error:
        why = str(_NO_LONGER[error.why]) % {"what": error.what}
        says = gettext("Version %(number)s cannot be restored.", number=number) + f" {why}"
    else:
        now = question.current.number
        db.session.commit()
        says = (
            gettext("Version %(old)s is restored, as version %(new)s; past attempts keep theirs.", old=number, new=now)
            if changed
            else gettext("Version %(number)s says the same as the current one, so nothing was done.", number=number)
        )
    db.session.rollback()
    flash(says)
    return redirect(url_for(".question_versions", question_id=question_id), 303)
