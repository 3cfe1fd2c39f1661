"""What a quiz asks: its questions and draws, their order and their marks, and a try-out of all that."""

import secrets
from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.models import Quiz, db
from quizapp.services import quiz_building
from quizapp.services.attempts import trying
from quizapp.services.attempts.starting import NothingToAsk
from quizapp.web.clock import utcnow
from quizapp.web.guard import only_reads, open_to
from quizapp.web.numbers import whole_number
from quizapp.web.teach import bp
from quizapp.web.teach.access import quiz_or_404
from quizapp.web.teach.quiz_forms import MOST_MARKS, quiz_form
from quizapp.web.teach.quiz_page import draw_form, drawn_by, planned, quiz_page

SEED_BITS = 31
Page = str | tuple[str, int] | Response


def _back(quiz: Quiz) -> Response:
    return redirect(url_for(".edit_quiz", quiz_id=quiz.id, _anchor="asked"), 303)


@bp.post("/quizzes/<int:quiz_id>/questions")
@open_to(Audience.TEACHERS)
def add_question(quiz_id: int) -> Response:
    """Put a question into the quiz."""
    quiz = quiz_or_404(quiz_id, Right.EDIT)
    if quiz_building.add_question(db.session(), quiz, whole_number(request.form, "question_id", default=0)):
        flash(gettext("The question is in the quiz."))
    else:
        flash(gettext("Choose a question of this bank that is not in the quiz yet."))
    db.session.commit()
    return _back(quiz)


@bp.post("/quizzes/<int:quiz_id>/draws")
@open_to(Audience.TEACHERS)
def add_draw(quiz_id: int) -> Page:
    """Add a draw of questions at random."""
    quiz = quiz_or_404(quiz_id, Right.EDIT)
    form = draw_form(quiz)
    if not form.validate_on_submit():
        return quiz_page(quiz, quiz_form(quiz, formdata=None), form), 422
    quiz_building.add_draw(db.session(), quiz, form.properties())
    db.session.commit()
    flash(gettext("The draw is in the quiz."))
    return _back(quiz)


@bp.post("/quizzes/<int:quiz_id>/blueprint")
@open_to(Audience.TEACHERS)
@only_reads
def blueprint_with_draw(quiz_id: int) -> str:
    """What the quiz would give with the draw that is being chosen, as a part of a page."""
    quiz = quiz_or_404(quiz_id)
    form = draw_form(quiz)
    further = drawn_by(form) if form.validate() else None
    return render_template("teach/_blueprint.html", quiz=quiz, planned=planned(quiz, further), further=further)


def _changed(quiz_id: int, change: Callable[[Quiz], bool]) -> Response:
    """Change a slot of the quiz; 404 where it is not in it."""
    quiz = quiz_or_404(quiz_id, Right.EDIT)
    if not change(quiz):
        abort(404)
    db.session.commit()
    return _back(quiz)


@bp.post("/quizzes/<int:quiz_id>/slots/<int:slot_id>/remove")
@open_to(Audience.TEACHERS)
def remove_slot(quiz_id: int, slot_id: int) -> Response:
    """Take a question or a draw out of the quiz."""
    done = _changed(quiz_id, lambda quiz: quiz_building.remove_slot(db.session(), quiz, slot_id))
    flash(gettext("Taken out of the quiz; attempts that have begun keep it."))
    return done


@bp.post("/quizzes/<int:quiz_id>/slots/<int:slot_id>/move")
@open_to(Audience.TEACHERS)
def move_slot(quiz_id: int, slot_id: int) -> Response:
    """Move a question or a draw one place up or down."""
    by = -1 if request.form.get("to") == "up" else 1
    return _changed(quiz_id, lambda quiz: quiz_building.move_slot(db.session(), quiz, slot_id, by))


@bp.post("/quizzes/<int:quiz_id>/slots/<int:slot_id>/marks")
@open_to(Audience.TEACHERS)
def set_marks(quiz_id: int, slot_id: int) -> Response:
    """Say what each question of the slot is worth."""
    marks = _marks(request.form.get("marks", ""))
    if marks is None:
        flash(
            gettext(
                "Marks are a number above 0 and up to %(most)s, such as 2 or 0.5; “%(sent)s” was not taken.",
                most=MOST_MARKS,
                sent=request.form.get("marks", "")[:20],
            )
        )
        return _back(quiz_or_404(quiz_id, Right.EDIT))
    return _changed(quiz_id, lambda quiz: quiz_building.set_marks(db.session(), quiz, slot_id, marks))


def _marks(text: str) -> float | None:
    """The marks typed, with a point or a comma; None for what is no number in the range."""
    try:
        marks = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return marks if 0 < marks <= MOST_MARKS else None


@bp.post("/quizzes/<int:quiz_id>/try")
@open_to(Audience.TEACHERS)
def try_quiz(quiz_id: int) -> Response:
    """Try the quiz out as a student meets it; nothing of it is kept."""
    quiz = quiz_or_404(quiz_id)
    try:
        attempt = trying.try_out(db.session(), current_user.id, quiz, secrets.randbits(SEED_BITS), utcnow())
    except NothingToAsk:
        flash(gettext("There is nothing to try out yet: add a published question, or a draw that finds one."))
        return _back(quiz)
    db.session.commit()
    return redirect(url_for("taking.attempt", attempt_id=attempt.id), 303)


@bp.post("/quizzes/<int:quiz_id>/try/end")
@open_to(Audience.TEACHERS)
def end_trial(quiz_id: int) -> Response:
    """Put the try-out away."""
    quiz = quiz_or_404(quiz_id)
    trying.end_trial(db.session(), current_user.id, quiz.id)
    db.session.commit()
    flash(gettext("The try-out is gone; nothing of it was kept."))
    return redirect(url_for(".edit_quiz", quiz_id=quiz.id), 303)
