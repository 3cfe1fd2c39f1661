"""Everything that is kept of somebody, to be downloaded by them."""

from flask import Response
from flask_babel import gettext
from flask_login import current_user

from quizapp.models import db
from quizapp.services.own_data import everything_of
from quizapp.web.account import bp
from quizapp.web.clock import utcnow
from quizapp.web.downloads import csv_of, zip_download
from quizapp.web.overdue import close_overdue


@bp.get("/data.zip")
def data() -> Response:
    """All of it: tables, and a text that explains them."""
    now = utcnow()
    close_overdue(now, current_user.id)
    tables = everything_of(db.session(), current_user.user, now)
    files = {f"{table.name}.csv": csv_of(table) for table in tables}
    return zip_download({"README.txt": _explanation().encode("utf-8-sig"), **files}, "my-data.zip", now)


def _explanation() -> str:
    """What the files hold, in plain words, as a text with the line ends that every editor shows."""
    paragraphs = (
        gettext("What this site keeps of you, as it was when you downloaded it."),
        gettext(
            "Each file is a table that a spreadsheet can open. Times are in UTC (the Z at the end says so). A text "
            "that a spreadsheet would take for a formula has an apostrophe in front. Where a quiz does not show scores "
            "or marks yet, or an answer waits for a teacher’s mark, the cell is empty."
        ),
        gettext(
            "account.csv: your username, the name shown, what you are here (student or teacher), when the account was "
            "made, by how much your time limits are multiplied, how many attempts more you have and by how many days "
            "dates come later."
        ),
        gettext("classes.csv: the classes you joined or were put into, and when you were taken out."),
        gettext("rights.csv: what a teacher may do with banks, quizzes and classes: view, edit or own."),
        gettext(
            "attempts.csv: every attempt, also the reviews and the questions tried once more, which belong to no quiz. "
            "“attempt” is its number in the other files, “number” says that it was your n-th at this quiz. “waiting "
            "for marks” counts answers that a teacher has still to mark."
        ),
        gettext(
            "answers.csv: every question you were asked, and your answer in words; an empty one is a blank. “share "
            "earned” goes from 0 to 1. “certainty” is how sure you said to be: 1 unsure, 2 fairly sure, 3 sure. "
            "“saved” is when your answer arrived, “final” when it could no longer be changed. “points” are a teacher’s "
            "points by criterion, in the order of the criteria."
        ),
        gettext("reports.csv: what you said is wrong with a question, and when a teacher dealt with it."),
        gettext(
            "Your password is not here, because it is not kept: only a number made of it is, from which nobody can get "
            "it back. Questions that a teacher writes belong to the bank and not to these files."
        ),
    )
    return "\r\n\r\n".join(paragraphs) + "\r\n"
