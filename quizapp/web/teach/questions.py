"""Questions: the list, and the editor with its preview."""

from dataclasses import dataclass
from random import Random
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user
from pydantic import ValidationError
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.domain.quizzes import Status
from quizapp.kinds import KINDS
from quizapp.kinds.base import Kind, Prompt
from quizapp.kinds.content import Content
from quizapp.kinds.explained import Explained
from quizapp.lint import Finding, Severity
from quizapp.models import Bank, Question, db
from quizapp.services import authoring, checking
from quizapp.services.attempts.reviewing import passages_shown
from quizapp.services.reading import PassageView, passage_views
from quizapp.web.clock import utcnow
from quizapp.web.guard import only_reads, open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404, check_right, may, question_or_404
from quizapp.web.teach.forms import (
    FilterForm,
    QuestionForm,
    attach_problems,
    claim_codes,
    content_data,
    form_data,
    question_form,
)

Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Preview:
    """The question as a student sees it, before and after the answer."""

    prompt: Prompt
    explained: Explained
    content: Content
    passages: tuple[PassageView, ...]


@bp.get("/banks/<slug>/questions")
@open_to(Audience.TEACHERS)
def questions(slug: str) -> str:
    """The bank's questions; the filter stands in the address."""
    bank = bank_or_404(slug)
    form = FilterForm(request.args)
    form.choose_from(bank)
    wanted = authoring.QuestionFilter(
        **{name: (form[name].data or "") for name in ("words", "section", "kind", "level", "status")}
    )
    found = authoring.list_questions(db.session(), bank, wanted)
    return render_template(
        "teach/questions.html", bank=bank, form=form, questions=found, may_edit=may(bank, Right.EDIT)
    )


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
    if request.method == "POST":
        check_right(question.bank, Right.EDIT)
    current = question.current
    kind = KINDS[current.kind]
    data = {
        "section": question.section.slug,
        "status": question.status,
        "frame": current.frame,
        "level": current.level,
        "objective": str(current.objective),
        "claims": ", ".join(current.claims),
        "seen_version": str(current.number),
        **form_data(kind, kind.load_content(current.content)),
    }
    form = question_form(kind)(data=data) if request.method == "GET" else question_form(kind)()
    form.choose_from(question.bank)
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
    return _findings_part(question.bank, KINDS[question.current.kind], question)


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
        draft = _draft(kind, form, content)
        document = authoring.document_of(draft, question)
    except (ValidationError, ValueError, TypeError):
        return None
    return checking.findings_on(db.session(), bank, document)


def _edited(bank: Bank, kind: Kind[Any, Any], form: QuestionForm, question: Question | None) -> Page:
    if request.method == "GET" or not form.validate_on_submit():
        return _editor(bank, kind, form, question, None)
    try:
        content = authoring.content_from(kind.name, content_data(form, kind))
        if request.form.get("action") == "preview":
            authoring.check_evidence(db.session(), bank, content)
            db.session.rollback()  # nothing is written, so nobody need wait while the rules look at it
            return _editor(bank, kind, form, question, _preview(bank, kind, content))
        return _saved(bank, kind, form, question, content)
    except ValidationError as error:
        attach_problems(form, kind, error)
    except authoring.EvidenceNotFound as error:
        _attach_missing_quote(form, error)
    except authoring.UnknownClaims as error:
        text = gettext("The bank registers no claim %(codes)s.", codes=", ".join(error.codes))
        form.claims.errors = [text]
    except authoring.ChangedMeanwhile:
        form.form_errors.append(
            gettext(
                "Somebody has saved a newer version since you opened this page. What you typed is kept here: "
                "open the question in a second window, compare, and save there what you still want to change."
            )
        )
    db.session.rollback()
    return _editor(bank, kind, form, question, None)


def _draft(kind: Kind[Any, Any], form: QuestionForm, content: Content) -> authoring.Draft:
    return authoring.Draft(
        section=form.section.data,
        kind=kind.name,
        status=Status(form.status.data),
        frame=form.frame.data,
        level=form.level.data,
        objective=int(form.objective.data),
        content=content,
        claims=claim_codes(form),
    )


def _saved(
    bank: Bank, kind: Kind[Any, Any], form: QuestionForm, question: Question | None, content: Content
) -> Response:
    draft = _draft(kind, form, content)
    if question is None:
        question = authoring.create_question(db.session(), bank, draft, current_user.id, utcnow())
        flash(gettext("The question is saved."))
    else:
        seen = int(form.seen_version.data) if form.seen_version.data.isdecimal() else 0
        changed = authoring.edit_question(db.session(), question, draft, seen, current_user.id, utcnow())
        number = question.current.number
        flash(
            gettext("Saved as version %(number)s; past attempts keep theirs.", number=number)
            if changed
            else gettext("Saved; the words are the same, so there is no new version.")
        )
    db.session.commit()
    grave = sum(found.severity >= Severity.WARNING for found in _findings(bank, kind, form, question) or ())
    if grave:
        flash(
            ngettext("The rules have %(num)s thing to say of it.", "The rules have %(num)s things to say of it.", grave)
        )
    return redirect(url_for(".edit_question", question_id=question.id), 303)


def _attach_missing_quote(form: QuestionForm, error: authoring.EvidenceNotFound) -> None:
    text = gettext("These words do not stand in the passage chosen; copy them exactly: “%(quote)s”", quote=error.quote)
    for row in form.evidence:
        if error.index is not None and (row.form.quote.data or "").strip() == error.quote:
            row.form.quote.errors = [text]
            return
    form.form_errors.append(text)


def _preview(bank: Bank, kind: Kind[Any, Any], content: Content) -> Preview:
    order = kind.order(content, Random(0))  # noqa: S311  one fixed shuffle for the preview
    explained = kind.explain(content, order, None)
    quoted = {evidence.passage for evidence in content.all_evidence()}
    versions = [
        version.id for passage, version in authoring.current_passages(db.session(), bank) if passage.slug in quoted
    ]
    views = passage_views(db.session(), versions)
    shown = passages_shown(explained, [views[number] for number in versions])
    return Preview(kind.prompt(content, order), explained, content, shown)


def _editor(
    bank: Bank, kind: Kind[Any, Any], form: QuestionForm, question: Question | None, preview: Preview | None
) -> str | tuple[str, int]:
    page = render_template(
        "teach/editor.html",
        bank=bank,
        kind=kind,
        form=form,
        question=question,
        preview=preview,
        passages=authoring.current_passages(db.session(), bank),
        claims=authoring.registered_claims(db.session(), bank),
        findings=_findings(bank, kind, form, question),
        waivers=_waivers(question),
        findings_address=_findings_address(bank, kind, question),
        may_edit=may(bank, Right.EDIT),
    )
    failed = request.method == "POST" and preview is None
    return (page, 422) if failed else page


def _findings_address(bank: Bank, kind: Kind[Any, Any], question: Question | None) -> str:
    if question is None:
        return url_for(".findings_on_new", slug=bank.slug, kind_name=kind.name)
    return url_for(".findings_on_edited", question_id=question.id)
