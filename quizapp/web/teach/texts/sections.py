"""Sections: a new one, another name, another place, and away with an empty one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.models import Bank, Section, db
from quizapp.services.authoring import ChangedMeanwhile
from quizapp.services.texts import sections as service
from quizapp.services.texts.sections import Holds, StillHolds
from quizapp.web.guard import open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404
from quizapp.web.teach.texts.access import section_or_404
from quizapp.web.teach.texts.forms import SectionForm
from quizapp.web.teach.texts.text import text_page

Page = str | tuple[str, int] | Response
_HELD = {
    Holds.PASSAGES: _("The section still has passages. Move them to another section, or remove them first."),
    Holds.QUESTIONS: _(
        "Questions are still filed under this section. Move them to another one in the list of questions."
    ),
    Holds.DRAWS: _("A quiz draws its questions from this section. Change the quiz first."),
    Holds.FILES: _("The bank's files have this section and would bring it back. Without passages no reader sees it."),
    Holds.LAST: _("It is the only section, and a text needs one. Rename it instead."),
}


@bp.post("/banks/<slug>/sections")
@open_to(Audience.TEACHERS)
def add_section(slug: str) -> Page:
    """A new section behind the others."""
    bank = bank_or_404(slug, Right.EDIT)
    form = SectionForm()
    if not form.validate_on_submit():
        db.session.rollback()
        return text_page(slug, form), 422
    section = service.add_section(db.session(), bank, form.title.data, form.dated.data)
    db.session.commit()
    flash(gettext("The section is added; write its first passage, or move one there."))
    return _back(bank, section)


@bp.route("/sections/<int:section_id>", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def edit_section(section_id: int) -> Page:
    """Another name or other years."""
    bank, section = section_or_404(section_id, Right.EDIT)
    if request.method == "GET":
        data = {"title": section.title, "dated": section.dated}
        form = SectionForm(data={**data, "seen_title": section.title, "seen_dated": section.dated})
        return render_template("teach/text/section.html", bank=bank, section=section, form=form)
    form = SectionForm()
    if not form.validate_on_submit():
        db.session.rollback()
        return render_template("teach/text/section.html", bank=bank, section=section, form=form), 422
    try:
        service.rename_section(section, form.title.data, form.dated.data, form.seen)
    except ChangedMeanwhile:
        db.session.rollback()
        form.form_errors.append(
            gettext(
                "Somebody called it “%(title)s” since you opened this page. Save again to call it yours.",
                title=section.title,
            )
        )
        form.seen_title.data, form.seen_dated.data = section.title, section.dated
        return render_template("teach/text/section.html", bank=bank, section=section, form=form), 409
    db.session.commit()
    flash(gettext("The section is saved."))
    return _back(bank, section)


@bp.post("/sections/<int:section_id>/move")
@open_to(Audience.TEACHERS)
def move_section(section_id: int) -> Response:
    """Up or down by one place."""
    bank, section = section_or_404(section_id, Right.EDIT)
    steps = {"up": -1, "down": 1}.get(request.form.get("to", ""), 0)
    if not steps or not service.step_section(db.session(), bank, section, steps):
        flash(gettext("The section stays where it is."))
    db.session.commit()
    return _back(bank, section)


@bp.post("/sections/<int:section_id>/remove")
@open_to(Audience.TEACHERS)
def remove_section(section_id: int) -> Response:
    """Away with a section in which nothing is any more."""
    bank, section = section_or_404(section_id, Right.EDIT)
    title = section.title
    try:
        service.remove_section(db.session(), bank, section)
    except StillHolds as error:
        db.session.rollback()
        flash(_HELD[error.what])
        return _back(bank, section)
    db.session.commit()
    flash(gettext("The section “%(title)s” is removed.", title=title))
    return redirect(url_for(".text", slug=bank.slug), 303)


def _back(bank: Bank, section: Section) -> Response:
    return redirect(url_for(".text", slug=bank.slug, _anchor=section.slug), 303)
