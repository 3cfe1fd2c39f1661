"""The gradebook as files: sheets with a line for each student, assignment and attempt, with names or without."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from quizapp.domain.assignment_scores import Finished, kept_of
from quizapp.domain.gradebook import pseudonyms
from quizapp.formats.csv_text import Cell, csv_file
from quizapp.formats.xlsx import Column, Shape, Sheet, xlsx_file
from quizapp.services.gradebook import Assigned, Attempted, Gradebook, Learner, Line, Records, due_for
from quizapp.web import wording


@dataclass(frozen=True)
class Names:
    """How students are called in a file: by their names, or (`numbers`, by id) by a number alone."""

    numbers: Mapping[int, int] | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """What stands above them."""
        student = Column(gettext("Student"))
        return (student,) if self.numbers is not None else (student, Column(gettext("Username")))

    def of(self, student: Learner) -> tuple[Cell, ...]:
        """How this student is called."""
        if self.numbers is not None:
            return (gettext("Student %(number)s", number=self.numbers[student.id]),)
        return student.name, student.username

    def in_order(self, lines: Iterable[Line]) -> list[Line]:
        """The lines in an order that tells no more than the names do."""
        numbers = self.numbers
        return list(lines) if numbers is None else sorted(lines, key=lambda line: numbers[line.student.id])

    def time_column(self, title: str) -> Column:
        """A column of times: to the minute beside a name, else to the day."""
        if self.numbers is not None:
            return Column(gettext("%(title)s (day)", title=title), Shape.DAY)
        return Column(gettext("%(title)s (UTC)", title=title), Shape.MOMENT)


def names_in(records: Records, classroom_id: int, secret: str, anonymous: bool) -> Names:
    """Names for a file. Numbers stay the same from file to file as long as nobody comes to the class.

    They follow from the instance's `secret` and the class, so that no number of one class is the same in another.
    """
    if not anonymous:
        return Names()
    key = hmac.digest(secret.encode(), f"gradebook of class {classroom_id}".encode(), hashlib.sha256)
    return Names(pseudonyms([student.id for student in records.students], key))


def scores_sheet(book: Gradebook, names: Names) -> Sheet:
    """A line for each student: the mean and what counts for each assignment."""
    titles = [Column(assignment.title, Shape.PERCENT) for assignment in book.assignments]
    rows = [
        (*names.of(line.student), line.mean, *(cell.share for cell in line.cells))
        for line in names.in_order(book.lines)
    ]
    return Sheet(gettext("Scores"), [*names.columns, Column(gettext("Mean"), Shape.PERCENT), *titles], rows)


def assignments_sheet(book: Gradebook, names: Names) -> Sheet:
    """A line for each assignment: its dates, what counts, and how the scores spread."""
    columns = [
        Column(gettext("Assignment")),
        Column(gettext("Quiz")),
        names.time_column(gettext("Opens")),
        names.time_column(gettext("Due")),
        names.time_column(gettext("Closes")),
        Column(gettext("What counts")),
        Column(gettext("Students with a score"), Shape.NUMBER),
        Column(gettext("Mean"), Shape.PERCENT),
        Column(gettext("Median"), Shape.PERCENT),
        Column(gettext("Standard deviation"), Shape.PERCENT),
    ]
    rows = [
        (
            assignment.title,
            assignment.quiz,
            assignment.opens,
            assignment.due,
            assignment.settings.closes,
            str(wording.GRADING_NAMES[assignment.rules.grading]),
            spread.number,
            spread.mean,
            spread.median,
            spread.deviation,
        )
        for assignment, spread in zip(book.assignments, book.columns, strict=True)
    ]
    return Sheet(gettext("Assignments"), columns, rows)


def attempts_sheet(book: Gradebook, records: Records, names: Names) -> Sheet:
    """A line for each attempt, those that run included: its score, and what is left of it when it came late."""
    columns = [
        *names.columns,
        Column(gettext("Assignment")),
        Column(gettext("Attempt"), Shape.NUMBER),
        names.time_column(gettext("Started")),
        names.time_column(gettext("Submitted")),
        Column(gettext("Minutes taken"), Shape.NUMBER),
        Column(gettext("Marks"), Shape.NUMBER),
        Column(gettext("Marks possible"), Shape.NUMBER),
        Column(gettext("Score"), Shape.PERCENT),
        Column(gettext("Days late"), Shape.NUMBER),
        Column(gettext("Score after lateness"), Shape.PERCENT),
        Column(gettext("Answers that wait for a mark"), Shape.NUMBER),
    ]
    rows = [
        (*names.of(line.student), assignment.title, *_attempt_cells(attempt, line.student, assignment))
        for line in names.in_order(book.lines)
        for assignment in book.assignments
        for attempt in records.attempts.get((line.student.id, assignment.id), ())
    ]
    return Sheet(gettext("Attempts"), columns, rows)


def _attempt_cells(attempt: Attempted, student: Learner, assignment: Assigned) -> tuple[Cell, ...]:
    minutes, late_by, kept = None, None, None
    if attempt.submitted is not None:
        minutes = round((attempt.submitted - attempt.started).total_seconds() / 60)
        rules = assignment.rules
        finished = Finished(attempt.share or 0.0, attempt.submitted, attempt.awaiting)
        counts = kept_of(finished, rules.late, rules.late_percent, due_for(assignment, student))
        late_by, kept = counts.late_by, None if attempt.share is None else counts.share
    return (
        attempt.number,
        attempt.started,
        attempt.submitted,
        minutes,
        attempt.score,
        attempt.max_score,
        attempt.share,
        late_by,
        kept,
        attempt.awaiting,
    )


def workbook(book: Gradebook, records: Records, names: Names, made: datetime) -> bytes:
    """Everything as one workbook."""
    return xlsx_file(
        [scores_sheet(book, names), assignments_sheet(book, names), attempts_sheet(book, records, names)], made
    )


def as_csv(sheet: Sheet) -> bytes:
    """One sheet as a CSV file. Shares are percentages from 0 to 100 there: such a file carries no formats."""
    shapes = [column.shape for column in sheet.columns]
    titles = [
        gettext("%(title)s, in percent", title=column.title) if column.shape is Shape.PERCENT else column.title
        for column in sheet.columns
    ]
    return csv_file([titles, *_plain_rows(sheet.rows, shapes)])


def _plain_rows(rows: Sequence[Sequence[Cell]], shapes: Sequence[Shape]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [_plain(cell, shape) for cell, shape in zip(row, shapes, strict=True)]


def _plain(cell: Cell, shape: Shape) -> Cell:
    if shape is Shape.PERCENT and isinstance(cell, float):
        return round(cell * 100, 2)
    if shape is Shape.DAY and isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell
