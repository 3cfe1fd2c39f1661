"""Quizzes: what they say, and which questions they ask."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.domain.quizzes import Status
from quizapp.models import Quiz, db
from quizapp.services import authoring, quiz_building
from quizapp.services.attempts.starting import settings_of
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.numbers import whole_number
from quizapp.web.quiz_wording import settings_in_words
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404, check_right, may, quiz_or_404
from quizapp.web.teach.quiz_forms import DrawForm, QuizForm, presets, quiz_form

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


@bp.route("/quizzes/<int:quiz_id>", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def edit_quiz(quiz_id: int) -> Page:
    """A quiz: its words, and what it asks."""
    quiz = quiz_or_404(quiz_id)
    if request.method == "POST":
        check_right(quiz, Right.EDIT)
    form = quiz_form(quiz)
    if form.validate_on_submit():
        quiz_building.edit_quiz(db.session(), quiz, form.fields())
        db.session.commit()
        flash(gettext("Saved."))
        return redirect(url_for(".edit_quiz", quiz_id=quiz.id), 303)
    return _page(quiz, form, _draw_form(quiz)), 422 if form.errors else 200


def _draw_form(quiz: Quiz) -> DrawForm:
    form = DrawForm()
    form.choose_from(quiz.bank)
    return form


def _page(quiz: Quiz, form: QuizForm, draw: DrawForm) -> str:
    asked = {slot.question_id for slot in quiz.slots}
    published = authoring.QuestionFilter(status=Status.PUBLISHED)
    offered = [q for q in authoring.list_questions(db.session(), quiz.bank, published) if q.id not in asked]
    settings = settings_of(quiz)
    return render_template(
        "teach/quiz.html",
        quiz=quiz,
        form=form,
        draw=draw,
        offered=offered,
        rules=settings_in_words(settings, quiz.mode, sum(slot.count for slot in quiz.slots)),
        policy=settings.policy(quiz.mode),
        presets=presets(),
        now=utcnow(),
        may_edit=may(quiz, Right.EDIT),
    )


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
    return redirect(url_for(".edit_quiz", quiz_id=quiz.id, _anchor="asked"), 303)


@bp.post("/quizzes/<int:quiz_id>/draws")
@open_to(Audience.TEACHERS)
def add_draw(quiz_id: int) -> Page:
    """Add a draw of questions at random."""
    quiz = quiz_or_404(quiz_id, Right.EDIT)
    form = _draw_form(quiz)
    if not form.validate_on_submit():
        return _page(quiz, quiz_form(quiz, formdata=None), form), 422
    objective = int(form.objective.data) if form.objective.data else None
    properties = {name: form[name].data for name in ("count", "section", "level", "kind")}
    quiz_building.add_draw(db.session(), quiz, {**properties, "objective": objective})
    db.session.commit()
    flash(gettext("The draw is in the quiz."))
    return redirect(url_for(".edit_quiz", quiz_id=quiz.id, _anchor="asked"), 303)


@bp.post("/quizzes/<int:quiz_id>/slots/<int:slot_id>/remove")
@open_to(Audience.TEACHERS)
def remove_slot(quiz_id: int, slot_id: int) -> Response:
    """Take a question or a draw out of the quiz."""
    quiz = quiz_or_404(quiz_id, Right.EDIT)
    if not quiz_building.remove_slot(db.session(), quiz, slot_id):
        abort(404)
    db.session.commit()
    flash(gettext("Taken out of the quiz; attempts that have begun keep it."))
    return redirect(url_for(".edit_quiz", quiz_id=quiz.id, _anchor="asked"), 303)
