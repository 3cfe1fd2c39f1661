"""Rules on coverage: the bank's own blueprint, its objectives, its claims, its passages."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quizapp.domain.quizzes import LEVELS, Level
from quizapp.domain.wording import mark_for_translation as _
from quizapp.lint.findings import BankRule, Hit, Severity
from quizapp.lint.subjects import BankSubject


@dataclass(frozen=True)
class Cell:
    """A cell of the blueprint: how many published questions there are, and how many there should be."""

    row: str
    level: str
    filled: int
    wanted: int


def blueprint_cells(bank: BankSubject) -> dict[str, list[Cell]]:
    """The bank's tables, `sections` and `kinds`, cell by cell; empty without a blueprint."""
    plan = bank.bank.blueprint
    if plan is None:
        return {}
    by_section = Counter((item.section, item.question.level) for item in bank.published)
    by_kind = Counter((item.question.kind, item.question.level) for item in bank.published)
    return {"sections": _cells(plan.sections, by_section), "kinds": _cells(plan.kinds, by_kind)}


def _cells(wanted: Mapping[str, Mapping[Level, int]], filled: Mapping[tuple[str, Level], int]) -> list[Cell]:
    if not wanted:
        return []
    rows = dict.fromkeys([*wanted, *(row for row, _level in filled)])
    return [
        Cell(row, level, filled.get((row, level), 0), wanted.get(row, {}).get(level, 0))
        for row in rows
        for level in LEVELS
    ]


def _cells_met(bank: BankSubject) -> Iterator[Hit]:
    for cells in blueprint_cells(bank).values():
        for cell in cells:
            if cell.filled != cell.wanted:
                values = {"row": cell.row, "level": cell.level, "filled": cell.filled, "wanted": cell.wanted}
                yield Hit(_("%(row)s × %(level)s: %(filled)s questions, %(wanted)s wanted."), values)


def _objectives_met(bank: BankSubject) -> Iterator[Hit]:
    wanted = bank.bank.blueprint.per_objective if bank.bank.blueprint else 0
    counts = Counter(item.question.objective for item in bank.published)
    for number in bank.bank.objectives:
        if counts[number] < wanted:
            values = {"number": number, "count": counts[number], "wanted": wanted}
            yield Hit(_("Objective %(number)s has %(count)s questions, %(wanted)s are wanted."), values)


def _claims_spread(bank: BankSubject) -> Iterator[Hit]:
    most = bank.bank.blueprint.per_claim if bank.bank.blueprint else None
    counts = Counter(claim for item in bank.published for claim in dict.fromkeys(item.question.claims))
    for claim, count in counts.items():
        if most is not None and count > most:
            values = {"claim": claim, "count": count, "most": most}
            yield Hit(_("Claim %(claim)s bears %(count)s questions, %(most)s at most are wanted."), values)


def _passages_covered(bank: BankSubject) -> Iterator[Hit]:
    wanted = bank.bank.blueprint.per_passage if bank.bank.blueprint else 0
    for passage in bank.bank.passages():
        count = bank.questions_on_passage[passage.id]
        if not count:
            yield Hit(_("No question rests on this passage."), passage=passage.id, severity=Severity.INFORMATION)
        elif count < wanted:
            values = {"count": count, "wanted": wanted}
            yield Hit(_("Questions on this passage: %(count)s; wanted: %(wanted)s."), values, passage=passage.id)


RULES = (
    BankRule(
        "blueprint-cell", Severity.WARNING,
        _("A bank whose levels and sections are planned tests what was taught, and not what was easy to ask."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 1"),
        _("Write, move or retire questions until the cell is met, or change the blueprint."),
        _cells_met,
    ),
    BankRule(
        "objective-count", Severity.WARNING,
        _("One or two questions say little about whether an objective is met."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 1"),
        _("Write questions for the objective."),
        _objectives_met,
    ),
    BankRule(
        "claim-overused", Severity.WARNING,
        _("Questions that rest on the same statement count one piece of knowledge several times."),
        _("Haladyna, Downing & Rodriguez 2002, guidelines 1 and 4"),
        _("Let some of them rest on another claim."),
        _claims_spread,
    ),
    BankRule(
        "passage-coverage", Severity.WARNING,
        _("After a wrong answer a student should meet another question on the same lines."),
        _("Butler, Godbole & Marsh 2013, on transfer to new questions"),
        _("Write another question that this passage decides."),
        _passages_covered,
    ),
)  # fmt: skip
