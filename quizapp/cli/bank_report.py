"""What `quizapp bank check` prints: for people as text, for programs as JSON."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import click

from quizapp.domain.quizzes import LEVELS
from quizapp.formats.bank_yaml import Examined
from quizapp.formats.document import BankDocument
from quizapp.formats.problems import Problem
from quizapp.lint import Finding, Report, Severity
from quizapp.lint.coverage import Cell
from quizapp.lint.strategies import FEWEST_QUESTIONS

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFORMATION: "cyan"}
_WIDTH = 110
_SHORT = {"understanding": "underst.", "chronology": "chronol."}


@dataclass(frozen=True)
class Checked:
    """A folder as it was examined, and what the linter says of it; None where no bank could be read."""

    folder: str
    examined: Examined
    report: Report | None

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong with the files themselves, in file and line order."""
        return sorted(self.examined.problems, key=lambda problem: (problem.file, problem.line))

    @property
    def findings(self) -> Sequence[Finding]:
        """What the rules found."""
        return () if self.report is None else self.report.findings

    def fails(self, strict: bool) -> bool:
        """Whether the bank should not be used as it is."""
        return bool(self.examined.problems) or (self.report is not None and self.report.fails(strict))

    def count(self, severity: Severity) -> int:
        """Findings of this severity; what is wrong with the files counts as an error."""
        own = len(self.examined.problems) if severity is Severity.ERROR else 0
        return own + (self.report.count(severity) if self.report else 0)

    def place(self, found: Finding) -> tuple[str, int]:
        """File and line of a finding; no file where it is on the whole bank."""
        if found.question:
            return self.examined.places.of_question(found.question, found.field)
        return self.examined.places.of_passage(found.passage) if found.passage else ("", 0)


def counts(document: BankDocument) -> str:
    """What a bank holds, in a few words."""
    questions = sum(1 for _ in document.questions())
    passages = sum(1 for _ in document.passages())
    parts = (
        (len(document.sections), "section", "sections"),
        (passages, "passage", "passages"),
        (questions, "question", "questions"),
        (len(document.quizzes), "quiz", "quizzes"),
    )
    named = ((count, one if count == 1 else many) for count, one, many in parts)
    return ", ".join(f"{count} {name}" for count, name in named)


def as_text(checked: Checked, strict: bool) -> str:
    """The report as people like to read it: what to mend first, then the tables, the verdict last."""
    blocks = [
        _heading(checked),
        _problems(checked),
        *_by_question(checked),
        _on_the_whole(checked),
        _rules_that_spoke(checked),
        *_tables(checked.report),
        _waived(checked.report),
        _verdict(checked, strict),
    ]
    return "\n\n".join(block for block in blocks if block)


def _title(text: str) -> str:
    return click.style(text, bold=True)


def _word(severity: Severity) -> str:
    return click.style(f"{severity.word:<11}", fg=_COLOURS[severity])


def _heading(checked: Checked) -> str:
    bank = checked.examined.bank
    return _title(checked.folder) + (f": {counts(bank)}" if bank else "")


def _problems(checked: Checked) -> str:
    lines = [f"  {_word(Severity.ERROR)} {problem}" for problem in checked.problems]
    return "\n".join([_title("Files"), *lines]) if lines else ""


def _by_question(checked: Checked) -> Iterator[str]:
    on_questions = [found for found in checked.findings if found.question]
    for question, group in groupby(on_questions, key=lambda found: found.question):
        file, line = checked.examined.places.of_question(question)
        lines = [f"{_title(question)}  {file}:{line}"]
        for found in group:
            _, at = checked.place(found)
            where = f"line {at}, {found.where}: " if found.where else ""
            lines.append(f"  {_word(found.severity)} {found.rule.id}: {where}{found.found}")
        yield "\n".join(lines)


def _on_the_whole(checked: Checked) -> str:
    lines = []
    for found in checked.findings:
        if not found.question:
            file, line = checked.place(found)
            about = f"{file}:{line} passage {found.passage}: " if found.passage else ""
            lines.append(f"  {_word(found.severity)} {found.rule.id}: {about}{found.found}")
    return "\n".join([_title("The bank as a whole"), *lines]) if lines else ""


def _rules_that_spoke(checked: Checked) -> str:
    rules = {found.rule.id: found.rule for found in checked.findings}
    told = [_wrapped(f"{rule.id}: {rule.why} ({rule.source}) → {rule.remedy}") for rule in rules.values()]
    return "\n".join([_title("Why it matters, and what to do"), *told]) if told else ""


def _wrapped(text: str) -> str:
    return textwrap.fill(text, width=_WIDTH, initial_indent="  ", subsequent_indent="    ")


def _tables(report: Report | None) -> Iterator[str]:
    if report is None:
        return
    for name, cells in report.cells.items():
        if cells:
            yield _blueprint(f"Blueprint, {name} × levels: questions there are / wanted", cells)
    if report.passages:
        width = max(len(name) for name in report.passages)
        bars = [f"  {name:<{width}}  {'■' * min(count, 40)} {count}" for name, count in report.passages.items()]
        yield "\n".join([_title("Questions decided by each passage"), *bars])
    if report.strategies and report.strategies[0].questions:
        yield "\n".join([_title("What tricks would score"), *_tricks(report)])


def _blueprint(title: str, cells: Sequence[Cell]) -> str:
    rows = {row: list(group) for row, group in groupby(cells, key=lambda cell: cell.row)}
    width = max(len(row) for row in (*rows, "all"))
    columns = [*LEVELS, "all"]
    lines = [" ".join([" " * (width + 2), *(f"{_SHORT.get(level, level):>9}" for level in columns)])]
    for row, own in rows.items():
        lines.append(_row(row, width, [*own, _sum(row, own)]))
    totals = [_sum("all", [cell for cell in cells if cell.level == level]) for level in LEVELS]
    lines.append(_row("all", width, [*totals, _sum("all", cells)]))
    return "\n".join([_title(title), *lines])


def _sum(row: str, cells: Sequence[Cell]) -> Cell:
    return Cell(row, "all", sum(cell.filled for cell in cells), sum(cell.wanted for cell in cells))


def _row(name: str, width: int, cells: Sequence[Cell]) -> str:
    shown = []
    for cell in cells:
        text = f"{cell.filled}/{cell.wanted}" if cell.filled or cell.wanted else "–"
        padded = f"{text:>9}"
        shown.append(padded if cell.filled == cell.wanted else click.style(padded, fg="yellow"))
    return " ".join([f"  {name:<{width}}", *shown])


def _tricks(report: Report) -> Iterator[str]:
    for tried in report.strategies:
        low, high = round(100 * tried.low), round(100 * tried.high)
        few = tried.questions < FEWEST_QUESTIONS
        verdict = "too few to tell" if few else "better than chance" if tried.beats_chance else "no better than chance"
        yield (
            f"  {tried.title}: {tried.score:.0%} of {tried.questions} questions (95% interval {low}–{high}%), "
            f"guessing {tried.chance:.0%}: {verdict}"
        )


def _waived(report: Report | None) -> str:
    if report is None or not report.waived:
        return ""
    lines = [f"  {entry.finding.question}: {entry.finding.rule.id}: {entry.reason}" for entry in report.waived]
    return "\n".join([_title("Waived"), *lines])


def _verdict(checked: Checked, strict: bool) -> str:
    told = ", ".join(
        f"{checked.count(severity)} {words if checked.count(severity) != 1 else word}"
        for severity, word, words in (
            (Severity.ERROR, "error", "errors"),
            (Severity.WARNING, "warning", "warnings"),
            (Severity.INFORMATION, "thing to look at again", "things to look at again"),
        )
    )
    if checked.fails(strict):
        return click.style("Not in order", fg="red", bold=True) + f": {told}."
    return click.style("In order", fg="green", bold=True) + f": {told}."


def as_json(checked: Checked, strict: bool) -> str:
    """The same report for programs."""
    report = checked.report
    data: dict[str, Any] = {
        "folder": checked.folder,
        "in_order": not checked.fails(strict),
        "problems": [_plain_problem(problem) for problem in checked.problems],
        "findings": [_plain_finding(checked, found) for found in checked.findings],
    }
    if report is not None:
        data |= {
            "waived": [
                {"question": entry.finding.question, "rule": entry.finding.rule.id, "reason": entry.reason}
                for entry in report.waived
            ],
            "blueprint": {name: [vars(cell) for cell in cells] for name, cells in report.cells.items()},
            "passages": report.passages,
            "strategies": [{**vars(tried), "beats_chance": tried.beats_chance} for tried in report.strategies],
        }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _plain_problem(problem: Problem) -> dict[str, Any]:
    return {"file": problem.file, "line": problem.line, "question": problem.question, "message": problem.message}


def _plain_finding(checked: Checked, found: Finding) -> dict[str, Any]:
    file, line = checked.place(found)
    return {
        "rule": found.rule.id,
        "severity": found.severity.word,
        "found": found.found,
        "file": file,
        "line": line,
        "question": found.question,
        "passage": found.passage,
        "field": list(found.field),
        "why": found.rule.why,
        "source": found.rule.source,
        "remedy": found.rule.remedy,
    }
