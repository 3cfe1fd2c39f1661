"""One change to many questions of the list: first what it would do, then done."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.domain.tags import LONGEST, MOST
from quizapp.models import Bank, db
from quizapp.services.questions import bulk
from quizapp.services.questions.bulk import Deed, Order, Planned, Refusal
from quizapp.web.clock import utcnow
from quizapp.web.guard import only_reads, open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404
from quizapp.web.teach.field_words import words_of
from quizapp.web.teach.question_list import all_on, filled
from quizapp.web.teach.question_list_forms import ListForm

DEED_NAMES = {
    Deed.TAG: _("Add tags"),
    Deed.UNTAG: _("Take tags away"),
    Deed.MOVE: _("Move to another section"),
    Deed.STATUS: _("Set the status"),
    Deed.OBJECTIVE: _("Set the objective"),
}
REFUSALS = {
    Refusal.SO_ALREADY: _("It is so already."),
    Refusal.TOO_MANY_TAGS: _("It would have too many tags: a question has at most %(most)s."),
    Refusal.ORPHANED: _(
        "Its evidence no longer stands in the passages. Choose new words in the editor, then publish it."
    ),
}
_CANNOT = {
    "tags": _("Write at least one tag."),
    "long tag": _("A tag has at most %(longest)s characters, and a question at most %(most)s tags."),
    "section": _("Choose a section of this text."),
    "status": _("Choose a status."),
    "objective": _("Choose an objective of this bank."),
}


@dataclass(frozen=True)
class Told:
    """What becomes of one question, in words."""

    planned: Planned
    before: str
    after: str
    refusal: str


@bp.post("/banks/<slug>/questions/bulk")
@open_to(Audience.TEACHERS)
@only_reads
def plan_bulk(slug: str) -> str | tuple[str, int] | Response:
    """What the change would do to each of the questions chosen."""
    bank = bank_or_404(slug, Right.EDIT)
    order = _order()
    ids = _chosen(bank)
    if order is None or not ids:
        flash(gettext("Tick the questions that it is for, then choose what to do with them.") if order else _no_deed())
        return redirect(_back(bank), 303)
    return _plan_page(bank, ids, order)


@bp.post("/banks/<slug>/questions/bulk/apply")
@open_to(Audience.TEACHERS)
def apply_bulk(slug: str) -> str | tuple[str, int] | Response:
    """Carry out what was shown, for all of the questions or for none."""
    bank = bank_or_404(slug, Right.EDIT)
    order, stamps = _order(), _stamps()
    if order is None or not stamps:
        flash(_no_deed())
        return redirect(_back(bank), 303)
    try:
        count = bulk.apply(db.session(), bank, stamps, order, current_user.id, utcnow())
    except bulk.CannotBeDone as error:
        db.session.rollback()
        flash(_says(error))
        return redirect(_back(bank), 303)
    except bulk.ChangedSincePlan as error:
        db.session.rollback()
        return _plan_page(bank, list(stamps), order, error.questions)
    db.session.commit()
    flash(ngettext("%(num)s question is changed.", "%(num)s questions are changed.", count))
    return redirect(_back(bank), 303)


def _plan_page(
    bank: Bank, ids: list[int], order: Order, changed: frozenset[int] = frozenset()
) -> str | tuple[str, int] | Response:
    try:
        planned = bulk.plan(db.session(), bank, ids, order)
    except bulk.CannotBeDone as error:
        flash(_says(error))
        return redirect(_back(bank), 303)
    rows = [_told(bank, order, row) for row in planned]
    page = render_template(
        "teach/question_bulk.html",
        bank=bank,
        order=order,
        deed=DEED_NAMES[order.deed],
        changing=[row for row in rows if row.planned.changes],
        staying=[row for row in rows if not row.planned.changes],
        missing=len(set(ids)) - len(rows),
        stamps=" ".join(f"{row.id}:{row.stamp}" for row in planned),
        changed=changed,
        kept=filled(ListForm(request.form).wanted()),
        back=_back(bank),
    )
    return (page, 409) if changed else page


def _told(bank: Bank, order: Order, row: Planned) -> Told:
    refusal = str(REFUSALS[row.refusal]) % {"most": MOST} if row.refusal else ""
    return Told(row, _words(bank, order, row.before), _words(bank, order, row.after), refusal)


def _words(bank: Bank, order: Order, value: str) -> str:
    match order.deed:
        case Deed.STATUS:
            return words_of(bank, ("status",), value)
        case Deed.OBJECTIVE:
            return words_of(bank, ("objective",), int(value))
    return value


def _order() -> Order | None:
    """What the button pressed asks for; None where it is no deed."""
    deed = request.form.get("deed", "")
    if deed not in list(Deed):
        return None
    return Order(Deed(deed), request.form.get(f"to-{deed}", "").replace("\x00", ""))


def _chosen(bank: Bank) -> list[int]:
    """The questions ticked, or all on the list as it is narrowed."""
    if request.form.get("all"):
        return [row.id for row in all_on(bank, ListForm(request.form).wanted())]
    return [number for typed in request.form.getlist("question") if (number := _id(typed))]


def _stamps() -> dict[int, str]:
    """The questions of the plan, each with what it was then."""
    pairs = (pair.partition(":") for pair in request.form.get("stamps", "").split())
    return {number: stamp for typed, _colon, stamp in pairs if (number := _id(typed))}


def _id(typed: str) -> int:
    """A row's number; 0 for what can be none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _back(bank: Bank) -> str:
    """The list as it was narrowed."""
    return url_for(".questions", slug=bank.slug, **filled(ListForm(request.form).wanted()))


def _no_deed() -> str:
    return str(gettext("Choose what is to be done with the questions."))


def _says(error: bulk.CannotBeDone) -> str:
    return str(_CANNOT[error.why]) % {"longest": LONGEST, "most": MOST}
