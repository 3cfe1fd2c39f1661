"""Sign-up, sign-in, set-up of the first teacher, and the password."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import User, db
from quizapp.models.engine import begin_writing
from quizapp.services import accounts
from quizapp.services.classes.joining import classes_of_student
from quizapp.web.account import bp
from quizapp.web.account.forms import NewAccountForm, PasswordForm, SignInForm
from quizapp.web.account.passwords import passwords
from quizapp.web.addresses import local_address
from quizapp.web.clock import utcnow
from quizapp.web.guard import begins_itself, let_in, let_out, open_to
from quizapp.web.tries import own_account, tries_limited

Page = str | tuple[str, int] | Response


def _guest_id() -> int | None:
    return current_user.id if current_user.is_authenticated and current_user.is_guest else None


def _has_account() -> bool:
    return current_user.is_authenticated and not current_user.is_guest


def _status(form: SignInForm | NewAccountForm | PasswordForm) -> int:
    return 422 if form.errors else 200


def _onward() -> str:
    """Where the person wanted to go: an address of this site, or the home page."""
    return local_address(request.args.get("next", ""), url_for("home.index"))


def _name_tried() -> str:
    return f"name:{accounts.normal_username(request.form.get('username', ''))}"


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
@begins_itself
@tries_limited(_name_tried)
def sign_in() -> Page:
    """Sign in; a guest's attempts come along."""
    if _has_account():
        return redirect(_onward(), 303)
    form = SignInForm()
    if form.validate_on_submit():
        guest_id = _guest_id()
        user = accounts.find(db.session(), form.username.data)
        kept = user.password_hash if user else None
        db.session.rollback()
        if passwords().verify(form.password.data, kept):
            return _signed_in(form.username.data, guest_id)
        form.password.errors = [
            gettext("The username or the password is not right. Check both, and the caps-lock key.")
        ]
    return render_template("account/sign_in.html", form=form), _status(form)


def _signed_in(username: str, guest_id: int | None) -> Response:
    begin_writing(db.session())
    user = accounts.find(db.session(), username)
    guest = accounts.person(db.session(), guest_id)
    assert user is not None  # noqa: S101  the password was verified against this row
    if guest is not None:
        accounts.hand_over_attempts(db.session(), guest, user)
    let_in(user)
    db.session.commit()
    return redirect(_onward(), 303)


@bp.route("/sign-up", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
@begins_itself
def sign_up() -> Page:
    """Make an account; a guest keeps the attempts made so far."""
    if _has_account():
        return redirect(_onward(), 303)
    form = NewAccountForm()
    if form.validate_on_submit():
        guest_id = _guest_id()
        db.session.rollback()
        hashed = passwords().hash(form.password.data)
        begin_writing(db.session())
        guest = accounts.person(db.session(), guest_id)
        try:
            user = accounts.sign_up(db.session(), guest, form.username.data, form.display_name.data, hashed, utcnow())
        except accounts.UsernameTaken:
            form.username.errors = [gettext("Somebody else has this username. Choose another.")]
        else:
            let_in(user)
            db.session.commit()
            return redirect(_onward(), 303)
    return render_template("account/sign_up.html", form=form, guest=_guest_id() is not None), _status(form)


@bp.post("/sign-out")
@open_to(Audience.EVERYONE)
def sign_out() -> Response:
    """Sign out."""
    let_out()
    return redirect(url_for("home.index"), 303)


@bp.route("/set-up/<token>", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
@begins_itself
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
            let_in(user)
            db.session.commit()
            return redirect(url_for("teach.index"), 303)
    except accounts.LinkNotValid:
        return render_template("account/link_not_valid.html"), 404
    except accounts.UsernameTaken:
        form.username.errors = [gettext("Somebody else has this username. Choose another.")]
    return render_template("account/set_up.html", form=form), _status(form)


@bp.route("/password", methods=["GET", "POST"])
@begins_itself
@tries_limited(own_account)
def password() -> Page:
    """Your account: the password to change, which ends every other sign-in; your data, and the way out."""
    form = PasswordForm()
    if form.validate_on_submit():
        user_id, kept = current_user.id, current_user.user.password_hash
        db.session.rollback()
        if passwords().verify(form.current.data, kept):
            hashed = passwords().hash(form.new.data)
            begin_writing(db.session())
            user = db.session.get_one(User, user_id)
            accounts.set_password(db.session(), user, hashed, utcnow())
            let_in(user)
            db.session.commit()
            flash(gettext("Your password is changed; every other sign-in has ended."))
            return redirect(url_for("home.index"), 303)
        form.current.errors = [gettext("This is not your password now.")]
    classes = classes_of_student(db.session(), current_user.id)
    return render_template("account/password.html", form=form, classes=classes), _status(form)
