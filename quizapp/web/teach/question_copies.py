"""A copy of a question, in its own bank or in another."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.models import Bank, db
from quizapp.services import sharing
from quizapp.services.questions import copies
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import question_or_404


@bp.route("/questions/<int:question_id>/duplicate", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def duplicate_question(question_id: int) -> str | tuple[str, int] | Response:
    """Choose the bank, and make a draft there that says the same."""
    question = question_or_404(question_id)
    banks = _banks()
    if request.method == "GET":
        return render_template("teach/question_copy.html", bank=question.bank, question=question, banks=banks)
    bank = next((bank for bank in banks if bank.slug == request.form.get("bank")), None) or abort(404)
    try:
        copied = copies.copy_question(db.session(), question, bank, current_user.id, utcnow())
    except copies.NowhereToStand:
        db.session.rollback()
        says = gettext("This bank has no section or no objective yet; give it both, then copy the question.")
        page = render_template(
            "teach/question_copy.html", bank=question.bank, question=question, banks=banks, chosen=bank.slug, says=says
        )
        return page, 422
    db.session.commit()
    flash(gettext("This is the copy, a draft in “%(bank)s”.", bank=bank.title))
    for says in _to_look_at(copied):
        flash(says)
    return redirect(url_for(".edit_question", question_id=copied.question.id), 303)


def _banks() -> list[Bank]:
    """The banks in which this teacher may make a question."""
    session = db.session()
    return [
        bank
        for bank in sharing.banks_of(session, current_user.id)
        if sharing.has_right(session, current_user.id, bank, Right.EDIT)
    ]


def _to_look_at(copied: copies.Copied) -> list[str]:
    says = []
    if copied.lost_quotes:
        quotes = ", ".join(f"“{quote}”" for quote in copied.lost_quotes)
        says.append(gettext("These words stand in no passage of that bank; choose others: %(quotes)s", quotes=quotes))
    if copied.lost_claims:
        says.append(
            gettext(
                "That bank does not register the claims %(codes)s; they are left out.",
                codes=", ".join(copied.lost_claims),
            )
        )
    if copied.moved or copied.other_objective:
        says.append(gettext("Check its section and its objective: that bank has others."))
    return says
