"""What goes wrong, said once: named exceptions of the services become pages here and nowhere else."""

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from quizapp.models import db
from quizapp.services.attempts.answering import AttemptClosed, NoSuchAttempt
from quizapp.services.attempts.starting import NoAttemptsLeft, NotForGuests, NothingToAsk, QuizClosed
from quizapp.services.classes.classrooms import ClassArchived

Page = tuple[str, int]


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
    return Response(
        "This site does not answer under this name; ask for it under its own.\n", 400, mimetype="text/plain"
    )


def _too_many(_error: RateLimitExceeded) -> Page:
    title = gettext("Too many tries")
    return _page(429, title, gettext("Wait a minute, then try again. Nothing has been lost."))


def _too_large(_error: HTTPException) -> Page:
    title = gettext("This is too much at once")
    return _page(413, title, gettext("The form was larger than this site takes. Go back and send less."))


def _other(error: HTTPException) -> Page | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return _page(error.code, gettext("This did not work"), error.description or "")


def _broken(_error: Exception) -> Page:
    db.session.rollback()
    title = gettext("Something is broken on our side")
    return _page(
        500,
        title,
        gettext("What you had saved is safe. Go back and try once more; if it stays, tell your teacher what you did."),
    )


def _closed(_error: AttemptClosed) -> Response:
    db.session.rollback()
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


def init(app: Flask) -> None:
    """Register the pages."""
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
    app.register_error_handler(500, _broken)
