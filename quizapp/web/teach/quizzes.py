"""Quizzes: what they say, and which questions they ask."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.models import db
from quizapp.services import quiz_building
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404, check_right, quiz_or_404
from quizapp.web.teach.overtaking import overtaken
from quizapp.web.teach.quiz_forms import LONGEST_TITLE, QuizForm, presets, quiz_form
from quizapp.web.teach.quiz_page import draw_form, quiz_page, stamp_of

Page = str | tuple[str, int] | Response


@bp.get("/banks/<slug>/quizzes")
@open_to(Audience.TEACHERS)
def quizzes(slug: str) -> str:
    """The bank's quizzes."""
    bank = bank_or_404(slug)
    return render_template(
        "teach/quizzes.html", bank=bank, quizzes=quiz_building.quizzes_of(db.session(), bank, current_user.id)
    )


@bp.route("/banks/<slug>/quizzes/new", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def new_quiz(slug: str) -> Page:
    """Begin a quiz; its questions are chosen on the next page."""
    bank = bank_or_404(slug)
    form = QuizForm()
    if form.validate_on_submit():
        quiz = quiz_building.create_quiz(db.session(), bank, form.fields(), current_user.id)
        db.session.commit()
        flash(gettext("The quiz is made. Now choose its questions."))
        return redirect(url_for(".edit_quiz", quiz_id=quiz.id), 303)
    page = render_template("teach/new_quiz.html", bank=bank, form=form, presets=presets(), now=utcnow())
    return page, 422 if form.errors else 200


@bp.post("/quizzes/<int:quiz_id>/copy")
@open_to(Audience.TEACHERS)
def copy_quiz(quiz_id: int) -> Response:
    """Make a quiz of one's own that asks the same."""
    quiz = quiz_or_404(quiz_id)
    title = gettext("Copy of %(title)s", title=quiz.title)[:LONGEST_TITLE]
    copied = quiz_building.copy_quiz(db.session(), quiz, current_user.id, title)
    db.session.commit()
    flash(gettext("This is your own copy: give it a title."))
    return redirect(url_for(".edit_quiz", quiz_id=copied.id), 303)


@bp.route("/quizzes/<int:quiz_id>", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def edit_quiz(quiz_id: int) -> Page:
    """A quiz: its words, and what it asks."""
    quiz = quiz_or_404(quiz_id)
    if request.method == "POST":
        check_right(quiz, Right.EDIT)
    form = quiz_form(quiz)
    if form.validate_on_submit():
        if overtaken(stamp_of(quiz), stamp_of(form.fields())):
            db.session.rollback()
            return quiz_page(quiz, form, draw_form(quiz)), 409
        quiz_building.edit_quiz(db.session(), quiz, form.fields())
        db.session.commit()
        flash(gettext("Saved."))
        return redirect(url_for(".edit_quiz", quiz_id=quiz.id), 303)
    return quiz_page(quiz, form, draw_form(quiz)), 422 if form.errors else 200
