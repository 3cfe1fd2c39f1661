"""Two teachers edited one question: the second chooses, field by field or as a whole, and loses nothing."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from quizapp.domain.differences import Change, word_difference
from quizapp.domain.quizzes import Status
from quizapp.kinds.base import Kind
from quizapp.kinds.merging import Dispute, Side, disputes, put_together
from quizapp.models import Question, db
from quizapp.services import authoring
from quizapp.services.questions.bulk import stamp_of
from quizapp.services.questions.versions import NoSuchVersion, version_numbered, whole_of
from quizapp.web.clock import utcnow
from quizapp.web.teach.field_words import field_name, words_of
from quizapp.web.teach.forms import QuestionForm, content_data, draft_of, seen_beside, seen_version
from quizapp.web.teach.question_problems import quote_says, still_missing

CHOICES = ("keep-mine", "take-theirs", "put-together")
_NOT_KEPT = ("csrf_token", "action", "newer", "button")


@dataclass(frozen=True)
class Compared:
    """A disputed field as the page shows it: what was begun from, and how each side changed that."""

    dispute: Dispute
    name: str
    started: str
    mine: list[Change]
    theirs: list[Change]
    chosen: Side | None


def conflict_page(question: Question, draft: authoring.Draft, form: QuestionForm, says: tuple[str, ...] = ()) -> str:
    """Both versions and what they began from, with the choice."""
    found = _disputes(question, draft, form)
    chosen = _chosen(found)
    rows = [
        Compared(
            dispute,
            field_name(dispute.place),
            words_of(question.bank, dispute.place, dispute.started),
            _changes(question, dispute, dispute.mine),
            _changes(question, dispute, dispute.theirs),
            chosen.get(dispute.name, dispute.suggested),
        )
        for dispute in found
    ]
    return render_template(
        "teach/question_conflict.html",
        bank=question.bank,
        question=question,
        rows=rows,
        says=says,
        sent=_sent(),
        newer=stamp_of(question),
        button=request.form.get("button") or request.form.get("action", ""),
        started=seen_version(form),
        other=_who(question, form),
    )


def choice_made(question: Question, kind: Kind[Any, Any], form: QuestionForm) -> str | tuple[str, int] | Response:
    """Do what was chosen, unless somebody has changed the question once more."""
    action = request.form["action"]
    if action == "take-theirs":
        db.session.rollback()
        flash(gettext("Your own changes are let go; this is the version of %(name)s.", name=_who(question, form)))
        return redirect(url_for(".edit_question", question_id=question.id), 303)
    try:
        content = authoring.content_from(kind.name, content_data(form, kind))
        form.validate()
        draft = draft_of(kind, form, content, request.form.get("button", ""))
    except (ValidationError, ValueError, TypeError):
        db.session.rollback()
        flash(gettext("What you had typed could not be read again; this is the question as it stands."))
        return redirect(url_for(".edit_question", question_id=question.id), 303)
    return _decided(question, form, draft, action)


def _decided(
    question: Question, form: QuestionForm, draft: authoring.Draft, action: str
) -> str | tuple[str, int] | Response:
    if request.form.get("newer") != stamp_of(question):
        db.session.rollback()
        text = gettext("It has been changed once more while you were choosing. Look again.")
        return conflict_page(question, draft, form, (text,)), 409
    says: list[str] = []
    try:
        decided = draft if action == "keep-mine" else _together(question, draft, form)
        authoring.edit_question(db.session(), question, decided, question.current.number, current_user.id, utcnow())
    except KeyError:
        says = [gettext("Choose for every field that both of you changed.")]
    except ValidationError as error:
        says = [gettext("Together these make no whole question; choose otherwise."), *still_missing(error)]
    except authoring.EvidenceNotFound as error:
        says = [quote_says(error.quote)]
    except authoring.UnknownClaims as error:
        says = [gettext("The bank registers no claim %(codes)s.", codes=", ".join(error.codes))]
    if says:
        db.session.rollback()
        return conflict_page(question, draft, form, tuple(says)), 422
    db.session.commit()
    flash(gettext("Saved as version %(number)s; past attempts keep theirs.", number=question.current.number))
    return redirect(url_for(".edit_question", question_id=question.id), 303)


def _together(question: Question, draft: authoring.Draft, form: QuestionForm) -> authoring.Draft:
    """Raises KeyError where a choice is missing, ValidationError where the choices make no question."""
    found = _disputes(question, draft, form)
    whole = put_together(_whole_of_draft(question, draft), _theirs(question), found, _chosen(found))
    return authoring.Draft(
        section=whole["section"],
        kind=whole["kind"],
        status=Status(whole["status"]),
        frame=whole["frame"],
        level=whole["level"],
        objective=whole["objective"],
        content=authoring.content_from(whole["kind"], whole["content"]),
        claims=tuple(whole["claims"]),
        tags=tuple(whole["tags"]),
    )


def _chosen(found: tuple[Dispute, ...]) -> dict[str, Side]:
    sent = {dispute.name: request.form.get(f"take-{dispute.name}") for dispute in found}
    return {name: Side(value) for name, value in sent.items() if value in list(Side)}


def _disputes(question: Question, draft: authoring.Draft, form: QuestionForm) -> tuple[Dispute, ...]:
    mine, theirs = _whole_of_draft(question, draft), _theirs(question)
    return disputes(_started(question, form, theirs), mine, theirs)


def _whole_of_draft(question: Question, draft: authoring.Draft) -> dict[str, Any]:
    tags = tuple(question.tags) if draft.tags is None else draft.tags
    return {
        "kind": draft.kind,
        "content": draft.content.model_dump(mode="json"),
        "frame": draft.frame,
        "level": draft.level,
        "objective": draft.objective,
        "claims": list(draft.claims),
        "section": draft.section,
        "status": draft.status.value,
        "tags": list(tags),
    }


def _theirs(question: Question) -> dict[str, Any]:
    return {**whole_of(question.current), **_beside(question.section.slug, question.status, question.tags)}


def _beside(section: str, status: Status, tags: Any) -> dict[str, Any]:
    return {"section": section, "status": status.value, "tags": list(tags)}


def _started(question: Question, form: QuestionForm, theirs: dict[str, Any]) -> dict[str, Any]:
    """What both began from; where the form does not tell of a thing beside the version, as it is now."""
    try:
        version = whole_of(version_numbered(question, seen_version(form)))
    except NoSuchVersion:
        version = theirs
    seen = seen_beside(form)
    return {
        **version,
        "section": seen.section or theirs["section"],
        "status": seen.status.value if seen.status else theirs["status"],
        "tags": theirs["tags"] if seen.tags is None else list(seen.tags),
    }


def _changes(question: Question, dispute: Dispute, value: Any) -> list[Change]:
    place = dispute.place
    return word_difference(words_of(question.bank, place, dispute.started), words_of(question.bank, place, value))


def _sent() -> MultiDict[str, str]:
    """What was typed, to be sent again with the choice."""
    return MultiDict(
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in _NOT_KEPT and not name.startswith("take-")
    )


def _who(question: Question, form: QuestionForm) -> str:
    """Who made the newer version; what stands beside it is changed by nobody in particular."""
    author = question.current.author
    if question.current.number == seen_version(form):
        return str(gettext("another teacher"))
    return author.display_name if author else str(gettext("the bank's files"))
