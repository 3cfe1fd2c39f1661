"""What goes wrong, said once: named exceptions of the services become pages here and nowhere else."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Flask, current_app, flash, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from quizapp.models import db
from quizapp.models.failures import Failure, StillLocked, failure_of
from quizapp.services.attempts.answering import AttemptClosed, NoSuchAttempt, stamp
from quizapp.services.attempts.starting import NoAttemptsLeft, NotForGuests, NothingToAsk, QuizClosed
from quizapp.services.classes.classrooms import ClassArchived
from quizapp.web.clock import utcnow
from quizapp.web.observing.log import about_request, log
from quizapp.web.observing.refusals import refuse
from quizapp.web.observing.tracebacks import words_of
from quizapp.web.tries import is_about_making
from quizapp.web.writers_gate import shut_gate

Page = tuple[str, int]
Teardown = Callable[[BaseException | None], None]
_SECONDS_TO_WAIT = 5
"""After which it is worth to try again; scripts have their own, growing times."""
_WITH_PASSWORDS = frozenset({"account"})
"""Blueprints whose forms are never repeated in a page."""


def _page(status: int, title: str, text: str) -> Page:
    return render_template("error.html", status=status, title=title, text=text), status


def _not_found(_error: Exception) -> Page:
    title = gettext("There is nothing at this address")
    return _page(
        404,
        title,
        gettext(
            "The page may have moved, or it belongs to somebody else. Check the address, or go on from the home page."
        ),
    )


def _no_token(_error: CSRFError) -> Page:
    refuse("no token that is good here")
    title = gettext("This form could not be trusted")
    return _page(
        400,
        title,
        gettext(
            "It was opened in another sign-in, or your browser keeps no cookies. Go back, reload the page, resend it."
        ),
    )


def _wrong_host(_error: SecurityError) -> Response:
    """Plain text: without a host that is known there is no address to link to."""
    refuse("asked for under another name")
    return Response(
        "This site does not answer under this name; ask for it under its own.\n", 400, mimetype="text/plain"
    )


def _too_many(error: RateLimitExceeded) -> Page:
    refuse("too much made" if is_about_making(error) else "too many tries")
    if is_about_making(error):
        _let_go()
        return _too_much_made()
    title = gettext("Too many tries")
    return _page(429, title, gettext("Wait a minute, then try again. Nothing has been lost."))


def _too_much_made() -> Page:
    """What was typed stands in the page, ready to be sent later; passwords do not."""
    title = gettext("Too many at once")
    text = gettext(
        "More was begun, made or sent from here within an hour than this site takes; what you typed is kept on this "
        "page: try again in an hour."
    )
    kept = [(name, value) for name, value in request.form.items(multi=True) if "password" not in name]
    return _alone(status=429, title=title, text=text, address=request.full_path.rstrip("?"), kept=kept), 429


def _too_large(_error: HTTPException) -> Page:
    title = gettext("This is too much at once")
    return _page(413, title, gettext("The form was larger than this site takes. Go back and send less."))


def _other(error: HTTPException) -> Page | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return _page(error.code, gettext("This did not work"), error.description or "")


def _broken(_error: Exception) -> Response:
    _let_go()
    if _asked_by_script():
        return _says("broken", 500)
    title = gettext("Something is broken on our side")
    text = gettext(
        "What you had saved is safe. Go back and try once more; if it stays, tell your teacher what you did."
    )
    return make_response(_alone(status=500, title=title, text=text), 500)


def _database_fails(error: SQLAlchemyError) -> Response:
    """The database cannot do it at this moment: nothing was saved, and the same is to be sent again."""
    failure = failure_of(error)
    if failure is None:
        raise error
    _let_go()
    if failure is Failure.LOCKED and not isinstance(error, StillLocked):
        shut_gate()
    log().error("database failed", why=failure, error=words_of(error), **about_request())
    response = _says("unavailable", 503) if _asked_by_script() else make_response(_unavailable(), 503)
    response.headers["Retry-After"] = str(_SECONDS_TO_WAIT)
    return response


def _unavailable() -> str:
    """What could not be saved stands in the page, ready to be sent once more; passwords and files do not."""
    title = gettext("This did not work just now")
    address = "" if request.url_rule is None else request.full_path.rstrip("?")
    if request.method != "POST":
        text = gettext("The site cannot use its database at this moment, so this page cannot be shown; try again soon.")
        return _alone(status=503, title=title, text=text, address=address)
    if request.blueprint in _WITH_PASSWORDS or request.files:
        text = gettext(
            "The site cannot use its database at this moment, so nothing was saved; go back and send it again."
        )
        return _alone(status=503, title=title, text=text)
    text = gettext("It could not be saved at this moment; what you typed is kept on this page: try again.")
    kept = list(request.form.items(multi=True))
    return _alone(status=503, title=title, text=text, address=address, kept=kept)


def _alone(**values: Any) -> str:
    """The page that asks nothing of the database; what is usually put into a context, such as who asks, would."""
    return current_app.jinja_env.get_template("unavailable.html").render(values)


def _let_go() -> None:
    """End the transaction; what fails may fail at that, too, and the connection then goes."""
    with suppress(SQLAlchemyError):
        db.session.rollback()


def _asked_by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _says(state: str, status: int) -> Response:
    """What the scripts of an attempt read; all but a saved answer they keep, and send again."""
    return make_response(jsonify(state=state, now=stamp(utcnow())), status)


def _closed(_error: AttemptClosed) -> Response:
    db.session.rollback()
    g.outcome = "closed"
    flash(gettext("This attempt has ended, so the answer was not taken. Here is its review."))
    attempt_id = (request.view_args or {})["attempt_id"]
    return redirect(url_for("taking.review", attempt_id=attempt_id), 303)


def _account_needed(_error: NotForGuests) -> Response:
    db.session.rollback()
    flash(gettext("A test needs an account, so that its result is yours. Practice needs none."))
    return redirect(url_for("account.sign_up"), 303)


def _no_attempts_left(_error: NoAttemptsLeft) -> Response:
    return _back_to_quiz(gettext("You have taken this quiz as often as it may be taken."))


def _quiz_closed(_error: QuizClosed) -> Response:
    return _back_to_quiz(gettext("This quiz has closed and takes no more attempts."))


def _back_to_quiz(says: str) -> Response:
    db.session.rollback()
    flash(says)
    return redirect(url_for("taking.quiz", slug=(request.view_args or {})["slug"]), 303)


def _class_archived(error: ClassArchived) -> Response:
    db.session.rollback()
    flash(gettext("This class is archived, so nothing was changed. Take it into use again under Settings first."))
    return redirect(url_for("teach.classroom", classroom_id=error.classroom_id), 303)


def _nothing_to_ask(_error: NothingToAsk) -> Page:
    db.session.rollback()
    title = gettext("This quiz has no questions yet")
    return _page(
        409, title, gettext("Its questions are unpublished or were removed. Choose another quiz, or tell your teacher.")
    )


def _twice(end: Teardown) -> Teardown:
    """Let what ends a session do so where its connection has gone meanwhile, though the answer is there and right.

    The first time finds it gone, and gives it up; the second time nothing is left to take back.
    """

    def ended(error: BaseException | None) -> None:
        try:
            end(error)
        except SQLAlchemyError:
            end(error)

    return ended


def init(app: Flask) -> None:
    """Register the pages."""
    app.teardown_appcontext_funcs[:] = [_twice(end) for end in app.teardown_appcontext_funcs]  # type: ignore[arg-type]
    app.register_error_handler(404, _not_found)
    app.register_error_handler(NoSuchAttempt, _not_found)
    app.register_error_handler(AttemptClosed, _closed)
    app.register_error_handler(NotForGuests, _account_needed)
    app.register_error_handler(NothingToAsk, _nothing_to_ask)
    app.register_error_handler(NoAttemptsLeft, _no_attempts_left)
    app.register_error_handler(QuizClosed, _quiz_closed)
    app.register_error_handler(ClassArchived, _class_archived)
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(CSRFError, _no_token)
    app.register_error_handler(RateLimitExceeded, _too_many)
    app.register_error_handler(413, _too_large)
    app.register_error_handler(HTTPException, _other)
    app.register_error_handler(DBAPIError, _database_fails)
    app.register_error_handler(NoConnectionLeft, _database_fails)
    app.register_error_handler(StillLocked, _database_fails)
    app.register_error_handler(500, _broken)
