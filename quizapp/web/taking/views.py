"""Taking a quiz: its introduction, its questions one at a time, the submission and the review."""

import secrets

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, may_start
from quizapp.domain.quizzes import Mode
from quizapp.kinds.base import BadResponse
from quizapp.models import Quiz, User, db
from quizapp.services import accounts, progress
from quizapp.services.attempts import reviewing, showing, starting, submitting
from quizapp.services.attempts.answering import (
    AnsweredAlready,
    Answerer,
    NewerAnswerSaved,
    given_values,
    save_answer,
)
from quizapp.services.attempts.showing import AttemptState, own_attempt, question_in
from quizapp.services.reading import section_quizzes
from quizapp.web.clock import utcnow
from quizapp.web.guard import checks_itself, current_role, let_in, open_to, signed_in_as
from quizapp.web.numbers import whole_number

bp = Blueprint("taking", __name__)
_SEED_BITS = 31


def _quiz_or_404(slug: str) -> Quiz:
    return starting.published_quiz(db.session(), slug) or abort(404)


def _own(attempt_id: int) -> AttemptState:
    return own_attempt(db.session(), attempt_id, current_user.id)


@bp.get("/quizzes/<slug>")
@open_to(Audience.EVERYONE)
def quiz(slug: str) -> str:
    """What a quiz is and how it works, before it begins."""
    found = _quiz_or_404(slug)
    person = current_user.id if current_user.is_authenticated else None
    sections = {name for name, quiz_slug in section_quizzes(db.session(), found.bank_id).items() if quiz_slug == slug}
    return render_template(
        "taking/quiz.html",
        quiz=found,
        source=found.bank.source,
        section=next(iter(sections), None),
        count=sum(slot.count for slot in found.slots),
        unfinished=starting.open_attempt(db.session(), person, found.id) if person else None,
        past=progress.past_attempts(db.session(), found.id, person),
        may_start=may_start(found.mode, current_role()) or found.mode is Mode.PRACTICE,
    )


@bp.post("/quizzes/<slug>/attempts")
@open_to(Audience.EVERYONE)
def start(slug: str) -> Response:
    """Begin, or continue where it was left; a visitor becomes a guest for it."""
    found = _quiz_or_404(slug)
    if found.mode is Mode.TEST and not may_start(found.mode, current_role()):
        raise starting.NotForGuests
    person = _person()
    attempt = starting.start(db.session(), person, found, secrets.randbits(_SEED_BITS), utcnow())
    db.session.commit()
    return redirect(url_for(".attempt", attempt_id=attempt.id), 303)


def _person() -> User:
    if current_user.is_authenticated:
        user: User = current_user.user
        return user
    guest = accounts.new_guest(db.session(), utcnow())
    let_in(guest)
    return guest


@bp.get("/attempts/<int:attempt_id>")
@open_to(Audience.LEARNERS)
def attempt(attempt_id: int) -> Response:
    """Where the attempt goes on: the first question without an answer, or the review."""
    state = _own(attempt_id)
    if not state.is_open:
        return redirect(url_for(".review", attempt_id=attempt_id))
    position = state.next_unanswered
    if position is None:
        return redirect(url_for(".finish", attempt_id=attempt_id))
    return redirect(url_for(".question", attempt_id=attempt_id, position=position))


@bp.get("/attempts/<int:attempt_id>/questions/<int:position>")
@open_to(Audience.LEARNERS)
def question(attempt_id: int, position: int) -> str | Response:
    """One question: to answer, or in practice once answered with its reasons."""
    state = _own(attempt_id)
    slot = state.slot(position)
    if not state.is_open:
        return redirect(url_for(".review", attempt_id=attempt_id, _anchor=f"question-{position}"))
    if reviewing.may_review(state, slot):
        reviewed = reviewing.review_slots(db.session(), [slot])[0]
        return render_template("taking/answered.html", attempt=state, slot=slot, reviewed=reviewed)
    return _question_page(state, position)


def _question_page(state: AttemptState, position: int, given: list[str] | None = None, problem: str = "") -> str:
    slot = state.slot(position)
    asked = question_in(db.session(), slot)
    shown = given_values(asked, slot.order, slot.response) if given is None else tuple(given)
    return render_template(
        "taking/question.html",
        attempt=state,
        slot=slot,
        prompt=asked.kind.prompt(asked.content, slot.order),
        given=shown,
        problem=problem,
    )


@bp.post("/attempts/<int:attempt_id>/questions/<int:position>")
@open_to(Audience.LEARNERS)
@checks_itself
def answer(attempt_id: int, position: int) -> Response | tuple[str, int]:
    """Save one answer, and only then say so."""
    identity = signed_in_as() or abort(404)
    fields = {name: request.form.getlist(name) for name in request.form}
    revision = whole_number(request.form, "revision", default=1)
    try:
        saved = save_answer(db.session(), Answerer(*identity), attempt_id, position, fields, revision, utcnow())
    except BadResponse as error:
        return _again(attempt_id, position, gettext(str(error)))
    except NewerAnswerSaved as newer:
        return _newer_saved(attempt_id, position, newer)
    except AnsweredAlready:
        db.session.rollback()
        flash(gettext("You had answered this question already; that first answer counts."))
        return redirect(url_for(".question", attempt_id=attempt_id, position=position), 303)
    db.session.commit()
    if saved.mode is Mode.TEST and position == saved.questions:
        return redirect(url_for(".finish", attempt_id=attempt_id), 303)
    onward = position if saved.mode is Mode.PRACTICE else position + 1
    return redirect(url_for(".question", attempt_id=attempt_id, position=onward), 303)


def _again(attempt_id: int, position: int, problem: str) -> tuple[str, int]:
    db.session.rollback()
    state = _own(attempt_id)
    return _question_page(state, position, request.form.getlist("answer"), problem), 422


def _newer_saved(attempt_id: int, position: int, newer: NewerAnswerSaved) -> tuple[str, int]:
    problem = gettext(
        "Another page has saved an answer to this question since you opened it here. "
        "What you see is your answer from this page: save it again to let it replace the other."
    )
    page, _ = _again(attempt_id, position, problem)
    return page, 409


@bp.get("/attempts/<int:attempt_id>/submit")
@open_to(Audience.LEARNERS)
def finish(attempt_id: int) -> str | Response:
    """The last look before submitting: what is answered and what is not."""
    state = _own(attempt_id)
    if not state.is_open:
        return redirect(url_for(".review", attempt_id=attempt_id))
    return render_template("taking/finish.html", attempt=state)


@bp.post("/attempts/<int:attempt_id>/submit")
@open_to(Audience.LEARNERS)
def submit(attempt_id: int) -> Response:
    """Close and score the attempt; a second submit finds it closed and shows the same result."""
    submitting.submit(db.session(), attempt_id, current_user.id, utcnow())
    db.session.commit()
    return redirect(url_for(".review", attempt_id=attempt_id), 303)


@bp.get("/attempts/<int:attempt_id>/review")
@open_to(Audience.LEARNERS)
def review(attempt_id: int) -> str | Response:
    """The score, and every question with mine, right and why. Teachers may see anybody's."""
    state = showing.attempt_state(db.session(), attempt_id) if current_user.is_teacher else _own(attempt_id)
    if state.is_open:
        if state.user_id != current_user.id:
            abort(404)
        return redirect(url_for(".attempt", attempt_id=attempt_id))
    reviewed = reviewing.review_slots(db.session(), state.slots)
    owner = accounts.person(db.session(), state.user_id) if state.user_id != current_user.id else None
    reread = reviewing.worth_rereading(reviewed)
    return render_template("taking/review.html", attempt=state, reviewed=reviewed, reread=reread, owner=owner)
