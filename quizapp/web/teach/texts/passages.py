"""Passages: the editor with its preview and notes, another place, and taking them out of the text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.domain.differences import Change, word_difference
from quizapp.models import Bank, Passage, PassageVersion, Section, db
from quizapp.services.authoring import ChangedMeanwhile, UnknownClaims, registered_claims
from quizapp.services.orphans import Orphan, orphans_after
from quizapp.services.reading import NoteView, PassageView
from quizapp.services.texts import passages as service
from quizapp.services.texts.passages import LeavesOrphans, NotesLost, versions_of
from quizapp.services.texts.sections import sections_of
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404, check_right, may
from quizapp.web.teach.texts.access import passage_or_404
from quizapp.web.teach.texts.forms import PassageForm, passage_data

Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Look:
    """What stands beside the editor: the passage as readers see it, what changes, and what a change takes away.

    `newer` is a version that somebody saved meanwhile, and `against_newer` the way from it to what was typed.
    """

    view: PassageView | None = None
    changes: Sequence[Change] = ()
    orphans: Sequence[Orphan] = ()
    must_accept: bool = False
    newer: PassageVersion | None = None
    against_newer: Sequence[Change] = field(default=())


@bp.route("/banks/<slug>/text/new", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def new_passage(slug: str) -> Page:
    """Write a passage; the section stands in the address of the link, and can be changed."""
    bank = bank_or_404(slug, Right.EDIT)
    form = PassageForm(data={"section": request.args.get("section")}) if request.method == "GET" else PassageForm()
    return _edited(bank, None, form)


@bp.route("/passages/<int:passage_id>", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def edit_passage(passage_id: int) -> Page:
    """Change a passage: that makes a new version. With `version` in the address, the words of an earlier one."""
    bank, passage = passage_or_404(passage_id)
    if request.method == "POST":
        check_right(bank, Right.EDIT)
        return _edited(bank, passage, PassageForm())
    version = _asked_for(passage)
    data = {**passage_data(version, passage.current.number), "section": passage.section.slug}
    return _edited(bank, passage, PassageForm(data=data), version)


def _asked_for(passage: Passage) -> PassageVersion:
    number = request.args.get("version", str(passage.current.number))
    found = [version for version in versions_of(db.session(), passage) if str(version.number) == number]
    return found[0] if found else abort(404)


def _edited(bank: Bank, passage: Passage | None, form: PassageForm, shown: PassageVersion | None = None) -> Page:
    form.choose_from(sections_of(db.session(), bank))
    if request.method == "POST":
        return _sent(bank, passage, form, request.form.get("action", ""))
    look = Look() if passage is None else _look(bank, passage, form)
    return _editor(bank, passage, form, look, shown)


def _sent(bank: Bank, passage: Passage | None, form: PassageForm, action: str) -> Page:
    if action == "add-note":
        form.add_row()
        return _editor(bank, passage, form, Look())
    if not form.validate_on_submit():
        return _refused(bank, passage, form, Look())
    try:
        return _done(bank, passage, form, action)
    except LeavesOrphans:
        return _refused(bank, passage, form, _look(bank, passage, form, must_accept=True))
    except ChangedMeanwhile:
        return _conflict(bank, passage, form)
    except (NotesLost, UnknownClaims) as error:
        _say(form, error)
    return _refused(bank, passage, form, _look(bank, passage, form))


def _done(bank: Bank, passage: Passage | None, form: PassageForm, action: str) -> Page:
    if action == "preview":
        service.check(db.session(), bank, form.words())
        return _editor(bank, passage, form, _look(bank, passage, form))
    return _saved(bank, passage, form, orphans_accepted=action == "anyway")


def _saved(bank: Bank, passage: Passage | None, form: PassageForm, orphans_accepted: bool) -> Response:
    session, words = db.session(), form.words()
    if passage is None:
        section = next(one for one in sections_of(session, bank) if one.slug == form.section.data)
        passage = service.create_passage(session, bank, section, words, current_user.id, utcnow())
        flash(gettext("The passage is saved."))
    elif service.edit_passage(session, bank, passage, words, form.seen, current_user.id, utcnow(), orphans_accepted):
        number = passage.current.number
        flash(gettext("Saved as version %(number)s; past attempts keep theirs.", number=number))
    else:
        flash(gettext("The words are the same, so there is no new version."))
    session.commit()
    return redirect(url_for(".text", slug=bank.slug, _anchor=passage.slug), 303)


def _say(form: PassageForm, error: NotesLost | UnknownClaims) -> None:
    """What is wrong with the notes, above the form, and at those whose words are lost."""
    if isinstance(error, UnknownClaims):
        form.form_errors.append(gettext("The bank registers no claim %(codes)s.", codes=", ".join(error.codes)))
        return
    count = len(error.places)
    form.form_errors.append(
        ngettext(
            "%(num)s note is on words that do not stand in the passage: mend or drop it.",
            "%(num)s notes are on words that do not stand in the passage: mend or drop them.",
            count,
        )
    )
    rows = form.rows_kept()
    for place in error.places:
        rows[place].quote.errors = [
            gettext("These words do not stand in the passage. Copy the words that the note is on, or drop the note.")
        ]


def _conflict(bank: Bank, passage: Passage | None, form: PassageForm) -> Page:
    """Somebody saved a newer version: what was typed stays, the newer one stands beside, saving again is a choice."""
    db.session.rollback()
    assert passage is not None  # noqa: S101  a passage not saved yet has no version to be older than
    newer = passage.current
    form.form_errors.append(
        gettext(
            "Somebody has saved version %(number)s since you opened this page. What you typed is kept, and the newer"
            " version stands beside it: take over what you want of it. Saving then puts yours on top of it.",
            number=newer.number,
        )
    )
    form.seen_version.data = str(newer.number)
    look = Look(newer=newer, against_newer=word_difference(newer.text, form.text.data))
    return _editor(bank, passage, form, look), 409


def _refused(bank: Bank, passage: Passage | None, form: PassageForm, look: Look) -> Page:
    return _editor(bank, passage, form, look), 422


def _look(bank: Bank, passage: Passage | None, form: PassageForm, must_accept: bool = False) -> Look:
    typed = form.text.data or ""
    if passage is None:
        return Look(_view(bank, None, form))
    left = [] if passage.removed else orphans_after(db.session(), bank, passage.slug, typed)
    changes = word_difference(passage.current.text, typed)
    changed = any(not change.kept for change in changes)
    return Look(_view(bank, passage, form), changes if changed else (), left, must_accept)


def _view(bank: Bank, passage: Passage | None, form: PassageForm) -> PassageView:
    """The passage of the form as readers would see it."""
    slug = passage.slug if passage else "new"
    notes = tuple(
        NoteView(
            f"note-{slug}-{number}",
            number,
            row.quote.data,
            row.verdict.data,
            row.record.data,
            _references(row.references.data),
        )
        for number, row in enumerate(form.rows_kept(), start=1)
    )
    return PassageView(slug, bank.source.slug, "", form.title.data, form.retells.data or "", form.text.data, notes)


def _references(written: str | None) -> tuple[str, ...]:
    return tuple((written or "").splitlines())


def _editor(
    bank: Bank, passage: Passage | None, form: PassageForm, look: Look, shown: PassageVersion | None = None
) -> str:
    if request.method == "POST":
        db.session.rollback()  # nothing is written here, so nobody need wait while the page is made
    if not form.notes or not form.notes[-1].form.empty:
        form.add_row()
    return render_template(
        "teach/text/passage.html",
        bank=bank,
        passage=passage,
        form=form,
        look=look,
        restored=shown
        if passage is not None and shown is not None and shown.number != passage.current.number
        else None,
        claims=registered_claims(db.session(), bank),
        may_edit=may(bank, Right.EDIT),
    )


@bp.post("/passages/<int:passage_id>/move")
@open_to(Audience.TEACHERS)
def move_passage(passage_id: int) -> Response:
    """Up or down by one place, or to another section."""
    bank, passage = passage_or_404(passage_id, Right.EDIT)
    to = request.form.get("to", "")
    section: Section | None = next((one for one in sections_of(db.session(), bank) if one.slug == to), None)
    if passage.removed is None and to in ("up", "down"):
        if not service.step(db.session(), passage, -1 if to == "up" else 1):
            flash(gettext("The passage stays where it is: nothing lies beyond it."))
    elif section is not None:
        service.move_to(db.session(), passage, section)
        flash(gettext("The passage stands in “%(section)s” now.", section=section.title))
    else:
        abort(400, gettext("Choose where the passage should go: up, down, or a section of the text."))
    db.session.commit()
    return redirect(url_for(".text", slug=bank.slug, _anchor=passage.slug), 303)


@bp.route("/passages/<int:passage_id>/remove", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def remove_passage(passage_id: int) -> Page:
    """What it takes away from questions, and then the deed; attempts that rest on the passage keep it."""
    bank, passage = passage_or_404(passage_id, Right.EDIT)
    if request.method == "GET":
        left = orphans_after(db.session(), bank, passage.slug, None)
        return render_template("teach/text/remove.html", bank=bank, passage=passage, orphans=left)
    try:
        service.remove_passage(db.session(), bank, passage, utcnow(), request.form.get("action") == "anyway")
    except LeavesOrphans as error:
        db.session.rollback()
        return render_template("teach/text/remove.html", bank=bank, passage=passage, orphans=error.orphans), 422
    db.session.commit()
    flash(
        gettext(
            "“%(title)s” is out of the text. It can be put back at the end of this page.", title=passage.current.title
        )
    )
    return redirect(url_for(".text", slug=bank.slug), 303)


@bp.post("/passages/<int:passage_id>/put-back")
@open_to(Audience.TEACHERS)
def put_back(passage_id: int) -> Response:
    """Take a removed passage into the text again."""
    bank, passage = passage_or_404(passage_id, Right.EDIT)
    service.put_back(db.session(), passage)
    db.session.commit()
    flash(gettext("The passage is back, at the end of its section."))
    return redirect(url_for(".text", slug=bank.slug, _anchor=passage.slug), 303)
