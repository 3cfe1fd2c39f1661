"""The gradebook of a class, and its files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Response, current_app, render_template, request, url_for
from flask_login import current_user

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import gradebook as books
from quizapp.services.gradebook import Gradebook, Order
from quizapp.web.clock import utcnow
from quizapp.web.downloads import saved_as
from quizapp.web.guard import open_to
from quizapp.web.numbers import LARGEST, whole_number
from quizapp.web.overdue import close_overdue
from quizapp.web.rendering import percent
from quizapp.web.teach import bp, gradebook_files
from quizapp.web.teach.access import classroom_or_404

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class View:
    """How the address asks to see the gradebook."""

    removed: bool
    """Those who were removed from the class as well."""
    missing: bool
    """What was not handed in by its date counts as 0."""
    sort: str
    """`mean`, the id of an assignment, or anything else for the name."""
    down: bool

    @classmethod
    def asked(cls) -> "View":
        """As the address says."""
        values = request.args
        return cls(values.get("removed") == "1", values.get("missing") == "1", _sort(), values.get("down") == "1")

    @property
    def order(self) -> Order:
        """The order of the lines."""
        number = int(self.sort) if self.sort.isdecimal() else None
        return Order(mean=self.sort == "mean", assignment_id=number, reverse=self.down)

    def address(self, sort: str, down: bool = False) -> dict[str, str | None]:
        """The parameters of the same page in another order; what is usual is left out."""
        return {
            "sort": None if sort == "name" else sort,
            "down": "1" if down else None,
            "removed": "1" if self.removed else None,
            "missing": "1" if self.missing else None,
        }


def _sort() -> str:
    asked = request.args.get("sort", "")
    number = whole_number(request.args, "sort", default=0)
    return "mean" if asked == "mean" else str(number) if number else "name"


@bp.get("/classes/<int:classroom_id>/gradebook")
@open_to(Audience.TEACHERS)
def gradebook(classroom_id: int) -> str:
    """Every student with every assignment."""
    classroom, now, view = classroom_or_404(classroom_id), utcnow(), View.asked()
    close_overdue(now)
    records = books.read(db.session(), classroom_id, current_user.id, view.removed)
    return render_template(
        "teach/gradebook.html",
        classroom=classroom,
        book=books.gradebook(records, now, view.missing, view.order),
        view=view,
        review=_addresses(url_for("taking.review", attempt_id=LARGEST)),
        student_page=_addresses(url_for("teach.student", user_id=LARGEST)),
        written=_Percentages(),
    )


def _addresses(one_of_them: str) -> Callable[[int], str]:
    """Addresses that differ in one number, `LARGEST` in this one; the router is not asked for each of ten thousand."""
    before, after = one_of_them.split(str(LARGEST))
    return lambda number: f"{before}{number}{after}"


class _Percentages(dict[float, str]):
    """Shares as percentages, each of them put into words once."""

    def __missing__(self, share: float) -> str:
        """The words for a share that was not asked for yet."""
        words = self[share] = percent(share)
        return words


@bp.get("/classes/<int:classroom_id>/gradebook/file")
@open_to(Audience.TEACHERS)
def gradebook_file(classroom_id: int) -> Response:
    """The gradebook as a file, with names or without; in the order of the names."""
    classroom, now, view = classroom_or_404(classroom_id), utcnow(), View.asked()
    close_overdue(now)
    anonymous = request.args.get("anonymous") == "1"
    # Numbers are given to all who ever were in the class, so that they are the same whoever is shown.
    records = books.read(db.session(), classroom_id, current_user.id, with_removed=True)
    book = books.gradebook(records, now, view.missing)
    if not view.removed:
        book = books.without_removed(book)
    secret = current_app.config["SECRET_KEY"]
    names = gradebook_files.names_in(records, classroom.id, secret, anonymous)
    stem = f"gradebook-{'anonymous' if anonymous else classroom.id}-{now:%Y-%m-%d}"
    return _file(request.args.get("file", ""), book, records, names, stem, now)


def _file(
    sort: str, book: Gradebook, records: books.Records, names: gradebook_files.Names, stem: str, now: datetime
) -> Response:
    if sort == "scores":
        return saved_as(gradebook_files.as_csv(gradebook_files.scores_sheet(book, names)), f"{stem}-scores.csv", CSV)
    if sort == "attempts":
        sheet = gradebook_files.attempts_sheet(book, records, names)
        return saved_as(gradebook_files.as_csv(sheet), f"{stem}-attempts.csv", CSV)
    return saved_as(gradebook_files.workbook(book, records, names, now), f"{stem}.xlsx", XLSX)
