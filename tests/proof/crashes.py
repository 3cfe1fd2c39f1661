"""Students answer, and the server is killed: what was acknowledged is there when it comes back.

`python -m tests.proof.crashes --rounds 10` kills the real server at random moments under load, and reports.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.proof.students import WAIT, Line, Student
from tests.server import Server, server_in

STUDENTS = 12
"""Half of them guests who practise, half account holders at a test."""


@dataclass
class Report:
    """How it went: what was acknowledged and what was on its way at the kills, and what was lost."""

    rounds: int = 0
    done: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        """Answers acknowledged."""
        return self.done["by script"] + self.done["by form"]

    def __str__(self) -> str:
        return (
            f"{self.rounds} kills: {self.acknowledged} answers acknowledged ({self.done['by script']} sent by script, "
            f"{self.done['by form']} by form), {self.done['submitted']} attempts submitted, "
            f"{self.done['unanswered']} requests unanswered at the kills, {len(self.lost)} lost"
        )


def crash(folder: Path, rounds: int, seed: int, say: Callable[[Report], None] = lambda _: None) -> Report:
    """Kill a server under load so many times, and look after each restart."""
    chance, server, report = random.Random(seed), server_in(folder), Report()
    students = [
        Student(Line(server.port), random.Random(chance.random()), username=f"student-{number}" if number % 2 else "")
        for number in range(STUDENTS)
    ]
    with ThreadPoolExecutor(STUDENTS) as pool:
        try:
            server.start()
            list(pool.map(Student.arrive, students))
            for _ in range(rounds):
                _kill_under_load(pool, server, students, 0.2 + 1.8 * chance.random())
                server.start()
                report.lost += [lost for student in pool.map(Student.look, students) for lost in student]
                report.rounds += 1
                report.done = sum((student.done for student in students), Counter())
                say(report)
        finally:
            server.kill()
            for student in students:
                student.line.hang_up()
    return report


def _kill_under_load(pool: ThreadPoolExecutor, server: Server, students: list[Student], seconds: float) -> None:
    """Let the students work for so long, kill the server, and wait until each has noticed."""
    working = [pool.submit(student.work) for student in students]
    time.sleep(seconds)
    server.kill()
    for work in working:
        work.result(timeout=2 * WAIT)


def main() -> int:
    """Run it and print the report; 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}")
    with tempfile.TemporaryDirectory() as folder:
        report = crash(Path(folder), chosen.rounds, chosen.seed, print)
    for lost in report.lost:
        print(f"  {lost}")
    return 1 if report.lost else 0


if __name__ == "__main__":
    sys.exit(main())
