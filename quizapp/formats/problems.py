"""What is wrong with a file, said once for every format."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One finding: where (`line` counts from 1; 0 is the whole file), on which question, and what to mend."""

    file: str
    line: int
    message: str
    question: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        about = f"question {self.question}: " if self.question else ""
        return f"{where}: {about}{self.message}"


class MalformedBank(ValueError):
    """A bank that cannot be used; `problems` lists every finding, in file and line order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.file, problem.line))
        super().__init__("\n".join(str(problem) for problem in self.problems))
