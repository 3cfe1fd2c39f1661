"""Sign-up, sign-in, sign-out, and the set-up of the first teacher."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.models.engine import begin_writing
from quizapp.services import accounts
from quizapp.web.account import bp
from quizapp.web.account.entering import enter, guest_id, has_account, onward
from quizapp.web.account.forms import NewAccountForm, SignInForm
from quizapp.web.account.known_browsers import is_known_for
from quizapp.web.account.passwords import passwords
from quizapp.web.account.provider import provider_name
from quizapp.web.clock import utcnow
from quizapp.web.guard import begins_itself, let_out, open_to
from quizapp.web.tries import NEW_ACCOUNT, addresses_limited, making_limited, name_tried, tries_limited

Page = str | tuple[str, int] | Response


def _status(form: SignInForm | NewAccountForm) -> int:
    return 422 if form.errors else 200


def _account_tried() -> str:
    """The account whose password is tried; a browser that has been in it before has tries of its own."""
    name = accounts.normal_username(request.form.get("username", ""))
    return f"{'known ' if is_known_for(name) else ''}{name_tried(name)}"


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
@begins_itself
@tries_limited(_account_tried)
def sign_in() -> Page:
    """Sign in; a guest's attempts come along."""
    if has_account():
        return redirect(onward(), 303)
    form = SignInForm()
    if form.validate_on_submit():
        guest, password = guest_id(), form.password.data
        user = accounts.find(db.session(), form.username.data)
        kept = user.password_hash if user else None
        db.session.rollback()
        if passwords().verify(password, kept) and kept is not None:
            return _signed_in(form.username.data, kept, passwords().renewed(password, kept), guest)
        form.password.errors = [
            gettext("The username or the password is not right. Check both, and the caps-lock key.")
        ]
    page = render_template("account/sign_in.html", form=form, elsewhere=provider_name())
    return page, _status(form)


def _signed_in(username: str, kept: str, renewed: str | None, guest: int | None) -> Response:
    """Sign in, and keep the `renewed` hash where there is one."""
    begin_writing(db.session())
    user = accounts.find(db.session(), username)
    if user is None:  # deleted while the password was checked
        db.session.rollback()
        return redirect(url_for(".sign_in"), 303)
    if renewed is not None:
        accounts.renew_hash(db.session(), user, kept, renewed)
    enter(user, guest)
    db.session.commit()
    return redirect(onward(), 303)


@bp.route("/sign-up", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
@begins_itself
@addresses_limited(["POST"])
@making_limited(NEW_ACCOUNT)
def sign_up() -> Page:
    """Make an account; a guest keeps the attempts made so far."""
    if has_account():
        return redirect(onward(), 303)
    form = NewAccountForm()
    if form.validate_on_submit():
        practised = guest_id()
        db.session.rollback()
        hashed = passwords().hash(form.password.data)
        begin_writing(db.session())
        guest = accounts.person(db.session(), practised)
        try:
            user = accounts.sign_up(db.session(), guest, form.username.data, form.display_name.data, hashed, utcnow())
        except accounts.UsernameTaken:
            form.username.errors = [gettext("Somebody else has this username. Choose another.")]
        else:
            enter(user)
            db.session.commit()
            return redirect(onward(), 303)
    return render_template("account/sign_up.html", form=form, guest=guest_id() is not None), _status(form)


@bp.post("/sign-out")
@open_to(Audience.EVERYONE)
def sign_out() -> Response:
    """Sign out."""
    let_out()
    return redirect(url_for("home.index"), 303)


@bp.route("/set-up/<token>", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
@begins_itself
@addresses_limited(["GET", "POST"], wrong={404})
def set_up(token: str) -> Page:
    """Make the first teacher's account, by the link printed at the start."""
    form = NewAccountForm()
    try:
        accounts.check_set_up_link(db.session(), token, utcnow())
        if form.validate_on_submit():
            db.session.rollback()
            hashed = passwords().hash(form.password.data)
            begin_writing(db.session())
            user = accounts.set_up_teacher(
                db.session(), token, form.username.data, form.display_name.data, hashed, utcnow()
            )
            enter(user)
            db.session.commit()
            return redirect(url_for("teach.index"), 303)
    except accounts.LinkNotValid:
        db.session.rollback()
        return render_template("account/link_not_valid.html"), 404
    except accounts.UsernameTaken:
        form.username.errors = [gettext("Somebody else has this username. Choose another.")]
    return render_template("account/set_up.html", form=form), _status(form)
