"""How a typed answer is compared."""

import pytest
from pydantic import ValidationError

from quizapp.kinds import KINDS
from quizapp.kinds.typed_answers import allowed_slips, fold_answer, is_accepted, known_wrong, slips_between
from tests.kinds.contents import COMMON


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  The  CIA ", "cia"),
        ("Zia\u00a0ul\u2010Haq", "zia ul haq"),
        ("Musharráf", "musharraf"),
        ("I.S.I.", "isi"),
        ("‘Abbottabad’", "'abbottabad'"),
        ("\u200fپاكستان\u200f", "پاکستان"),
        ("علي", "علی"),
        ("مُحَمَّد", "محمد"),
        ("پاکـــستان", "پاکستان"),
        ("۱۹۴۷", "1947"),
        ("١٩٧١", "1971"),
        ("a", "a"),
    ],
)
def test_how_an_answer_is_written_does_not_matter(typed: str, folded: str) -> None:
    assert fold_answer(typed) == folded


@pytest.mark.parametrize(
    ("first", "second", "slips"),
    [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xbc", 1), ("ca", "abc", 3),
     ("kitten", "sitting", 3)],
)  # fmt: skip
def test_slips_are_counted_with_swaps_of_neighbours_as_one(first: str, second: str, slips: int) -> None:
    assert slips_between(first, second) == slips


@pytest.mark.parametrize(
    ("accepted", "slips"), [("ISI", 0), ("NATO", 0), ("Zia", 0), ("Iran", 1), ("Kashmir", 1), ("Musharraf", 2)]
)
def test_longer_answers_bear_more_slips_and_acronyms_none(accepted: str, slips: int) -> None:
    assert allowed_slips(accepted) == slips


@pytest.mark.parametrize(
    ("typed", "accept", "reject", "right"),
    [
        ("musharaf", ["Musharraf"], [], True),
        ("Musharfa", ["Musharraf"], [], True),
        ("Mushraaff", ["Musharraf"], [], False),
        ("Iraq", ["Iran"], ["Iraq"], False),
        ("Irna", ["Iran"], ["Iraq"], True),
        ("Irak", ["Iran"], ["Iraq"], False),
        ("ISA", ["ISI"], [], False),
        ("inter services inteligence", ["Inter-Services Intelligence", "ISI"], [], True),
        ("Section 144", ["Section 145"], [], False),
        ("Secton 145", ["Section 145"], [], True),
        ("", ["Iran"], [], False),
    ],
)
def test_an_answer_is_accepted(typed: str, accept: list[str], reject: list[str], right: bool) -> None:
    assert is_accepted(typed, accept, reject) is right


def test_a_known_wrong_answer_gets_its_own_reason() -> None:
    assert known_wrong("iraq", ["Iraq", "Oman"]) == "Iraq"
    assert known_wrong("Turkey", ["Iraq", "Oman"]) is None


def test_a_wrong_answer_that_would_be_accepted_is_refused_in_the_content() -> None:
    with pytest.raises(ValidationError, match="would be accepted"):
        KINDS["short_answer"].load_content(
            {**COMMON, "accept": ["Iran"], "reject": [{"text": "IRAN", "feedback": "no"}]}
        )
