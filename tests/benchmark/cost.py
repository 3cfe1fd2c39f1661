"""What 100,000 students would take, on paper: from figures that were measured and assumptions that are named."""

import math
from dataclasses import dataclass

from tests.benchmark.students import ATTEMPT, QUESTIONS, REQUESTS


@dataclass(frozen=True)
class Assumed:
    """What nobody measures; put in your own."""

    students: int = 100_000
    at_once: float = 0.2
    """Share of them who sit an exam in the same minutes."""
    attempts_a_term: int = 40
    """Each student's."""
    exam_hours_a_term: int = 100
    """Hours in which so many sit; in all others one machine is enough."""
    hours_a_term: int = 4_000
    headroom: float = 0.6
    """Share of what a machine holds at the most that it is given to do."""
    cores: int = 2
    """Of a machine like the one that was measured."""
    price_of_core_hour: float = 0.05
    """In whatever currency: an assumption, not a quotation."""


@dataclass(frozen=True)
class Cost:
    """What it takes: requests a second at the peak, machines then, gigabytes a term, core-hours and their price."""

    requests_per_second: float
    machines: int
    gigabytes: float
    core_hours: int
    price: float


def cost(held: int, bytes_by_answer: float, assumed: Assumed) -> Cost:
    """The arithmetic; `held` is how many students one machine held. Raises ValueError where it held none."""
    if held < 1:
        raise ValueError("a machine that holds nobody cannot be multiplied")
    sitting = assumed.students * assumed.at_once
    machines = math.ceil(sitting / (held * assumed.headroom))
    machine_hours = machines * assumed.exam_hours_a_term + assumed.hours_a_term - assumed.exam_hours_a_term
    # The database has a machine of its own all the time.
    core_hours = assumed.cores * (machine_hours + assumed.hours_a_term)
    return Cost(
        requests_per_second=sitting * REQUESTS / ATTEMPT,
        machines=machines,
        gigabytes=assumed.students * assumed.attempts_a_term * QUESTIONS * bytes_by_answer / 1e9,
        core_hours=core_hours,
        price=core_hours * assumed.price_of_core_hour,
    )


def as_lines(held: int, bytes_by_answer: float, assumed: Assumed) -> list[str]:
    """The arithmetic, for people."""
    found = cost(held, bytes_by_answer, assumed)
    sitting = round(assumed.students * assumed.at_once)
    answers = assumed.students * assumed.attempts_a_term * QUESTIONS
    idle_hours = assumed.hours_a_term - assumed.exam_hours_a_term
    rate = f"{found.requests_per_second:,.0f} requests a second"
    machine_hours = f"{found.machines} × {assumed.exam_hours_a_term} h of exams + {idle_hours:,} h of one"
    return [
        f"On paper: {assumed.students:,} students, of whom {assumed.at_once:.0%} sit an exam at once (assumed)",
        f"  {sitting:,} sitting × {REQUESTS} requests / {ATTEMPT:.0f} s = {rate}",
        f"  {sitting:,} / ({held:,} held by a machine of {assumed.cores} cores × {assumed.headroom:.0%} headroom) = "
        f"{found.machines} machines for the app, and one for the database",
        f"  {assumed.students:,} × {assumed.attempts_a_term} attempts a term (assumed) × {QUESTIONS} answers × "
        f"{bytes_by_answer:.0f} bytes = {answers / 1e6:,.0f} million answers, {found.gigabytes:.1f} GB a term",
        f"  {assumed.cores} cores × ({machine_hours} + {assumed.hours_a_term:,} h of the database) = "
        f"{found.core_hours:,} core-hours a term, "
        f"at {assumed.price_of_core_hour:.2f} each (assumed) {found.price:,.0f}",
    ]
