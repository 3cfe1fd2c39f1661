"""The bank's own blueprint, its objectives, its claims, its passages."""

from typing import Any

import pytest

from quizapp.formats.document import BankDocument
from quizapp.lint import BankSubject
from quizapp.lint.coverage import Cell, blueprint_cells
from tests.lint.builders import GOOD, GOOD_QUESTIONS, SECTION, bank, question, quote, with_ids
from tests.lint.cases import INFORMATION, WARNING, Case, breaks, keeps

CELL = "blueprint-cell"
OBJECTIVE = "objective-count"
CLAIM = "claim-overused"
PASSAGE = "passage-coverage"
ALL = len(GOOD_QUESTIONS)
CLAIMS = [{"id": name, "says": "It was so.", "standing": "agrees"} for name in ("P1.1", "P1.2")]


def planned(**plan: Any) -> BankDocument:
    """The good bank, whose questions are all of recall, with a blueprint."""
    return bank(blueprint=plan)


def claiming(*claims: list[str], **changed: Any) -> BankDocument:
    """A bank of questions that rest on these claims, of which each may bear two."""
    questions = with_ids(*[question("numeric", claims=names, **changed) for names in claims])
    return bank(*questions, claims=CLAIMS, blueprint={"per_claim": 2})


def on_founding(count: int, **plan: Any) -> BankDocument:
    """A bank with so many questions on the first passage, and two on each of the others."""
    others = [
        question("numeric", evidence=[quote(words, passage)])
        for words, passage in (("panes to Arden", "growth"), ("By 1760", "decline"))
    ]
    founding = [question("numeric", evidence=[quote("forty crowns"), quote("six blowers")])] * count
    return bank(*with_ids(*founding, *others, *others), **plan)


NUMBERS = question("numeric")
TWO_OBJECTIVES = {"objectives": {1: "Know the town", 2: "Know its end"}}

CASES = (
    breaks(CELL, "one question too few in a section", planned(sections={SECTION: {"recall": ALL + 1}}), WARNING),
    breaks(CELL, "one question too many in a section", planned(sections={SECTION: {"recall": ALL - 1}}), WARNING),
    breaks(CELL, "a level that the plan leaves out", planned(sections={SECTION: {"recall": ALL, "cause": 1}}), WARNING),
    breaks(CELL, "a kind that is wanted twice",
           planned(kinds={kind.kind: {"recall": 1 + (kind.kind == "cloze")} for kind in GOOD_QUESTIONS}), WARNING),
    breaks(CELL, "a draft where a published question is wanted",
           bank(NUMBERS.model_copy(update={"status": "draft"}), blueprint={"sections": {SECTION: {"recall": 1}}}),
           WARNING),
    keeps(CELL, "sections met", planned(sections={SECTION: {"recall": ALL}})),
    keeps(CELL, "kinds met", planned(kinds={one.kind: {"recall": 1} for one in GOOD_QUESTIONS})),
    keeps(CELL, "no plan", GOOD),

    breaks(OBJECTIVE, "one question too few", planned(per_objective=ALL + 1), WARNING),
    breaks(OBJECTIVE, "no question at all", bank(blueprint={"per_objective": 1}, **TWO_OBJECTIVES), WARNING),
    keeps(OBJECTIVE, "as many as wanted", planned(per_objective=ALL)),
    keeps(OBJECTIVE, "no plan", bank(**TWO_OBJECTIVES)),

    breaks(CLAIM, "three questions on a claim", claiming(["P1.1"], ["P1.1", "P1.2"], ["P1.1"]), WARNING),
    keeps(CLAIM, "two questions on each", claiming(["P1.1"], ["P1.1", "P1.2"], ["P1.2"])),
    keeps(CLAIM, "a claim named three times in one question", claiming(["P1.1", "P1.1", "P1.1"])),
    keeps(CLAIM, "three that are retired", claiming(["P1.1"], ["P1.1"], ["P1.1"], status="retired")),
    keeps(CLAIM, "no limit", bank(*with_ids(*[question("numeric", claims=["P1.1"])] * 3), claims=CLAIMS)),

    breaks(PASSAGE, "one question where two are wanted", on_founding(1, blueprint={"per_passage": 2}), WARNING,
           passage="founding"),
    breaks(PASSAGE, "no question", on_founding(0), INFORMATION, passage="founding"),
    breaks(PASSAGE, "no question where two are wanted", on_founding(0, blueprint={"per_passage": 2}), INFORMATION,
           passage="founding"),
    keeps(PASSAGE, "two questions", on_founding(2, blueprint={"per_passage": 2})),
    keeps(PASSAGE, "one question, and no plan", on_founding(1)),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_a_bank_covers(case: Case) -> None:
    case.check()


def test_the_table_has_a_cell_for_every_level_of_every_row_there_is_or_should_be() -> None:
    subject = BankSubject(planned(sections={SECTION: {"recall": ALL}, "later": {"cause": 2}}))
    cells = blueprint_cells(subject)
    assert cells["kinds"] == []
    assert [cell for cell in cells["sections"] if cell.filled or cell.wanted] == [
        Cell(SECTION, "recall", ALL, ALL),
        Cell("later", "cause", 0, 2),
    ]
    assert len(cells["sections"]) == 2 * 5


def test_a_bank_without_a_blueprint_has_no_table() -> None:
    assert blueprint_cells(BankSubject(GOOD)) == {}


def test_what_is_missing_is_said_in_numbers() -> None:
    (found,) = breaks(PASSAGE, "", on_founding(1, blueprint={"per_passage": 2}), WARNING).findings()
    assert found.found == "Questions on this passage: 1; wanted: 2."
