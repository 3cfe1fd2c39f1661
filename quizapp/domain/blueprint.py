"""What a quiz will ask before anybody has taken it: how many questions of which sort its slots give."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from quizapp.domain.quizzes import Candidate, Draw, Fixed


@dataclass(frozen=True)
class Shortfall:
    """A draw that finds too little: it is the slot at `index` from 0, and gives only `given` of `asked` questions."""

    index: int
    asked: int
    given: int


@dataclass(frozen=True)
class Blueprint:
    """What to expect of one attempt.

    `chances` are, by question id, the probabilities 0–1 that it is asked; `marks` what all of it is worth.
    """

    chances: dict[int, float] = field(default_factory=dict)
    marks: float = 0.0
    shortfalls: tuple[Shortfall, ...] = ()
    not_asked: tuple[int, ...] = ()
    """Indexes of slots whose certain question is not published, and so is left out."""

    @property
    def questions(self) -> float:
        """How many questions are asked; a whole number, because draws take a fixed number."""
        return round(sum(self.chances.values()), 6)


def blueprint(requests: Sequence[Fixed | Draw], marks: Sequence[float], candidates: Sequence[Candidate]) -> Blueprint:
    """What these slots, each question of which is worth `marks`, give out of the published questions `candidates`.

    A draw gives every question that fits it and is still free an equal chance. Where draws share only some of their
    questions the chances are close, not exact, because they are worked out draw by draw, each as free as it is likely
    to be. What a student has seen before is left aside.
    """
    published = {candidate.question_id for candidate in candidates}
    fixed = {request.question_id for request in requests if isinstance(request, Fixed)}
    chances: dict[int, float] = {}
    total, short, left_out = 0.0, [], []
    for index, (request, worth) in enumerate(zip(requests, marks, strict=True)):
        if isinstance(request, Fixed):
            if request.question_id in published:
                chances[request.question_id] = 1.0
                total += worth
            else:
                left_out.append(index)
            continue
        fitting = [one.question_id for one in candidates if one.question_id not in fixed and request.admits(one)]
        given = _draw(fitting, request.count, chances)
        total += given * worth
        if given < request.count:
            short.append(Shortfall(index, request.count, round(given)))
    return Blueprint(chances, total, tuple(short), tuple(left_out))


def _draw(fitting: Sequence[int], count: int, chances: dict[int, float]) -> float:
    """Add to `chances` what a draw of `count` adds; how many it gives."""
    free = {question: 1 - chances.get(question, 0.0) for question in fitting}
    available = sum(free.values())
    share = min(1.0, count / available) if available > 0 else 0.0
    for question, still_free in free.items():
        chances[question] = chances.get(question, 0.0) + share * still_free
    return round(min(float(count), available), 6)


def by_cell(
    plan: Blueprint, candidates: Sequence[Candidate], row: Callable[[Candidate], str]
) -> dict[tuple[str, str], float]:
    """How many questions to expect by (row, level): the sum of the chances of the questions in the cell."""
    cells: defaultdict[tuple[str, str], float] = defaultdict(float)
    for candidate in candidates:
        cells[row(candidate), candidate.level] += plan.chances.get(candidate.question_id, 0.0)
    return {cell: expected for cell, expected in cells.items() if expected}
