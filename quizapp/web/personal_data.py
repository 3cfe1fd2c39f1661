"""Everything that is kept of somebody, as one file of tables with a text that explains them."""

from datetime import datetime

from flask_babel import gettext

from quizapp.formats.zip_file import zip_file
from quizapp.models import User, db
from quizapp.services.own_data import everything_of
from quizapp.web.downloads import csv_of
from quizapp.web.overdue import close_overdue


def data_of(user_id: int, now: datetime) -> bytes:
    """All of it, packed: for the person, or for whoever runs the site and hands it over."""
    close_overdue(now, user_id)
    user = db.session.get_one(User, user_id)
    files = {f"{table.name}.csv": csv_of(table) for table in everything_of(db.session(), user, now)}
    return zip_file({"README.txt": _explanation().encode("utf-8-sig"), **files}, now)


def _explanation() -> str:
    """What the files hold, in plain words, as a text with the line ends that every editor shows."""
    paragraphs = (*_on_all_files(), *_on_the_person(), *_on_attempts(), *_on_the_rest())
    return "\r\n\r\n".join(paragraphs) + "\r\n"


def _on_all_files() -> tuple[str, ...]:
    return (
        gettext("What this site keeps of you, as it was when you downloaded it."),
        gettext(
            "Each file is a table that a spreadsheet can open. Times are in UTC (the Z at the end says so). A text "
            "that a spreadsheet would take for a formula has an apostrophe in front. Where a quiz does not show scores "
            "or marks yet, or an answer waits for a teacher’s mark, the cell is empty."
        ),
    )


def _on_the_person() -> tuple[str, ...]:
    return (
        gettext(
            "account.csv: your username, the name shown, what you are here (student or teacher), when the account was "
            "made, by how much your time limits are multiplied, how many attempts more you have and by how many days "
            "dates come later, whether you run the site, when you last signed in, and the language you chose, if any."
        ),
        gettext(
            "links.csv: when links were made with which you could choose a password, until when they were valid, and "
            "when they were used or ended. identities.csv: with whom you can sign in elsewhere, and the number or name "
            "that you have there."
        ),
        gettext("classes.csv: the classes you joined or were put into, and when you were taken out."),
        gettext("rights.csv: what a teacher may do with banks, quizzes and classes: view, edit or own."),
    )


def _on_attempts() -> tuple[str, ...]:
    return (
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
        gettext(
            "corrections.csv: what corrections of questions did to your answers, as far as their reviews tell you. "
            "“left as it was”: it would have cost you marks, so it was not applied. “looked at” is when you saw it."
        ),
        gettext("reports.csv: what you said is wrong with a question, and when a teacher dealt with it."),
    )


def _on_the_rest() -> tuple[str, ...]:
    return (
        gettext(
            "named.csv: by number, the versions of questions and passages that you wrote, the answers that you marked, "
            "and whatever else says that it was you. The texts belong to the bank and not to these files."
        ),
        gettext(
            "log.csv: what the site’s log says that you did, and what others did to your account. It is kept so that "
            "misuse can be found; it holds no answers and no passwords."
        ),
        gettext(
            "Your password is not here, because it is not kept: only a number made of it is, from which nobody can get "
            "it back."
        ),
    )
