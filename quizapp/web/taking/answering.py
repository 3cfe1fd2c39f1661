"""The questions of an attempt, one a page or all on one, and the forms that answer them without scripts."""

from collections.abc import Sequence

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.domain.quizzes import Mode
from quizapp.kinds.base import BadResponse
from quizapp.models import db
from quizapp.models.engine import Database, writing
from quizapp.services.attempts.answering import (
    AnsweredAlready,
    Answerer,
    NewerAnswerSaved,
    Saved,
    Sent,
    save_answer,
    set_flag,
)
from quizapp.services.attempts.showing import AttemptState
from quizapp.services.corrections.notices import Notice, notices
from quizapp.web.clock import utcnow
from quizapp.web.guard import begins_itself, checks_itself, open_to, signed_in_as
from quizapp.web.numbers import LARGEST_REVISION, whole_number
from quizapp.web.taking import bp
from quizapp.web.taking.asking import Asked, Typed, asked, fingerprint
from quizapp.web.taking.own import own

Page = str | tuple[str, int] | Response
QUESTION = "question"
"""Where on its page a question begins, so that the keyboard is there and not at the top."""


@bp.get("/attempts/<int:attempt_id>")
@open_to(Audience.LEARNERS)
def attempt(attempt_id: int) -> Response:
    """Where the attempt goes on: the first question that is still open, or the review."""
    state = own(attempt_id, utcnow())
    if not state.is_open:
        return redirect(url_for(".review", attempt_id=attempt_id))
    position = state.next_open
    if state.settings.one_page:
        anchor = f"question-{position}" if position and position > 1 else None
        return redirect(url_for(".questions", attempt_id=attempt_id, _anchor=anchor))
    if position is None:
        return redirect(url_for(".finish", attempt_id=attempt_id))
    return redirect(url_for(".question", attempt_id=attempt_id, position=position, _anchor=QUESTION))


@bp.get("/attempts/<int:attempt_id>/questions/<int:position>")
@open_to(Audience.LEARNERS)
def question(attempt_id: int, position: int) -> Page:
    """One question: to answer, or in practice once answered with its reasons."""
    state = own(attempt_id, utcnow())
    state.slot(position)
    if not state.is_open:
        return redirect(url_for(".review", attempt_id=attempt_id, _anchor=f"question-{position}"))
    if state.settings.one_page:
        return redirect(url_for(".questions", attempt_id=attempt_id, _anchor=f"question-{position}"))
    return _one(state, position)


def _one(state: AttemptState, position: int, typed: Typed | None = None) -> str:
    now = utcnow()
    slot = state.slot(position)
    item = asked(
        db.session(), state, [slot], lambda slot: state.shown(slot, now), {position: typed} if typed else None
    )[0]
    page = "taking/answered.html" if item.reviewed else "taking/question.html"
    return render_template(page, attempt=state, item=item, items=[item], notices=_notices(state, [item]), now=now)


def _notices(state: AttemptState, items: Sequence[Asked]) -> dict[int, tuple[Notice, ...]]:
    """What corrections say of the answers that are final; asked only where there is one."""
    reviewed = [item.reviewed for item in items if item.reviewed is not None]
    return notices(db.session(), state, reviewed) if any(one.slot.correction for one in reviewed) else {}


@bp.get("/attempts/<int:attempt_id>/questions")
@open_to(Audience.LEARNERS)
def questions(attempt_id: int) -> Page:
    """All questions of the attempt on one page, where the quiz is run so."""
    state = own(attempt_id, utcnow())
    if not state.is_open:
        return redirect(url_for(".review", attempt_id=attempt_id))
    if not state.settings.one_page:
        return redirect(url_for(".attempt", attempt_id=attempt_id))
    return _all(state)


def _all(state: AttemptState, typed: dict[int, Typed] | None = None) -> str:
    now = utcnow()
    items = asked(db.session(), state, state.slots, lambda slot: state.shown(slot, now), typed)
    told = _notices(state, items)
    return render_template("taking/questions.html", attempt=state, items=items, notices=told, now=now)


@bp.post("/attempts/<int:attempt_id>/questions/<int:position>")
@open_to(Audience.LEARNERS)
@checks_itself
@begins_itself
def answer(attempt_id: int, position: int) -> Page:
    """Save one answer, and only then say so; the button tells whether to go on or to flag the question."""
    who = Answerer(*(signed_in_as() or abort(404)))
    flag = request.form.get("flag")
    try:
        with writing(db.engine) as connection:
            saved = _save(connection, who, attempt_id, position, "", final=flag is None)
            if flag is not None:
                set_flag(connection, who, attempt_id, position, flag == "1", utcnow())
    except BadResponse as error:
        return _again(attempt_id, position, gettext(str(error))), 422
    except NewerAnswerSaved:
        return _again(attempt_id, position, newer_saved()), 409
    except AnsweredAlready:
        g.outcome = "final"
        flash(answered_already())
        return redirect(url_for(".question", attempt_id=attempt_id, position=position, _anchor=QUESTION), 303)
    return redirect(_onward(saved, attempt_id, position, stay=flag is not None), 303)


def _onward(saved: Saved, attempt_id: int, position: int, stay: bool) -> str:
    if saved.mode is Mode.TEST and position == saved.questions and not stay:
        return url_for(".finish", attempt_id=attempt_id)
    onward = position if stay or saved.mode is Mode.PRACTICE else position + 1
    return url_for(".question", attempt_id=attempt_id, position=onward, _anchor=QUESTION)


def _save(database: Database, who: Answerer, attempt_id: int, position: int, suffix: str, final: bool) -> Saved:
    """Save what the form sent of one question; its fields carry this suffix."""
    sent = Sent(
        fields={"answer": request.form.getlist(f"answer{suffix}")},
        revision=whole_number(request.form, f"revision{suffix}", default=1, largest=LARGEST_REVISION),
        certainty=request.form.get(f"certainty{suffix}", ""),
    )
    return save_answer(database, who, attempt_id, position, sent, utcnow(), final)


def _again(attempt_id: int, position: int, problem: str) -> str:
    typed = Typed(request.form.getlist("answer"), request.form.get("certainty", ""), problem)
    return _one(own(attempt_id, utcnow()), position, typed)


def newer_saved() -> str:
    """What is said where another page has saved a newer answer."""
    says: str = gettext(
        "Another page has saved an answer to this question since you opened it here. "
        "What you see is your answer from this page: save it again to let it replace the other."
    )
    return says


def answered_already() -> str:
    """What is said where a practice question was checked before."""
    return str(gettext("You had answered this question already; that first answer counts."))


@bp.post("/attempts/<int:attempt_id>/questions")
@open_to(Audience.LEARNERS)
def answer_all(attempt_id: int) -> Page:
    """Save what was changed on a page with all questions.

    What was not touched here is left as it is, so that an old page takes nothing back; what cannot be saved is asked
    again with its reason, and the rest is saved all the same.
    """
    who = Answerer(*(signed_in_as() or abort(404)))
    state = own(attempt_id, utcnow())
    if not state.is_open or not state.settings.one_page:
        return redirect(url_for(".attempt", attempt_id=attempt_id), 303)
    checked = whole_number(request.form, "check", default=0)
    flag, _, flagged = request.form.get("flag", "").partition(":")
    to_flag = whole_number({"flag": flag}, "flag", default=0)
    typed = {
        slot.position: problem
        for slot in state.slots
        if slot.settled is None and (problem := _save_if_changed(who, state.id, slot.position, checked))
    }
    if to_flag:
        set_flag(db.session(), who, attempt_id, to_flag, flagged == "1", utcnow())
    db.session.commit()
    if typed:
        return _all(own(attempt_id, utcnow()), typed), 422
    place = checked or to_flag
    if place:
        return redirect(url_for(".questions", attempt_id=attempt_id, _anchor=f"question-{place}"), 303)
    return redirect(url_for(".finish" if "finish" in request.form else ".questions", attempt_id=attempt_id), 303)


def _save_if_changed(who: Answerer, attempt_id: int, position: int, checked: int) -> Typed | None:
    """Save one of many answers if it was changed on the page, or is to be checked; what was typed, if it cannot be."""
    suffix, final = f"-{position}", checked == position
    given, certainty = request.form.getlist(f"answer{suffix}"), request.form.get(f"certainty{suffix}", "")
    seen = request.form.get(f"seen{suffix}", fingerprint((), ""))
    if fingerprint(given, certainty) == seen and not final:
        return None
    try:
        _save(db.session(), who, attempt_id, position, suffix, final)
    except BadResponse as error:
        return Typed(given, certainty, gettext(str(error)))
    except NewerAnswerSaved:
        return Typed(given, certainty, newer_saved())
    except AnsweredAlready:
        flash(answered_already())
    return None
