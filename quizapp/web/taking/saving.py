"""What scripts ask while a quiz is taken: to save one answer at once, and how the attempt stands. In JSON.

A save and a heartbeat run their one statement on a connection alone (`writing_once`); only a refusal opens an ORM
session.
"""

from datetime import datetime
from typing import Any

from flask import abort, jsonify, request, url_for
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.kinds.base import BadResponse
from quizapp.models import db
from quizapp.models.engine import Database, writing_once
from quizapp.services.attempts.answering import (
    AnsweredAlready,
    Answerer,
    AttemptClosed,
    NewerAnswerSaved,
    Sent,
    given_values,
    save_answer,
    set_flag,
    stamp,
)
from quizapp.services.attempts.presence import see
from quizapp.services.attempts.showing import questions_in
from quizapp.web.clock import utcnow
from quizapp.web.guard import begins_itself, checks_itself, open_to, signed_in_as
from quizapp.web.numbers import LARGEST_REVISION, whole_number
from quizapp.web.taking import bp
from quizapp.web.taking.own import own

Answer = tuple[Response, int]
FAILED = "quizapp.failed"
"""Where the environment of a request holds the error by which it has failed already (`quick_save`)."""


@bp.post("/attempts/<int:attempt_id>/questions/<int:position>/save")
@open_to(Audience.LEARNERS)
@checks_itself
@begins_itself
def save(attempt_id: int, position: int) -> Answer:
    """Save one answer as it was changed, and only then say so; without a revision only its flag."""
    if FAILED in request.environ:
        raise request.environ[FAILED]
    who, now = Answerer(*(signed_in_as() or abort(404))), utcnow()
    try:
        with writing_once(db.engine) as connection:
            kept = _keep(connection, who, attempt_id, position, now)
    except BadResponse as error:
        return _says("refused", 422, problem=gettext(str(error)))
    except NewerAnswerSaved as newer:
        return _says("newer", 409, revision=newer.revision, given=_given(attempt_id, position))
    except AttemptClosed:
        return _says("closed", 410, review=url_for(".attempt", attempt_id=attempt_id))
    except AnsweredAlready:
        return _says("closed", 410, review=url_for(".question", attempt_id=attempt_id, position=position))
    return jsonify(told_saved(now, **kept)), 200


def told_saved(saved: datetime, **kept: int) -> dict[str, Any]:
    """What a script is told of an answer that was saved at this moment, and under which revision."""
    return {"state": "saved", "now": stamp(utcnow()), "saved": saved.isoformat(), **kept}


def _keep(database: Database, who: Answerer, attempt_id: int, position: int, now: datetime) -> dict[str, int]:
    flagged = request.form.get("flagged")
    if flagged is not None and "revision" not in request.form:
        # The page may show an old answer: whoever flags the question does not want that one back.
        set_flag(database, who, attempt_id, position, flagged == "1", now)
        return {}
    return {"revision": save_answer(database, who, attempt_id, position, sent_in(request.form), now).revision}


def sent_in(form: MultiDict[str, str]) -> Sent:
    """What a script sends of one question."""
    values = form.to_dict()
    flagged = values.get("flagged")
    return Sent(
        fields={"answer": form.getlist("answer")},
        revision=whole_number(values, "revision", default=1, largest=LARGEST_REVISION),
        certainty=values.get("certainty", ""),
        flagged=None if flagged is None else flagged == "1",
    )


def _says(state: str, status: int, **values: Any) -> Answer:
    return jsonify(state=state, now=stamp(utcnow()), **values), status


def _given(attempt_id: int, position: int) -> list[str]:
    slot = own(attempt_id, utcnow()).slot(position)
    question = questions_in(db.session(), [slot])[slot.version_id]
    return list(given_values(question, slot.order, slot.response))


@bp.post("/attempts/<int:attempt_id>/here")
@open_to(Audience.LEARNERS)
@checks_itself
@begins_itself
def here(attempt_id: int) -> tuple[str, int]:
    """The page on which a quiz is taken for a class is there: its teacher sees when it last said so."""
    who = Answerer(*(signed_in_as() or abort(404)))
    with writing_once(db.engine) as connection:
        see(connection, who, attempt_id, utcnow())
    return "", 204


@bp.get("/attempts/<int:attempt_id>/state")
@open_to(Audience.LEARNERS)
def state(attempt_id: int) -> Response:
    """How the attempt stands by the server's clock; with a fresh token, should the sign-in have been renewed."""
    now = utcnow()
    found = own(attempt_id, now)
    return jsonify(
        now=stamp(now),
        person=current_user.id,
        token=generate_csrf(),
        open=found.is_open,
        deadline=None if found.deadline is None else stamp(found.deadline),
        slots=[
            {
                "position": slot.position,
                "revision": slot.revision,
                "answered": slot.answered,
                "flagged": slot.flagged,
            }
            for slot in found.slots
        ],
    )
