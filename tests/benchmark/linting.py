"""`python -m tests.benchmark.linting [--quick]`: how long the linter takes, and how that grows with the bank."""

import argparse
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, count
from random import Random
from typing import Any

from quizapp.domain.quizzes import LEVELS
from quizapp.formats.document import BankDocument
from quizapp.lint import lint_bank

SIZES = (100, 1_000, 10_000)
ROUNDS = 3
SECTION = 50
"""Questions in a section; a passage decides five of them."""
_VOCABULARY = 6_000
"""Words; the n-th is used 1/n times as often as the first, as in any language (Zipf 1935)."""
_NAMES = 800
_OPENINGS = ("founded", "broke", "signed", "carried", "refused", "paid", "opened", "named", "sold", "praised")


class Writer:
    """Writes invented questions, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self._words = self._invented(_VOCABULARY)
        self._names = [name.title() for name in self._invented(_NAMES)]
        self._weights = list(accumulate(1 / rank for rank in range(10, _VOCABULARY + 10)))
        self._name_weights = list(accumulate(1 / rank for rank in range(5, _NAMES + 5)))

    def bank(self, size: int) -> BankDocument:
        """A bank of so many questions of mixed kinds."""
        numbers = count(1)
        sections = [self._section(f"part-{n}", numbers, min(SECTION, size - n)) for n in range(0, size, SECTION)]
        source = {"title": "An invented chronicle", "author": "N. Body", "about": "Words without a meaning."}
        return BankDocument.model_validate(
            {"id": "large", "title": "A large bank", "source": source, "objectives": {1: "Any"}, "sections": sections}
        )

    def _section(self, name: str, numbers: Any, size: int) -> dict[str, Any]:
        passages = [self._passage(f"{name}-{n}") for n in range(max(1, size // 5))]
        questions = [self._question(next(numbers), passages[n % len(passages)]) for n in range(size)]
        return {"id": name, "title": name, "dated": "1700–1799", "passages": passages, "questions": questions}

    def _passage(self, name: str) -> dict[str, Any]:
        return {"id": name, "title": name, "retells": "P1", "text": " ".join(self._sentence(14) for _ in range(7))}

    def _question(self, number: int, passage: dict[str, Any]) -> dict[str, Any]:
        kind = self._chance.choice(list(_KINDS))
        quote = passage["text"].split(". ")[self._chance.randrange(6)]
        return {
            "id": f"q-{number}", "kind": kind, "frame": "essay", "level": LEVELS[number % 5], "objective": 1,
            "content": {
                "explanation": self._sentence(16),
                "evidence": [{"passage": passage["id"], "quote": quote}],
                **_KINDS[kind](self),
            },
        }  # fmt: skip

    def stem(self, tail: str = "?") -> str:
        """What is asked, in about fifteen words."""
        opening = self._chance.choice(_OPENINGS)
        return f"According to the writer, {opening} {self.words(7)} {self.name()} {self.words(4)}{tail}"

    def name(self) -> str:
        """A name, some far more often than others."""
        return self._chance.choices(self._names, cum_weights=self._name_weights)[0]

    def words(self, length: int) -> str:
        """So many words of the vocabulary."""
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=length))

    def phrases(self, number: int) -> list[str]:
        """So many different options: names and a few words."""
        made: dict[str, None] = {}
        while len(made) < number:
            made[f"{self.name()} {self.words(self._chance.randint(1, 5))}"] = None
        return list(made)

    def year(self) -> int:
        """A year of the chronicle."""
        return self._chance.randint(1600, 1899)

    def choices(self, keys: int) -> list[dict[str, Any]]:
        """Four choices, so many of them right."""
        right = self._chance.sample(range(4), keys)
        return [
            {"text": text, "correct": place in right, "feedback": "Why it is so."}
            for place, text in enumerate(self.phrases(4))
        ]

    def years(self, number: int) -> list[str]:
        """So many years, rising."""
        return [str(year) for year in sorted(self._chance.sample(range(1600, 1900), number))]

    def verdict(self) -> bool:
        """True or false."""
        return self._chance.random() < 0.5

    def _sentence(self, length: int) -> str:
        return f"{self.words(length // 2).capitalize()} {self.name()} {self.words(length // 2)}."

    def _invented(self, number: int) -> list[str]:
        syllables = [f"{a}{b}" for a in "bdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "or")]
        made: dict[str, None] = {}
        while len(made) < number:
            made["".join(self._chance.choices(syllables, k=self._chance.randint(2, 4)))] = None
        return list(made)


def _matching(writer: Writer) -> dict[str, Any]:
    lefts, rights = writer.phrases(4), writer.phrases(5)
    pairs = [{"left": a, "right": b, "feedback": "Why."} for a, b in zip(lefts, rights, strict=False)]
    return {"stem": writer.stem(), "pairs": pairs, "extras": [{"text": rights[4], "feedback": "Why."}]}


def _ordering(writer: Writer) -> dict[str, Any]:
    dated = zip(writer.phrases(5), writer.years(5), strict=True)
    return {"stem": writer.stem(), "items": [{"text": text, "date": date} for text, date in dated]}


_KINDS: dict[str, Callable[[Writer], dict[str, Any]]] = {
    "single_choice": lambda writer: {"stem": writer.stem(), "choices": writer.choices(1)},
    "multiple_response": lambda writer: {"stem": writer.stem(), "choices": writer.choices(2)},
    "true_false": lambda writer: {
        "stem": writer.stem("."), "answer": writer.verdict(), "if_true": "Why.", "if_false": "Why.",
    },
    "short_answer": lambda writer: {"stem": writer.stem(), "accept": [f"{writer.name()} {writer.name()}"]},
    "numeric": lambda writer: {"stem": writer.stem(), "answer": writer.year(), "unit": "year"},
    "matching": _matching,
    "ordering": _ordering,
    "cloze": lambda writer: {
        "stem": "Fill in what the writer says.",
        "text": f"{writer.words(9)} [[1]] {writer.words(9)} [[2]].",
        "blanks": [{"accept": [writer.words(1)]}, {"accept": [writer.name()]}],
    },
}  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """Seconds of processor time that the linter took on a bank of so many questions."""

    questions: int
    seconds: float

    @property
    def each(self) -> float:
        """Milliseconds per question."""
        return 1000 * self.seconds / self.questions


def measure(size: int, rounds: int = ROUNDS) -> Measured:
    """The median of several rounds, each on words of its own, so that no round finds its words worked out already."""
    return Measured(size, statistics.median(_seconds(Writer(seed).bank(size)) for seed in range(rounds)))


def _seconds(bank: BankDocument) -> float:
    start = time.process_time()
    lint_bank(bank)
    return time.process_time() - start


def as_text(found: Sequence[Measured]) -> str:
    """The result, for people."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    lines = [
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.2f}; processor time, "
        f"median of {ROUNDS} rounds",
        f"{'questions':>10}{'seconds':>10}{'ms each':>10}{'growth each':>14}",
    ]
    for number, here in enumerate(found):
        growth = f"× {here.each / found[number - 1].each:.2f}" if number else ""
        lines.append(f"{here.questions:>10,}{here.seconds:>10.2f}{here.each:>10.2f}{growth:>14}")
    return "\n".join(lines)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.linting", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="stop at 1,000 questions")
    sizes = SIZES[:-1] if parser.parse_args().quick else SIZES
    print(as_text([measure(size) for size in sizes]))


if __name__ == "__main__":
    main()
