"""What is said of a list of students: how it was read, and what happens to each row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from quizapp.formats.roster_csv import MOST_ROWS, Notice, StudentList
from quizapp.services.classes.importing import Outcome, PlannedRow

OUTCOMES = {
    Outcome.NEW: _("new account"),
    Outcome.ENROLLED: _("has an account, comes into this class too"),
    Outcome.ALREADY: _("in the class already"),
    Outcome.NO_NAME: _("not taken: the name is missing"),
    Outcome.LONG_NAME: _("not taken: the name is longer than 80 characters"),
    Outcome.BAD_USERNAME: _(
        "not taken: a username has 3 to 40 letters, digits, dots, hyphens and underscores, and no spaces"
    ),
    Outcome.TWICE: _("not taken: this username stands further up already"),
    Outcome.TAKEN: _("not taken: this username belongs to somebody whom you do not teach; choose another"),
    Outcome.REMOVED: _("not taken: was taken out of this class; let them in again from its list of students"),
}
"""What happens to a row, said of one that is planned or done."""


@dataclass(frozen=True)
class Counts:
    """How many rows do what: make an account, bring in somebody who has one, change nothing, are not taken."""

    new: int
    enrolled: int
    already: int
    refused: int


def counts(rows: Sequence[PlannedRow]) -> Counts:
    """The rows counted."""
    by = Counter(row.outcome for row in rows)
    new, enrolled, already = by[Outcome.NEW], by[Outcome.ENROLLED], by[Outcome.ALREADY]
    return Counts(new, enrolled, already, len(rows) - new - enrolled - already)


def of_reading(notice: Notice, detail: str) -> str:
    """A sentence on how the list was read."""
    match notice:
        case Notice.WINDOWS_1252:
            said: str = gettext(
                "The file is not in Unicode and was read as Windows-1252. Look whether accents are right; if not, save "
                "it as CSV UTF-8."
            )
        case Notice.OTHER_COLUMNS:
            said = gettext("These columns are not used: %(columns)s.", columns=detail)
        case Notice.NO_NAME_COLUMN:
            said = gettext("There is no column called name, so students are called by their usernames.")
        case Notice.TOO_MANY_ROWS:
            said = ngettext(
                "At most %(most)s students are taken at once: the last %(num)s was left out. Send it afterwards.",
                "At most %(most)s students are taken at once: the last %(num)s were left out. Send them afterwards.",
                int(detail),
                most=MOST_ROWS,
            )
        case Notice.TOO_MANY_COLUMNS:
            said = gettext(
                "The list has %(columns)s columns, and the first line does not say which is the name. Put a first line "
                "above it, such as: name, username.",
                columns=detail,
            )
        case Notice.QUOTATION_MARKS:
            said = gettext("A quotation mark is opened and never closed, so quotation marks were taken as letters.")
    return said


def nothing_read(listed: StudentList) -> str:
    """Why there is nobody in the list."""
    fatal = [detail for notice, detail in listed.notices if notice is Notice.TOO_MANY_COLUMNS]
    if fatal:
        return of_reading(Notice.TOO_MANY_COLUMNS, fatal[0])
    return str(gettext("There is no student in it. Choose a file, or type at least one name."))
