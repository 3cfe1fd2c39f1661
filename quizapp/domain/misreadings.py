"""Which lines of a text are misread: by how many of those whose answers rest on them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """Exact words of a passage; `source` tells apart passages of two texts that are called the same."""

    source: int
    passage: str
    quote: str


@dataclass(frozen=True)
class Answered:
    """A student's answer to one question: the lines that decide it, and those that speak `against` what was given.

    `right` is whether it earned everything; `others` are the lines that speak against answers that others may give.
    """

    student: int
    right: bool
    deciding: tuple[Line, ...]
    against: tuple[Line, ...] = ()
    others: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Misread:
    """A line, and how many students misread it.

    Of the `asked`, who answered a question that points at it, `missed` did not get fully right what it decides, and
    `against` gave an answer it speaks against; `students` did one or the other.
    """

    line: Line
    asked: int
    missed: int
    against: int
    students: int


def misread_lines(answers: Iterable[Answered], least: int) -> list[Misread]:
    """The lines that `least` students or more misread, those of most students first, then those of the larger share."""
    asked: dict[Line, set[int]] = {}
    missed: dict[Line, set[int]] = {}
    against: dict[Line, set[int]] = {}
    for answer in answers:
        _note(asked, (*answer.deciding, *answer.against, *answer.others), answer.student)
        _note(missed, () if answer.right else answer.deciding, answer.student)
        _note(against, answer.against, answer.student)
    found = [_misread(line, asked[line], missed.get(line, set()), against.get(line, set())) for line in asked]
    found = [misread for misread in found if misread.students >= least]
    return sorted(found, key=lambda one: (-one.students, one.asked, one.line.passage, one.line.quote))


def _note(students: dict[Line, set[int]], lines: Iterable[Line], student: int) -> None:
    for line in lines:
        students.setdefault(line, set()).add(student)


def _misread(line: Line, asked: set[int], missed: set[int], against: set[int]) -> Misread:
    return Misread(line, len(asked), len(missed), len(against), len(missed | against))
