"""How a typed number is read and judged."""

from typing import Any

import pytest
from pydantic import ValidationError

from quizapp.kinds import KINDS
from quizapp.kinds.numeric.reading import read_number
from tests.kinds.contents import COMMON, CONTENTS

NUMERIC = KINDS["numeric"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1947", 1947), ("1,947", 1947), ("-3", -3), ("7.5", 7.5), ("7,5", 7.5), (".5", 0.5), ("5.", 5),
        ("7.5 billion", 7.5e9), ("7.5bn", 7.5e9), ("7,500,000,000", 7.5e9), ("$7.5 billion", 7.5e9),
        ("US$ 7.5 bn", 7.5e9), ("Rs. 5 lakh", 5e5), ("75,00,000", 7.5e6), ("۷٫۵", 7.5), ("۷٫۵ ارب", 7.5e9),
        ("١٬٠٠٠", 1000), ("5 years", 5), ("7.5 billion dollars", 7.5e9),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    written = read_number(text, unit="years dollars")
    assert written is not None
    assert written.value == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "many", "7.5 milion", "1.2.3", "1947 or 1948", "5 billion million", "12-3", "$"])
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    assert read_number(text, unit="years") is None


def numeric(**fields: Any) -> Any:
    """A numeric question."""
    return NUMERIC.load_content({**COMMON, **fields})


@pytest.mark.parametrize(
    ("fields", "text", "right"),
    [
        ({"answer": 1947}, "1947", True),
        ({"answer": 1947}, "1948", False),
        ({"answer": 7.5, "scale": "billion"}, "7.5", True),
        ({"answer": 7.5, "scale": "billion"}, "7.5 billion", True),
        ({"answer": 7.5, "scale": "billion"}, "7,500,000,000", True),
        ({"answer": 7.5, "scale": "billion"}, "7.5 million", False),
        ({"answer": 7.5, "scale": "billion"}, "7500 million", True),
        ({"answer": 100, "tolerance": 5}, "105", True),
        ({"answer": 100, "tolerance": 5}, "105.1", False),
        ({"answer": 100, "relative_tolerance": 0.1}, "90", True),
        ({"answer": 0.3}, "0.30", True),
    ],
)
def test_a_number_is_right_within_its_tolerance(fields: dict[str, Any], text: str, right: bool) -> None:
    assert numeric(**fields).accepts(text) is right


def test_a_known_wrong_number_gets_its_own_reason_however_it_is_written() -> None:
    content = NUMERIC.load_content(CONTENTS["numeric"])
    assert content.feedback_on("1.5") == content.feedback_on("1,500,000,000") == "one year only"
    assert content.feedback_on("3") == ""


@pytest.mark.parametrize(
    "fields",
    [{"answer": "soon"}, {"answer": float("nan")}, {"answer": 5, "tolerance": -1},
     {"answer": 5, "tolerance": 1, "reject": [{"value": 5.5, "feedback": "near"}]}],
    ids=["no number", "not a number", "negative tolerance", "a wrong number within the tolerance"],
)  # fmt: skip
def test_a_key_that_cannot_be_judged_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        numeric(**fields)


@pytest.mark.parametrize(("unit", "shown"), [("year", "1947"), ("ships", "1947 ships"), ("", "1947")])
def test_the_key_is_shown_with_its_unit(unit: str, shown: str) -> None:
    assert numeric(answer=1947, unit=unit).key_text() == shown
