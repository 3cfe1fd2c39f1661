"""Signing in elsewhere: with the OpenID Connect provider of the school."""

from flask import current_app, flash, redirect, render_template, session, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import User, db
from quizapp.models.engine import begin_writing
from quizapp.services import identities
from quizapp.services.identities import Known
from quizapp.web.account import bp
from quizapp.web.account.entering import enter, guest_id, has_account, onward
from quizapp.web.account.provider import NotSignedIn, OutOfReach, Provider, Refused, provider
from quizapp.web.addresses import local_address
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to

Page = str | tuple[str, int] | Response


@bp.get("/elsewhere")
@open_to(Audience.EVERYONE)
def sign_in_elsewhere() -> Page:
    """Go to the provider, to sign in or to connect one's account."""
    known_by = provider(or_404=True)
    if has_account() and not known_by.is_connecting(current_user.id):
        return redirect(onward(), 303)
    db.session.rollback()
    try:
        return known_by.send_there(onward())
    except NotSignedIn as error:
        return _failed(known_by, error)


@bp.get("/elsewhere/back")
@open_to(Audience.EVERYONE)
def came_back() -> Page:
    """Somebody comes back from the provider: they are signed in, or their account is connected."""
    known_by = provider(or_404=True)
    if has_account() and not known_by.is_connecting(current_user.id):
        return redirect(url_for("home.index"), 303)
    guest, connecting = guest_id(), current_user.id if has_account() else None
    db.session.rollback()
    try:
        known = known_by.who_came_back()
    except NotSignedIn as error:
        return _failed(known_by, error)
    finally:
        known_by.end_connecting()
    begin_writing(db.session())
    return _let_in(known_by, known, guest) if connecting is None else _connected(known_by, known, connecting)


def _let_in(known_by: Provider, known: Known, guest: int | None) -> Page:
    wanted = local_address(session.get("onward", ""), url_for("home.index"))
    user = identities.whose(db.session(), known)
    if user is not None:
        enter(user, guest)
    elif current_app.config["OIDC_NEW_ACCOUNTS"]:
        try:
            enter(identities.make_student(db.session(), guest, known, utcnow()))
        except identities.SomebodyElses:  # the same person at the same moment, in another tab
            return redirect(url_for(".sign_in_elsewhere", next=wanted), 303)
    else:
        db.session.rollback()
        return render_template("account/elsewhere_unknown.html", elsewhere=known_by.name), 403
    db.session.commit()
    return redirect(wanted, 303)


def _connected(known_by: Provider, known: Known, user_id: int) -> Response:
    try:
        identities.connect(db.session(), db.session.get_one(User, user_id), known, utcnow())
    except identities.SomebodyElses:
        db.session.rollback()
        flash(gettext("Not connected: that sign-in belongs to another account here, or this account has one already."))
    else:
        db.session.commit()
        flash(gettext("Connected. From now on you can sign in with %(name)s, too.", name=known_by.name))
    return redirect(url_for(".password"), 303)


def _failed(known_by: Provider, error: NotSignedIn) -> tuple[str, int]:
    """One page for whatever went wrong; it shows nothing of what came back."""
    if isinstance(error, Refused):
        why, status = gettext("You were not signed in there, or did not allow it. Nothing has changed here."), 403
    elif isinstance(error, OutOfReach):
        why, status = gettext("It does not answer at the moment. Try again in a few minutes."), 502
    else:
        why, status = gettext("What came back cannot be trusted, or came too late. Begin again, in one tab."), 400
    return render_template("account/elsewhere_failed.html", elsewhere=known_by.name, why=why), status
