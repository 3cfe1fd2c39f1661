"""The pages on which banks and quizzes are shared with other teachers."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.models import Bank, Quiz, db
from quizapp.web.guard import open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404, quiz_or_404
from quizapp.web.teach.sharing import ShareForm, share_by_form, shown_shares

Page = str | tuple[str, int] | Response
NOBODY = "nobody"


def _page(thing: Bank | Quiz, bank: Bank, address: str, form: ShareForm | None = None) -> str:
    return render_template(
        "teach/shares.html",
        thing=thing,
        bank=bank,
        here="quizzes" if isinstance(thing, Quiz) else "sharing",
        sharing=shown_shares(thing, address, form),
        everyone_address=f"{address}/everyone",
    )


def _set_everyone(thing: Bank | Quiz, address: str) -> Response:
    """What every teacher may do with it: nothing, look, or change."""
    sent = request.form.get("everyone", "")
    if sent not in (NOBODY, Right.VIEW, Right.EDIT):
        abort(400, gettext("Choose what every teacher may do with it."))
    thing.everyone = None if sent == NOBODY else Right(sent)
    db.session.commit()
    flash(gettext("Saved."))
    return redirect(address, 303)


@bp.get("/banks/<slug>/sharing")
@open_to(Audience.TEACHERS)
def bank_sharing(slug: str) -> str:
    """Who may do what with a bank."""
    bank = bank_or_404(slug)
    return _page(bank, bank, url_for(".bank_sharing", slug=slug))


@bp.post("/banks/<slug>/sharing")
@open_to(Audience.TEACHERS)
def share_bank(slug: str) -> Page:
    """Change who may do what with a bank."""
    bank, address = bank_or_404(slug), url_for(".bank_sharing", slug=slug)
    return share_by_form(bank, lambda form: _page(bank, bank, address, form), address, url_for(".index"))


@bp.post("/banks/<slug>/sharing/everyone")
@open_to(Audience.TEACHERS)
def open_bank(slug: str) -> Response:
    """Change what every teacher may do with a bank."""
    return _set_everyone(bank_or_404(slug, Right.OWN), url_for(".bank_sharing", slug=slug))


@bp.get("/quizzes/<int:quiz_id>/sharing")
@open_to(Audience.TEACHERS)
def quiz_sharing(quiz_id: int) -> str:
    """Who may do what with a quiz."""
    quiz = quiz_or_404(quiz_id)
    return _page(quiz, quiz.bank, url_for(".quiz_sharing", quiz_id=quiz_id))


@bp.post("/quizzes/<int:quiz_id>/sharing")
@open_to(Audience.TEACHERS)
def share_quiz(quiz_id: int) -> Page:
    """Change who may do what with a quiz."""
    quiz, address = quiz_or_404(quiz_id), url_for(".quiz_sharing", quiz_id=quiz_id)
    return share_by_form(quiz, lambda form: _page(quiz, quiz.bank, address, form), address, url_for(".index"))


@bp.post("/quizzes/<int:quiz_id>/sharing/everyone")
@open_to(Audience.TEACHERS)
def open_quiz(quiz_id: int) -> Response:
    """Change what every teacher may do with a quiz."""
    return _set_everyone(quiz_or_404(quiz_id, Right.OWN), url_for(".quiz_sharing", quiz_id=quiz_id))
