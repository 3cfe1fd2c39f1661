"""Corrections: a deed is proposed, every student before and after is shown, then it is applied; and undone likewise."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.models import Correction, Deed, Question, db
from quizapp.services import problem_reports
from quizapp.services.corrections import applying, counts, ledger, planning, undoing
from quizapp.services.corrections.answers import AttemptChange
from quizapp.services.corrections.planning import Plan
from quizapp.services.corrections.proposals import CorrectionRefused
from quizapp.services.corrections.shapes import Shape, shapes
from quizapp.services.teaching import taught_by
from quizapp.web.clock import utcnow
from quizapp.web.guard import only_reads, open_to
from quizapp.web.numbers import whole_number
from quizapp.web.overdue import close_overdue
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404, check_right, may, question_or_404
from quizapp.web.teach.correction_forms import CorrectionForm, deed_of, numbers, proposal_of

Page = str | tuple[str, int] | Response
MOST_LISTED = 500
"""Attempts listed in a dry run; of more, the first so many by name."""


@dataclass(frozen=True)
class Effects:
    """The attempts of a dry run as this teacher may see them: their own students' by name, the others counted."""

    mine: list[AttemptChange]
    others: list[AttemptChange]

    @property
    def every(self) -> list[AttemptChange]:
        """All of them."""
        return [*self.mine, *self.others]

    @property
    def listed(self) -> list[AttemptChange]:
        """Those shown by name."""
        return self.mine[:MOST_LISTED]


def _effects(attempts: tuple[AttemptChange, ...]) -> Effects:
    taught = set(db.session.scalars(taught_by(current_user.id)))
    mine = [attempt for attempt in attempts if attempt.user_id in taught]
    return Effects(mine, [attempt for attempt in attempts if attempt.user_id not in taught])


@bp.get("/questions/<int:question_id>/correct")
@open_to(Audience.TEACHERS)
def correct(question_id: int) -> Page:
    """How a question was answered, and what can be put right in it."""
    question = question_or_404(question_id, Right.EDIT)
    close_overdue(utcnow())
    shape = planning.shape_with(shapes(question), whole_number(request.args, "version", default=0))
    form = CorrectionForm(formdata=None, data={"explanation": shape.content.explanation})
    return _form_page(question, shape, deed_of(request.args.get("deed")), form)


@bp.post("/questions/<int:question_id>/correct/preview")
@open_to(Audience.TEACHERS)
@only_reads
def preview_correction(question_id: int) -> Page:
    """What the correction would do to each attempt; nothing is written."""
    question = question_or_404(question_id, Right.EDIT)
    shape, deed, form = _sent(question)
    if deed is None or request.form.get("action") == "change":
        return _form_page(question, shape, deed, form)
    if not form.validate_on_submit():
        return _form_page(question, shape, deed, form), 422
    try:
        planned = planning.plan(db.session(), question, shape.head.id, proposal_of(form, deed))
    except CorrectionRefused as error:
        return _form_page(question, shape, deed, form, gettext(str(error))), 422
    return _dry_run(question, planned, form)


@bp.post("/questions/<int:question_id>/correct")
@open_to(Audience.TEACHERS)
def apply_correction(question_id: int) -> Page:
    """Apply the correction whose dry run was looked at."""
    question = question_or_404(question_id, Right.EDIT)
    shape, deed, form = _sent(question)
    if deed is None or not form.validate_on_submit():
        return _form_page(question, shape, deed, form), 422
    try:
        made = applying.apply(
            db.session(),
            question,
            shape.head.id,
            proposal_of(form, deed),
            form.seen.data or "",
            current_user.id,
            utcnow(),
        )
    except CorrectionRefused as error:
        db.session.rollback()
        return _form_page(question_or_404(question_id), shape, deed, form, gettext(str(error))), 422
    except applying.ChangedMeanwhile as changed:
        db.session.rollback()
        return _dry_run(question_or_404(question_id), changed.plan, form, changed=True), 409
    number = made.id
    db.session.commit()
    flash(gettext("The correction is applied. The students it touched are told."))
    return redirect(url_for(".correction", correction_id=number), 303)


def _sent(question: Question) -> tuple[Shape, Deed | None, CorrectionForm]:
    """What a form speaks of: the shape, the deed, and the form."""
    heads = numbers(request.form.getlist("version"))
    shape = planning.shape_with(shapes(question), heads[0] if heads else None)
    return shape, deed_of(request.form.get("deed")), CorrectionForm()


def _form_page(question: Question, shape: Shape, deed: Deed | None, form: CorrectionForm, problem: str = "") -> str:
    every = shapes(question)
    offered = _offered(shape)
    return render_template(
        "teach/correct.html",
        bank=question.bank,
        question=question,
        shape=shape,
        shapes=every,
        counts=counts.counts(db.session(), shape),
        deed=deed if deed in offered else None,
        deeds=offered,
        droppable=shape.kind.droppable(shape.content, shape.dropped()),
        form=form,
        sent=request.form,
        first=request.method == "GET",
        problem=problem,
        reports=problem_reports.open_on_question(db.session(), current_user.id, question.id),
        corrections=ledger.of_question(db.session(), question.id),
    )


def _offered(shape: Shape) -> list[Deed]:
    kind = shape.kind
    by_kind = [deed for deed in (Deed.ACCEPT, Deed.DROP) if str(deed) in kind.corrected_by]
    return [*([] if kind.marked_by_teacher else [Deed.KEY]), *by_kind, Deed.EVERYONE, Deed.VOID]


def _dry_run(question: Question, planned: Plan, form: CorrectionForm, changed: bool = False) -> str:
    return render_template(
        "teach/correct_preview.html",
        bank=question.bank,
        question=question,
        plan=planned,
        effects=_effects(planned.attempts),
        form=form,
        sent=[(name, value) for name, value in request.form.items(multi=True) if name not in _OWN],
        changed=changed,
        most=MOST_LISTED,
    )


_OWN = {"csrf_token", "seen", "action"}


@bp.get("/banks/<slug>/corrections")
@open_to(Audience.TEACHERS)
def corrections(slug: str) -> str:
    """The ledger of a bank."""
    bank = bank_or_404(slug)
    return render_template(
        "teach/corrections.html",
        bank=bank,
        entries=ledger.of_bank(db.session(), bank.id),
        may_edit=may(bank, Right.EDIT),
    )


def _correction_or_404(correction_id: int, needed: Right = Right.VIEW) -> Correction:
    found = db.session.get(Correction, correction_id) or abort(404)
    check_right(found.question.bank, needed)
    return found


@bp.get("/corrections/<int:correction_id>")
@open_to(Audience.TEACHERS)
def correction(correction_id: int) -> str:
    """One correction: what it did, and whether it can be undone."""
    found = _correction_or_404(correction_id)
    taught = set(db.session.scalars(taught_by(current_user.id)))
    effects = ledger.effects(db.session(), correction_id)
    mine = [effect for effect in effects if effect.user_id in taught]
    return render_template(
        "teach/correction.html",
        bank=found.question.bank,
        question=found.question,
        correction=found,
        entry=ledger.entry(db.session(), correction_id),
        effects=mine[:MOST_LISTED],
        mine=len(mine),
        others=len(effects) - len(mine),
        reports=len(problem_reports.open_on_question(db.session(), current_user.id, found.question_id)),
        may_undo=may(found.question.bank, Right.EDIT)
        and found.undone is None
        and undoing.is_latest(db.session(), found),
    )


@bp.route("/corrections/<int:correction_id>/undo", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def undo_correction(correction_id: int) -> Page:
    """What undoing a correction would do, and doing it."""
    found = _correction_or_404(correction_id, Right.EDIT)
    try:
        if request.method == "GET":
            return _undo_page(undoing.plan_undo(db.session(), found))
        undoing.undo(db.session(), found, request.form.get("seen", ""), current_user.id, utcnow())
    except undoing.UndoneAlready:
        db.session.rollback()
        flash(gettext("This correction is undone already."))
    except undoing.NotTheLatest:
        db.session.rollback()
        flash(gettext("A later correction of this question rests on this one: undo that one first."))
    except applying.ChangedMeanwhile as changed:
        db.session.rollback()
        return _undo_page(changed.plan, changed=True), 409
    else:
        db.session.commit()
        flash(gettext("The correction is undone. The students it had touched are told."))
    return redirect(url_for(".correction", correction_id=correction_id), 303)


def _undo_page(planned: undoing.UndoPlan, changed: bool = False) -> str:
    found = _correction_or_404(planned.correction.id)
    return render_template(
        "teach/correct_undo.html",
        bank=found.question.bank,
        question=found.question,
        correction=found,
        plan=planned,
        effects=_effects(planned.attempts),
        changed=changed,
        most=MOST_LISTED,
    )
