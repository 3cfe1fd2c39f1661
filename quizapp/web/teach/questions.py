"""The question editor."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user
from pydantic import ValidationError
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.domain.quizzes import Status
from quizapp.kinds import KINDS
from quizapp.kinds.base import Kind
from quizapp.kinds.content import Content
from quizapp.lint import Finding, Severity
from quizapp.models import Bank, Question, db
from quizapp.services import authoring, checking
from quizapp.web.clock import utcnow
from quizapp.web.guard import only_reads, open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404, check_right, may, question_or_404
from quizapp.web.teach.forms import (
    STATUS_BUTTONS,
    QuestionForm,
    add_row,
    content_data,
    data_of,
    draft_of,
    question_form,
    seen_beside,
    seen_version,
)
from quizapp.web.teach.question_conflict import CHOICES, choice_made, conflict_page
from quizapp.web.teach.question_preview import kind_sent, preview_of
from quizapp.web.teach.question_problems import attach_missing_quote, attach_problems

Page = str | tuple[str, int] | Response


@bp.route("/banks/<slug>/questions/new/<kind_name>", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def new_question(slug: str, kind_name: str) -> Page:
    """Write a question of this kind."""
    bank = bank_or_404(slug, Right.EDIT)
    kind = KINDS.get(kind_name) or abort(404)
    form = question_form(kind)()
    form.choose_from(bank)
    return _edited(bank, kind, form, None)


@bp.route("/questions/<int:question_id>", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def edit_question(question_id: int) -> Page:
    """Change a question; what it asks gets a new version, and past attempts keep theirs."""
    question = question_or_404(question_id)
    kind = kind_sent(question)
    if request.method == "POST":
        check_right(question.bank, Right.EDIT)
        form = question_form(kind)()
    else:
        form = question_form(kind)(data=data_of(question, kind))
    form.choose_from(question.bank)
    if request.form.get("action") in CHOICES:
        return choice_made(question, kind, form)
    return _edited(question.bank, kind, form, question)


@bp.post("/banks/<slug>/questions/new/<kind_name>/findings")
@open_to(Audience.TEACHERS)
@only_reads
def findings_on_new(slug: str, kind_name: str) -> str:
    """What the rules say of a question not saved yet, as a part of a page."""
    bank = bank_or_404(slug, Right.EDIT)
    return _findings_part(bank, KINDS.get(kind_name) or abort(404), None)


@bp.post("/questions/<int:question_id>/findings")
@open_to(Audience.TEACHERS)
@only_reads
def findings_on_edited(question_id: int) -> str:
    """What the rules say of a question as it stands in the editor, as a part of a page."""
    question = question_or_404(question_id)
    return _findings_part(question.bank, kind_sent(question), question)


def _findings_part(bank: Bank, kind: Kind[Any, Any], question: Question | None) -> str:
    form = question_form(kind)()
    form.choose_from(bank)
    return render_template(
        "teach/_findings.html", findings=_findings(bank, kind, form, question), waivers=_waivers(question)
    )


def _waivers(question: Question | None) -> list[dict[str, Any]]:
    """The rules that the question may break, as its bank's file says."""
    return question.waivers if question else []


def _findings(bank: Bank, kind: Kind[Any, Any], form: QuestionForm, question: Question | None) -> list[Finding] | None:
    """What the rules find in the form's question; None while it is not whole enough to be judged."""
    try:
        content = authoring.content_from(kind.name, content_data(form, kind))
        document = authoring.document_of(draft_of(kind, form, content), question)
    except (ValidationError, ValueError, TypeError):
        return None
    return checking.findings_on(db.session(), bank, document)


def _edited(bank: Bank, kind: Kind[Any, Any], form: QuestionForm, question: Question | None) -> Page:
    action = request.form.get("action", "")
    if request.method == "GET":
        return _editor(bank, kind, form, question)
    if action.startswith("row:"):
        add_row(form, action.removeprefix("row:"))
        db.session.rollback()  # nothing is written, so nobody need wait while the rules look at it
        return _editor(bank, kind, form, question)
    done = _tried(bank, kind, form, question, action) if form.validate_on_submit() else None
    if done is not None:
        return done
    db.session.rollback()
    return _editor(bank, kind, form, question), 422


def _tried(bank: Bank, kind: Kind[Any, Any], form: QuestionForm, question: Question | None, action: str) -> Page | None:
    """The page after what was asked for; None where the form now says why that cannot be done."""
    try:
        content = authoring.content_from(kind.name, content_data(form, kind))
        if action == "preview":
            authoring.check_evidence(db.session(), bank, content)
            db.session.rollback()
            return _editor(bank, kind, form, question, previewed=True)
        return _saved(bank, kind, form, question, content)
    except ValidationError as error:
        attach_problems(form, kind, error)
    except authoring.EvidenceNotFound as error:
        attach_missing_quote(form, error)
    except authoring.UnknownClaims as error:
        text = gettext("The bank registers no claim %(codes)s.", codes=", ".join(error.codes))
        form.claims.errors = [text]
    except authoring.ChangedMeanwhile:
        db.session.rollback()
        assert question is not None  # noqa: S101  nobody else has a question that is not there yet
        return conflict_page(question, draft_of(kind, form, content, action), form), 409
    return None


def _saved(
    bank: Bank, kind: Kind[Any, Any], form: QuestionForm, question: Question | None, content: Content
) -> Response:
    draft = draft_of(kind, form, content, request.form.get("action", ""))
    if question is None:
        question = authoring.create_question(db.session(), bank, draft, current_user.id, utcnow())
        flash(gettext("The question is saved.") + _life(draft.status))
    else:
        before = question.status
        changed = authoring.edit_question(
            db.session(), question, draft, seen_version(form), current_user.id, utcnow(), seen_beside(form)
        )
        number = question.current.number
        flash(
            (
                gettext("Saved as version %(number)s; past attempts keep theirs.", number=number)
                if changed
                else gettext("Saved; the words are the same, so there is no new version.")
            )
            + (_life(draft.status) if before != draft.status else "")
        )
    db.session.commit()
    grave = sum(found.severity >= Severity.WARNING for found in _findings(bank, kind, form, question) or ())
    if grave:
        flash(
            ngettext("The rules have %(num)s thing to say of it.", "The rules have %(num)s things to say of it.", grave)
        )
    return redirect(url_for(".edit_question", question_id=question.id), 303)


def _life(status: Status) -> str:
    says = {
        Status.DRAFT: gettext("It is a draft: no student is asked it."),
        Status.PUBLISHED: gettext("It is published: quizzes ask it from now on."),
        Status.RETIRED: gettext("It is retired: no new attempt asks it, past ones keep it."),
    }
    return f" {says[status]}"


def _editor(
    bank: Bank, kind: Kind[Any, Any], form: QuestionForm, question: Question | None, previewed: bool = False
) -> str:
    return render_template(
        "teach/editor.html",
        bank=bank,
        kind=kind,
        form=form,
        question=question,
        preview=preview_of(bank, kind, form, question),
        previewed=previewed,
        passages=authoring.current_passages(db.session(), bank),
        claims=authoring.registered_claims(db.session(), bank),
        findings=_findings(bank, kind, form, question),
        waivers=_waivers(question),
        live=_live(bank, kind, question),
        may_edit=may(bank, Right.EDIT),
        buttons=[name for name, status in STATUS_BUTTONS.items() if _offers(status, question)],
    )


def _offers(status: Status, question: Question | None) -> bool:
    """Which further buttons there are: a draft is published, what is published retired, what is retired published."""
    now = question.status if question else Status.DRAFT
    return status is (Status.RETIRED if now is Status.PUBLISHED else Status.PUBLISHED)


def _live(bank: Bank, kind: Kind[Any, Any], question: Question | None) -> dict[str, str]:
    """The addresses that the form is sent to while somebody types."""
    if question is None:
        new: dict[str, Any] = {"slug": bank.slug, "kind_name": kind.name}
        return {"findings": url_for(".findings_on_new", **new), "preview": url_for(".preview_of_new", **new)}
    return {
        "findings": url_for(".findings_on_edited", question_id=question.id),
        "preview": url_for(".preview_of_edited", question_id=question.id),
    }
