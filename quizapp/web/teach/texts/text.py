"""A bank's text as its teachers see it: what stands where, who may read it, and questions that lost their words."""

from collections.abc import Mapping
from itertools import groupby

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.models import Bank, db
from quizapp.services.orphans import orphans as find_orphans
from quizapp.services.reading import questions_by_passage
from quizapp.services.texts import making
from quizapp.services.texts.passages import removed_passages
from quizapp.services.texts.sections import chapters
from quizapp.web.guard import open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404, may
from quizapp.web.teach.overtaking import overtaken, stamp
from quizapp.web.teach.texts.forms import HeadForm, SectionForm, head_data

Page = str | tuple[str, int] | Response


@bp.get("/banks/<slug>/text")
@open_to(Audience.TEACHERS)
def text(slug: str) -> str:
    """The sections and passages in order, with what can be done to them."""
    return text_page(slug, SectionForm(formdata=None))


def text_page(slug: str, form: SectionForm) -> str:
    """The page, with the form for a new section as it was sent."""
    bank = bank_or_404(slug)
    return render_template(
        "teach/text/text.html",
        bank=bank,
        chapters=chapters(db.session(), bank),
        removed=removed_passages(db.session(), bank),
        questions=questions_by_passage(db.session(), bank.id),
        orphaned=len({orphan.question_id for orphan in find_orphans(db.session(), bank)}),
        form=form,
        may_edit=may(bank, Right.EDIT),
        may_open=may(bank, Right.OWN),
    )


@bp.get("/banks/<slug>/orphans")
@open_to(Audience.TEACHERS)
def orphans(slug: str) -> str:
    """The questions whose words no longer stand in the text."""
    bank = bank_or_404(slug)
    found = find_orphans(db.session(), bank)
    grouped = [(number, list(group)) for number, group in groupby(found, key=lambda orphan: orphan.question_id)]
    return render_template("teach/text/orphans.html", bank=bank, questions=grouped)


@bp.post("/banks/<slug>/listing")
@open_to(Audience.TEACHERS)
def list_bank(slug: str) -> Response:
    """Open the text to every reader, or close it again."""
    bank = bank_or_404(slug, Right.OWN)
    wanted = request.form.get("listed")
    if wanted not in ("yes", "no"):
        abort(400, gettext("Say whether everybody may read it: yes or no."))
    bank.listed = wanted == "yes"
    db.session.commit()
    flash(
        gettext("Everybody finds it on the home page now, and may read it.")
        if bank.listed
        else gettext(
            "It is off the home page now. Teachers it is shared with and students who are asked about it read it."
        )
    )
    return redirect(url_for(".text", slug=slug), 303)


@bp.route("/banks/<slug>/about", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def about_bank(slug: str) -> Page:
    """Title, author and objectives of a bank made in the browser; a bank from files has them there."""
    bank = bank_or_404(slug, Right.EDIT)
    if bank.files_digest:
        abort(404)
    form = HeadForm(data=head_data(bank)) if request.method == "GET" else HeadForm()
    if not form.validate_on_submit():
        db.session.rollback()
        page = render_template("teach/text/about.html", bank=bank, form=form, seen=_stamp(_as_stored(bank)))
        return page if request.method == "GET" else (page, 422)
    wanted = form.head()
    if overtaken(_stamp(_as_stored(bank)), _stamp(wanted, _as_stored(bank).objectives)):
        db.session.rollback()
        return render_template("teach/text/about.html", bank=bank, form=form, seen=_stamp(_as_stored(bank))), 409
    making.describe(db.session(), bank, wanted)
    db.session.commit()
    flash(gettext("Saved."))
    return redirect(url_for(".text", slug=slug), 303)


def _as_stored(bank: Bank) -> making.About:
    source = bank.source
    objectives = {objective.number: objective.text for objective in bank.objectives}
    return making.About(bank.title, source.author, source.about, source.language, objectives)


def _stamp(about: making.About, kept: Mapping[int, str] | None = None) -> str:
    """The stamp of what is said of a text; objectives that are `kept` stand there even where it does not name them."""
    objectives = sorted({**(kept or {}), **about.objectives}.items())
    return stamp(about.title, about.author, about.about, about.language, objectives)
