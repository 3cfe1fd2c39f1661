"""Marking what no program can judge, question by question."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services.attempts import marking as marks
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.numbers import whole_number
from quizapp.web.overdue import close_overdue
from quizapp.web.teach import bp

NOT_GIVEN = 1_000_000
"""Stands for points that were not chosen: more than any criterion has."""


def _names_shown() -> bool:
    """Whether the teacher asks to see names: hidden unless asked for, so that work is marked and not people."""
    return request.args.get("names") == "1"


@bp.get("/marking")
@open_to(Audience.TEACHERS)
def marking() -> str:
    """The questions whose answers wait for a mark, and the answers marked last."""
    close_overdue(utcnow())
    return render_template(
        "teach/marking.html",
        waiting=marks.waiting(db.session(), current_user.id),
        marked=marks.marked(db.session(), current_user.id),
        names=_names_shown(),
    )


@bp.route("/marking/<int:attempt_id>/<int:position>", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def mark(attempt_id: int, position: int) -> str | tuple[str, int] | Response:
    """One answer with its rubric; after it is marked, the next answer to the same question that waits."""
    answer = marks.answer_to_mark(db.session(), current_user.id, attempt_id, position)
    if request.method == "GET":
        slot = answer.reviewed.slot
        return _page(answer, slot.points, slot.comment)
    criteria = range(len(answer.content.rubric))
    points = [whole_number(request.form, f"points-{place}", NOT_GIVEN) for place in criteria]
    comment = request.form.get("comment", "")
    try:
        marks.mark(db.session(), attempt_id, position, points, comment, current_user.id, utcnow())
    except marks.MarkRefused as error:
        db.session.rollback()
        return _page(answer, points, comment, gettext(str(error))), 422
    following = marks.next_waiting(db.session(), current_user.id, attempt_id, position)
    db.session.commit()
    names = "1" if _names_shown() else None
    if following is None or request.form.get("then") == "list":
        flash(gettext("Saved."))
        return redirect(url_for(".marking", names=names), 303)
    flash(gettext("Saved. Here is the next answer."))
    where = url_for(".mark", attempt_id=following.attempt_id, position=following.position, names=names)
    return redirect(where, 303)


def _page(answer: marks.AnswerToMark, points: Sequence[int], comment: str, problem: str = "") -> str:
    return render_template(
        "teach/mark.html",
        answer=answer,
        reviewed=answer.reviewed,
        points=points,
        comment=comment,
        problem=problem,
        following=marks.next_waiting(db.session(), current_user.id, answer.place.attempt_id, answer.place.position),
        names=_names_shown(),
    )
