"""Marking what no program can judge, question by question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services.attempts import marking as marks
from quizapp.services.attempts import marking_queue as queues
from quizapp.services.attempts.marking_queue import AnswerToMark, Place, Queue
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.numbers import LARGEST_REVISION, whole_number
from quizapp.web.overdue import close_overdue
from quizapp.web.teach import bp

NOT_GIVEN = 1_000_000
"""Stands for points that were not chosen: more than any criterion has."""


@dataclass(frozen=True)
class Asked:
    """What the address asks for: `names` shown or not, and `of` which class or assignment, such as class-3.

    Names are hidden unless asked for, so that work is marked and not people.
    """

    names: bool
    of: str

    @classmethod
    def by(cls, values: Mapping[str, str]) -> "Asked":
        """As these parameters say; what is no class or assignment is left out."""
        thing, _, number = values.get("of", "").partition("-")
        known = thing in ("class", "assignment") and whole_number({"of": number}, "of", default=0)
        return cls(values.get("names") == "1", f"{thing}-{known}" if known else "")

    @property
    def queue(self) -> Queue:
        """The answers to go through."""
        thing, _, number = self.of.partition("-")
        return Queue(
            current_user.id,
            classroom_id=int(number) if thing == "class" else None,
            assignment_id=int(number) if thing == "assignment" else None,
            named=self.names,
        )

    def kept(self, names: bool | None = None) -> dict[str, Any]:
        """The parameters that go along to the next page; what is usual is left out."""
        return {"names": "1" if (self.names if names is None else names) else None, "of": self.of or None}


@bp.get("/marking")
@open_to(Audience.TEACHERS)
def marking() -> str:
    """The questions whose answers wait for a mark, and the answers marked last."""
    close_overdue(utcnow())
    asked = Asked.by(request.args)
    return render_template(
        "teach/marking.html",
        waiting=queues.waiting(db.session(), asked.queue),
        marked=queues.marked(db.session(), asked.queue),
        classes=queues.classes_to_mark(db.session(), current_user.id),
        asked=asked,
    )


@bp.route("/marking/<int:attempt_id>/<int:position>", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def mark(attempt_id: int, position: int) -> str | tuple[str, int] | Response:
    """One answer with its rubric; after it is marked, the next answer to the same question that waits."""
    asked = Asked.by(request.args)
    answer = queues.answer_to_mark(db.session(), asked.queue, attempt_id, position)
    if request.method == "GET":
        slot = answer.reviewed.slot
        return _page(asked, answer, slot.points, slot.comment)
    criteria = range(len(answer.content.rubric))
    points = [whole_number(request.form, f"points-{place}", NOT_GIVEN) for place in criteria]
    comment = request.form.get("comment", "")
    try:
        seen = whole_number(request.form, "seen", marks.NOT_MARKED, LARGEST_REVISION)
        marks.mark(db.session(), attempt_id, position, points, comment, current_user.id, utcnow(), seen)
    except marks.MarkRefused as error:
        db.session.rollback()
        return _page(asked, answer, points, comment, gettext(str(error))), 422
    except marks.MarkedMeanwhile:
        db.session.rollback()
        return _page(asked, answer, points, comment, _marked_meanwhile(answer)), 409
    following = queues.next_waiting(db.session(), asked.queue, attempt_id, position)
    db.session.commit()
    if following is None or request.form.get("then") == "list":
        flash(gettext("Saved."))
        return redirect(url_for(".marking", **asked.kept()), 303)
    flash(gettext("Saved. Here is the next answer."))
    return redirect(_address(asked, following), 303)


def _marked_meanwhile(answer: AnswerToMark) -> str:
    says: str = gettext(
        "%(name)s has marked this answer since you opened it: %(points)s points, “%(comment)s”. Yours stand below and "
        "are not saved yet; save again to put them in the place of the other mark.",
        name=answer.marked_by or gettext("A teacher who left"),
        points=" + ".join(str(number) for number in answer.reviewed.slot.points),
        comment=answer.reviewed.slot.comment,
    )
    return says


def _address(asked: Asked, place: Place) -> str:
    return url_for(".mark", attempt_id=place.attempt_id, position=place.position, **asked.kept())


def _page(asked: Asked, answer: AnswerToMark, points: Sequence[int], comment: str, problem: str = "") -> str:
    neighbours = {"previous": answer.previous, "following": answer.following, "next_waiting": answer.next_waiting}
    return render_template(
        "teach/mark.html",
        answer=answer,
        reviewed=answer.reviewed,
        points=points,
        comment=comment,
        seen=marks.revision_of(answer.marked),
        problem=problem,
        asked=asked,
        addresses={name: _address(asked, place) if place else None for name, place in neighbours.items()},
    )
