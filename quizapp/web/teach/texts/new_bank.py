"""A new bank from one's own text: bring it, see how it is split and change that, save. Nothing is kept before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.domain.rearranging import Leaf, divided, joined, leaves, parts
from quizapp.domain.splitting import LONGEST, SHORTEST, size, split, title_of, units
from quizapp.formats.own_text import Manuscript, UnreadableText, Why, read_file, read_pasted
from quizapp.models import db
from quizapp.services.texts import making
from quizapp.web.clock import utcnow
from quizapp.web.guard import only_reads, open_to, takes_up_to
from quizapp.web.teach import bp
from quizapp.web.teach.texts.forms import LONGEST_LINE, LONGEST_PASSAGE, HeadForm, NewTextForm, tidy
from quizapp.web.teach.texts.wording import WHY, notice

Page = str | tuple[str, int] | Response
LARGEST_FORM = 8 * 1024 * 1024
"""Bytes: a file of 5 MB, or a long text in a script whose letters take nine bytes each in a form."""
MOST_LEAVES = 2000
"""Passages that a page can still show and send back."""


@dataclass(frozen=True)
class Row:
    """A passage in the preview: what is wrong with it, its size in words, and where it can be divided."""

    leaf: Leaf
    words: int
    units: tuple[str, ...]
    errors: tuple[str, ...]

    @property
    def long(self) -> bool:
        """Whether it is longer than a passage should be."""
        return self.words > LONGEST

    @property
    def short(self) -> bool:
        """Whether it is shorter."""
        return self.words < SHORTEST


@bp.get("/banks/new")
@open_to(Audience.TEACHERS)
def new_bank() -> str:
    """Where a text is brought."""
    return render_template("teach/text/new.html", form=NewTextForm())


@bp.post("/banks/new")
@open_to(Audience.TEACHERS)
@only_reads
@takes_up_to(LARGEST_FORM)
def split_text() -> Page:
    """The text as it would be split."""
    form = NewTextForm()
    file = request.files.get("file") or None  # one without a name, as a field left empty sends, is false
    try:
        manuscript = _manuscript(form, file)
    except UnreadableText as error:
        form.validate()
        return _not_split(form, file, str(WHY[error.why]))
    text = split(manuscript.blocks)
    form.title.data = form.title.data or (text.title or manuscript.title)[:LONGEST_LINE]
    form.author.data = form.author.data or manuscript.author[:LONGEST_LINE]
    row = leaves(text, untitled=form.title.data)
    valid = form.validate()
    if not valid or len(row) > MOST_LEAVES:
        return _not_split(form, file, str(WHY[Why.TOO_LARGE]) if valid else "")
    return _preview(form, row, [notice(one) for one in manuscript.notices])


def _manuscript(form: NewTextForm, file: FileStorage | None) -> Manuscript:
    """The text of the file, or the one pasted. Raises UnreadableText."""
    if file is not None:
        return read_file(file.filename or "", file.read())
    return read_pasted(form.text.data or "", markdown=form.written_in.data == "markdown")


def _not_split(form: NewTextForm, file: FileStorage | None, problem: str = "") -> Page:
    """The form as it was sent, with what is wrong with the text; a file has to be chosen again, as browsers have it."""
    if file is not None:
        problem = f"{problem} {gettext('Choose the file again: a page cannot keep it.')}".strip()
    (form.text if file is None else form.file).errors = [problem] if problem else []
    return render_template("teach/text/new.html", form=form), 422


@bp.post("/banks/new/preview")
@open_to(Audience.TEACHERS)
@only_reads
@takes_up_to(LARGEST_FORM)
def rearrange_text() -> Page:
    """The preview, changed as the button says: passages joined or divided, a section begun."""
    form = HeadForm()
    return _preview(form, _rearranged(_sent_leaves(), request.form.get("action", "")), request.form.getlist("notice"))


@bp.post("/banks/new/save")
@open_to(Audience.TEACHERS)
@takes_up_to(LARGEST_FORM)
def create_bank() -> Page:
    """Make the bank, its maker's own."""
    form = HeadForm()
    row = _with_first_section(_sent_leaves(), form.title.data or "")
    wrong = _problems(row)
    if not form.validate_on_submit() or wrong:
        db.session.rollback()
        return _preview(form, row, request.form.getlist("notice"), wrong), 422
    try:
        bank = making.make_bank(db.session(), form.head(), parts(row), current_user.id, utcnow())
    except making.NothingToSave:
        db.session.rollback()
        form.form_errors.append(gettext("No passage is left: keep at least one."))
        return _preview(form, row, request.form.getlist("notice")), 422
    db.session.commit()
    flash(gettext("The text is saved. Only you can see it; share it with other teachers, or open it to readers below."))
    return redirect(url_for(".text", slug=bank.slug), 303)


def _sent_leaves() -> tuple[Leaf, ...]:
    """The passages as the preview sent them. One without a title is called by its first words."""
    sent = request.form
    left_out = set(sent.getlist("leaf-out"))
    columns = zip_longest(
        sent.getlist("leaf-section"), sent.getlist("leaf-title"), sent.getlist("leaf-text"), fillvalue=""
    )
    row = [
        Leaf(tidy(section), tidy(title) or title_of(text), tidy(text), str(place) in left_out)
        for place, (section, title, text) in enumerate(columns)
    ]
    if len(row) > MOST_LEAVES:
        abort(413)
    return tuple(row)


def _rearranged(row: tuple[Leaf, ...], action: str) -> tuple[Leaf, ...]:
    deed, _, number = action.partition("-")
    if not number.isdecimal() or len(number) > 6:
        return row
    place = int(number)
    if deed == "join":
        return joined(row, place)
    if deed == "divide":
        unit = request.form.get(f"unit-{place}", "")
        return divided(row, place, int(unit) if unit.isdecimal() and len(unit) < 6 else 0)
    if deed == "section" and place < len(row):
        begun = row[place]
        return (*row[:place], Leaf(begun.title, begun.title, begun.text, begun.left_out), *row[place + 1 :])
    return row


def _problems(row: Iterable[Leaf]) -> dict[int, tuple[str, ...]]:
    """What cannot be saved, by the places of the passages."""
    found = {place: tuple(_problems_of(leaf)) for place, leaf in enumerate(row) if not leaf.left_out}
    return {place: says for place, says in found.items() if says}


def _problems_of(leaf: Leaf) -> Iterable[str]:
    if not leaf.text:
        yield gettext("There are no words in this passage; write some, or leave it out.")
    if len(leaf.text) > LONGEST_PASSAGE:
        yield gettext("The passage has more than 20,000 characters; divide it.")
    if len(leaf.title) > LONGEST_LINE:
        yield gettext("The title has more than 300 characters.")
    if len(leaf.section) > LONGEST_LINE:
        yield gettext("The section's title has more than 300 characters.")


def _preview(
    form: HeadForm, row: tuple[Leaf, ...], notices: list[str], wrong: Mapping[int, tuple[str, ...]] | None = None
) -> str:
    rows = [
        Row(leaf, size(leaf.text), tuple(units(leaf.text)), (wrong or {}).get(place, ()))
        for place, leaf in enumerate(_with_first_section(row, form.title.data or ""))
    ]
    return render_template(
        "teach/text/preview.html", form=form, rows=rows, notices=notices, shortest=SHORTEST, longest=LONGEST
    )


def _with_first_section(row: tuple[Leaf, ...], title: str) -> tuple[Leaf, ...]:
    """A text begins with a section, whether or not its name was deleted."""
    if not row or row[0].section:
        return row
    first = row[0]
    return (Leaf(title or first.title, first.title, first.text, first.left_out), *row[1:])
