"""What makes a blank, a number, an order, a list of pairs or a rubric a fair one."""

from typing import Any

import pytest

from quizapp.formats.document import QuestionDocument
from quizapp.kinds.typed_answers import WrongAnswer
from tests.lint.builders import CONTENTS, GOOD, question, unchecked
from tests.lint.cases import ERROR, INFORMATION, WARNING, Case, breaks, keeps

SHORT = "short-answer-key"
NUMERIC = "numeric-key"
CLOZE = "cloze-text"
ORDER = "ordering-items"
LISTS = "matching-lists"
RUBRIC = "essay-rubric"


def cloze(text: str, *words: str) -> QuestionDocument:
    """A cloze with these words left out."""
    return question("cloze", text=text, blanks=[{"accept": [word]} for word in words])


def ordering(*items: tuple[str, str | None], **changed: Any) -> QuestionDocument:
    """An ordering of these items with their dates."""
    return question("ordering", items=[{"text": text, "date": date} for text, date in items], **changed)


def matching(*pairs: tuple[str, str], extra: str = "beads") -> QuestionDocument:
    """A matching of these pairs, with one option more."""
    entries = [{"left": left, "right": right, "feedback": "So it is."} for left, right in pairs]
    return question("matching", pairs=entries, extras=[{"text": extra, "feedback": "It is not."}])


def essay(*hints: str, model_answer: str = "") -> QuestionDocument:
    """An essay marked by one criterion for each of these hints, which may be empty."""
    rubric = [{"text": f"criterion {n}", "points": 2, "hint": hint} for n, hint in enumerate(hints)]
    return question("essay", rubric=rubric, model_answer=model_answer)


DATED = [("a kiln", "1702"), ("a shop", "1712"), ("a mill", "1760"), ("a pit", "1781")]

CASES = (
    breaks(SHORT, "an accepted answer of marks alone", question("short_answer", accept=["Carrow", "…"]), ERROR,
           "accept", 1),
    breaks(SHORT, "a wrong answer that would be accepted",
           unchecked("short_answer", reject=(WrongAnswer(text="carrow.", feedback="No."),)), ERROR,
           "reject", 0, "text"),
    keeps(SHORT, "a wrong answer that is near to a right one",
          question("short_answer", accept=["Iran"], reject=[{"text": "Iraq", "feedback": "Another country."}])),
    keeps(SHORT, "an answer in another script", question("short_answer", accept=["سالٹ ماؤتھ"])),

    breaks(NUMERIC, "no unit", question("numeric", unit="  "), ERROR, "unit"),
    *(breaks(NUMERIC, f"a tolerance in {unit}", question("numeric", unit=unit, tolerance=1), ERROR, "tolerance")
      for unit in ("year", "years AD", "CE")),
    breaks(NUMERIC, "a relative tolerance in years", question("numeric", relative_tolerance=0.01), ERROR, "tolerance"),
    breaks(NUMERIC, "a tolerance below 0", unchecked("numeric", unit="crowns", tolerance=-1.0), ERROR, "tolerance"),
    keeps(NUMERIC, "a tolerance in crowns", question("numeric", unit="crowns", tolerance=5)),
    keeps(NUMERIC, "a year without tolerance", question("numeric")),

    breaks(CLOZE, "five blanks", cloze("Of all towns [[1]] and [[2]] and [[3]] and [[4]] and [[5]] bought", *"abcde"),
           WARNING, "text"),
    breaks(CLOZE, "a blank before anything is said", cloze("“[[1]] lent her the money for the first kiln.", "Nobody"),
           WARNING, "text"),
    breaks(CLOZE, "more left out than stays", cloze("She lent [[1]].", "crowns to the bishop"), WARNING, "text"),
    keeps(CLOZE, "four blanks", cloze("Of all towns [[1]] and [[2]] and [[3]] and [[4]] bought glass", *"abcd")),
    keeps(CLOZE, "a blank before the second sentence", cloze("She had no money. [[1]] lent her some.", "Nobody")),
    keeps(CLOZE, "six words in ten", cloze("She had by then [[1]] of it.", "crowns and no more")),
    keeps(CLOZE, "a blank for a sign", cloze("… and [[1]]", "…")),

    breaks(ORDER, "three items", ordering(*DATED[:3]), ERROR, "items"),
    breaks(ORDER, "seven items", ordering(*DATED, ("a bank", "1790"), ("a canal", "1791"), ("a dam", "1792")), ERROR,
           "items"),
    breaks(ORDER, "three asked of many", ordering(*DATED, ask=3), ERROR, "items"),
    breaks(ORDER, "an item that tells its year", ordering(DATED[0], ("a shop of 1712", "1712"), *DATED[2:]), ERROR,
           "items", 1, "text"),
    breaks(ORDER, "an item that tells its day", ordering(*DATED[:3], ("a pit, on 4 May", "1781")), ERROR, "items", 3,
           "text"),
    breaks(ORDER, "an item without a date", ordering(*DATED[:2], ("a mill", None), DATED[3]), ERROR, "items", 2),
    breaks(ORDER, "the same date twice", ordering(*DATED[:2], ("a mill", "1712"), DATED[3]), ERROR, "items", 2, "date"),
    breaks(ORDER, "a year and a month of it", ordering(*DATED[:2], ("a mill", "1712-05"), DATED[3]), ERROR,
           "items", 2, "date"),
    keeps(ORDER, "two months of a year",
          ordering(DATED[0], ("a shop", "1712-04"), ("a mill", "1712-05"), DATED[3])),
    keeps(ORDER, "the order of the telling, without dates",
          ordering(*[(text, None) for text, _date in DATED], ordered_by="telling")),
    keeps(ORDER, "six asked of eight",
          ordering(*DATED, ("a bank", "1790"), ("a canal", "1791"), ("a dam", "1792"), ("a fair", "1793"), ask=6)),
    keeps(ORDER, "a small number in an item", ordering(("6 blowers came", "1702"), *DATED[1:])),

    breaks(LISTS, "no option more than pairs", question("matching", extras=[]), WARNING, "extras"),
    breaks(LISTS, "years and a pit", matching(("Arden", "1702"), ("Corvale", "1712"), ("Lund", "a pit"), extra="1760"),
           WARNING, "pairs"),
    breaks(LISTS, "a year among the entries", matching(("Arden", "a"), ("1712", "b"), ("Lund", "c")), WARNING, "pairs"),
    breaks(LISTS, "an extra option of another sort",
           matching(("Arden", "1702"), ("Corvale", "1712"), ("Lund", "1760"), extra="never"), WARNING, "pairs"),
    breaks(LISTS, "sentences among names", matching(("Arden", "It fell."), ("Corvale", "a mill"), ("Lund", "a pit")),
           WARNING, "pairs"),
    keeps(LISTS, "names to years", matching(("Arden", "1702"), ("Corvale", "1712"), ("Lund", "1760"), extra="1781")),
    keeps(LISTS, "names to sentences",
          matching(("Arden", "It fell."), ("Corvale", "It rose."), ("Lund", "It burned."), extra="It slept.")),

    breaks(RUBRIC, "one criterion alone", essay("Both causes are named."), INFORMATION, "rubric"),
    breaks(RUBRIC, "no hint and no model answer", essay("", ""), INFORMATION, "model_answer"),
    keeps(RUBRIC, "a hint and no model answer", essay("", "Both causes are named.")),
    keeps(RUBRIC, "a model answer and no hint", essay("", "", model_answer="The woods were burned.")),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_asked_of_a_single_kind(case: Case) -> None:
    case.check()


def test_an_item_without_a_date_does_not_shift_the_place_of_the_next_finding() -> None:
    question = ordering(("a dam", None), *DATED[:2], ("a mill", "1712"))
    found = Case(ORDER, "", question, None, (), "", GOOD).findings()
    assert [finding.field for finding in found] == [("items", 0), ("items", 3, "date")]


def test_each_fault_of_a_number_is_told() -> None:
    found = Case(NUMERIC, "", unchecked("numeric", unit="", tolerance=-1.0), None, (), "", GOOD).findings()
    assert [finding.field for finding in found] == [("unit",), ("tolerance",)]


def test_both_lists_of_a_matching_are_judged() -> None:
    mixed = matching(("Arden", "1702"), ("1712", "a shop"), ("Lund", "a pit"))
    found = Case(LISTS, "", mixed, None, (), "", GOOD).findings()
    assert [finding.found for finding in found] == ["One list holds dates or numbers and other things."] * 2


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_good_question_of_every_kind_passes(kind: str) -> None:
    for rule in (SHORT, NUMERIC, CLOZE, ORDER, LISTS, RUBRIC):
        Case(rule, "", question(kind), None, (), "", GOOD).check()
