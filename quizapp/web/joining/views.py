"""The code, the class it leads to, and joining it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import DataRequired

from quizapp.domain.access import Audience
from quizapp.domain.codes import normal_text
from quizapp.models import Classroom, User, db
from quizapp.services.classes import joining
from quizapp.services.classes.classrooms import owners_of
from quizapp.services.classes.joining import CannotJoin, Obstacle
from quizapp.web.clock import utcnow
from quizapp.web.guard import only_reads, open_to
from quizapp.web.joining import bp
from quizapp.web.tries import is_nobody_yet, own_account, tries_limited

Page = str | tuple[str, int] | Response
LONGEST_TYPED = 100


class CodeForm(FlaskForm):
    """A join code as it is typed."""

    code = StringField(
        _("Code of the class"),
        [DataRequired(_("Type the code that your teacher gave you."))],
        description=_("Letters and digits. Capitals, spaces and dashes do not matter."),
    )


@bp.route("", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
@only_reads
@tries_limited(own_account, "JOIN_LIMIT", unless=is_nobody_yet)
def enter() -> Page:
    """Type the code of a class."""
    form = CodeForm()
    if form.validate_on_submit():
        typed = form.code.data[:LONGEST_TYPED]
        if joining.class_with_code(db.session(), typed) is not None:
            return redirect(url_for(".classroom", code=normal_text(typed)), 303)
        form.code.errors = [_no_such_code()]
    return render_template("joining/code.html", form=form), 422 if form.errors else 200


@bp.get("/<code>")
@open_to(Audience.EVERYONE)
@tries_limited(own_account, "JOIN_LIMIT", ("GET",), unless=is_nobody_yet)
def classroom(code: str) -> Page:
    """The class a code leads to, who teaches it, and the question whether to join."""
    found = joining.class_with_code(db.session(), code[:LONGEST_TYPED])
    return _unknown(code) if found is None else _page(found)


@bp.post("/<code>")
@open_to(Audience.ACCOUNTS)
@tries_limited(own_account, "JOIN_LIMIT")
def join(code: str) -> Page:
    """Join the class."""
    found = joining.class_with_code(db.session(), code[:LONGEST_TYPED])
    if found is None:
        return _unknown(code)
    try:
        joining.join(db.session(), found, current_user.user, utcnow())
    except CannotJoin:
        return _page(found), 409
    db.session.commit()
    flash(gettext("You are in the class “%(name)s” now.", name=found.name))
    return redirect(url_for("home.index"), 303)


def _page(found: Classroom) -> str:
    user: User | None = current_user.user if current_user.is_authenticated else None
    obstacle = joining.obstacle_for(db.session(), found, user)
    return render_template(
        "joining/classroom.html",
        classroom=found,
        teachers=owners_of(db.session(), [found.id])[found.id],
        why_not=None if obstacle is None else _sentence(obstacle),
        has_account=user is not None and user.username is not None,
    )


def _unknown(code: str) -> tuple[str, int]:
    form = CodeForm(formdata=None, data={"code": code[:LONGEST_TYPED]})
    form.code.errors = [_no_such_code()]
    return render_template("joining/code.html", form=form), 404


def _no_such_code() -> str:
    return str(gettext("No class has this code. Look at it again, or ask your teacher: there may be a new one."))


def _sentence(obstacle: Obstacle) -> str:
    sentences: dict[Obstacle, str] = {
        Obstacle.INSIDE: gettext("You are in this class."),
        Obstacle.TEACHES: gettext(
            "You teach, so you do not join classes. To teach this one too, ask whoever owns it to share it with you."
        ),
        Obstacle.REMOVED: gettext("You were taken out of this class; only its teacher can let you in again."),
        Obstacle.ARCHIVED: gettext("This class has ended and takes nobody in any more."),
        Obstacle.CLOSED: gettext("This class takes nobody in at present. Ask your teacher to open it."),
    }
    return sentences[obstacle]
