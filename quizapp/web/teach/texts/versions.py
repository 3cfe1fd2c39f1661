"""The versions of a passage: who wrote which and when, and the difference between any two, word by word."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, render_template, request

from quizapp.domain.access import Audience, Right
from quizapp.domain.differences import Change, word_difference
from quizapp.models import PassageVersion, db
from quizapp.services.texts.passages import versions_of
from quizapp.web.guard import open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import may
from quizapp.web.teach.texts.access import passage_or_404
from quizapp.web.wording import VERDICT_NAMES


@dataclass(frozen=True)
class Comparison:
    """Two versions, and how one came out of the other."""

    before: PassageVersion
    after: PassageVersion
    title: Sequence[Change]
    retells: Sequence[Change]
    text: Sequence[Change]
    notes: Sequence[Change]


@bp.get("/passages/<int:passage_id>/versions")
@open_to(Audience.TEACHERS)
def passage_versions(passage_id: int) -> str:
    """All versions; those compared stand in the address, by their numbers, else the last two."""
    bank, passage = passage_or_404(passage_id)
    versions = versions_of(db.session(), passage)
    by_number = {str(version.number): version for version in versions}
    latest = versions[0]
    before = request.args.get("before", str(versions[min(1, len(versions) - 1)].number))
    after = request.args.get("after", str(latest.number))
    if before not in by_number or after not in by_number:
        abort(404)
    return render_template(
        "teach/text/versions.html",
        bank=bank,
        passage=passage,
        versions=versions,
        comparison=_compared(by_number[before], by_number[after]),
        may_edit=may(bank, Right.EDIT),
    )


def _compared(before: PassageVersion, after: PassageVersion) -> Comparison:
    return Comparison(
        before,
        after,
        word_difference(before.title, after.title),
        word_difference(before.retells, after.retells),
        word_difference(before.text, after.text),
        word_difference(_notes(before), _notes(after)),
    )


def _notes(version: PassageVersion) -> str:
    """The notes as one text, each with all it says."""
    return "\n\n".join(
        "\n".join(
            [
                f"“{note.quote}”",
                f"{VERDICT_NAMES[note.verdict]}: {note.record}",
                *note.references,
                ", ".join(note.claims),
            ]
        ).strip()
        for note in version.notes
    )
