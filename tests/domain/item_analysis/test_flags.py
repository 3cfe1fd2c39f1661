"""What is worth a look."""

from dataclasses import replace

import pytest

from quizapp.domain.item_analysis.flags import Findings, Flag, flags
from quizapp.domain.item_analysis.questions import Choice, Choices, Figure


def figure(value: float, n: int = 100) -> Figure:
    """A figure of so many answers."""
    return Figure(value, value - 0.1, value + 0.1, n)


def option(index: int, top: float, bottom: float, among_wrong: float | None = 0.5, pull: float = -0.2) -> Choice:
    """An option; the first is the key."""
    middle = (top + bottom) / 2
    return Choice(index, index == 0, 30, middle, top, middle, bottom, among_wrong if index else None, pull)


def asked(*options: Choice, **values: object) -> Findings:
    """A good question with these options."""
    chosen = options or (option(0, 0.9, 0.4), option(1, 0.05, 0.3), option(2, 0.05, 0.3))
    good = Findings(
        n=100,
        facility=figure(0.6),
        discrimination=figure(0.35),
        efficiency=figure(0.5),
        choices=Choices(100, chosen, (0.0, 0.0, 0.0, 0.0)),
        options=("Marsh", "Stone", "The crown"),
        seconds=40.0,
        guess=1 / 3,
    )
    return replace(good, **values)  # type: ignore[arg-type]


def names(found: Findings) -> list[str]:
    """The flags that are up."""
    return [flag.name for flag in flags(found)]


def only(found: Findings) -> Flag:
    """The one flag that is up."""
    (flag,) = flags(found)
    return flag


def test_a_good_question_raises_no_flag() -> None:
    assert names(asked()) == []


def test_where_the_strongest_choose_another_option_the_key_is_to_be_checked() -> None:
    flag = only(asked(option(0, 0.3, 0.4), option(1, 0.6, 0.2, pull=0.3), option(2, 0.1, 0.4)))
    assert (flag.name, flag.grave) == ("check-key", True)
    assert flag.values == {"option": "Stone", "share_option": 0.6, "share_key": 0.3}


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (asked(option(0, 0.4, 0.5), option(1, 0.3, 0.25), option(2, 0.3, 0.25)), "key-falls"),
        (asked(option(0, 0.5, 0.4), option(1, 0.4, 0.1, pull=0.2), option(2, 0.1, 0.5)), "pulls-the-strong"),
        (asked(option(0, 0.9, 0.4), option(1, 0.1, 0.3), option(2, 0.0, 0.0, among_wrong=0.02)), "hardly-chosen"),
        (asked(discrimination=figure(-0.05)), "negative"),
        (asked(discrimination=figure(0.05), efficiency=figure(0.08)), "low"),
        (asked(discrimination=figure(0.12), efficiency=figure(0.14)), "inefficient"),
        (asked(facility=figure(0.96)), "too-easy"),
        (asked(facility=figure(0.36)), "near-guessing"),
        (asked(facility=figure(0.19), guess=0.0), "too-hard"),
        (asked(seconds=200.0), "long"),
        (asked(reports=2), "reported"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_flag_is_raised_by_what_it_is_for(found: Findings, name: str) -> None:
    assert names(found) == [name]


@pytest.mark.parametrize(
    "found",
    [
        asked(facility=figure(1.0, n=29)),
        asked(facility=figure(0.1, n=29)),
        asked(facility=figure(0.39)),
        asked(discrimination=None, efficiency=None, choices=None),
        asked(reports=1),
        asked(seconds=None),
        Findings(n=0),
    ],
)
def test_few_answers_and_near_misses_raise_none(found: Findings) -> None:
    assert names(found) == []


def test_what_everybody_has_the_marks_of_is_not_judged_by_marks() -> None:
    found = asked(option(0, 0.3, 0.4), option(1, 0.6, 0.2), facility=figure(1.0), reports=3, ruled=True)
    assert names(found) == ["reported"]


def test_the_gravest_come_first() -> None:
    assert names(asked(facility=figure(0.96), discrimination=figure(-0.3))) == ["negative", "too-easy"]


def test_every_flag_is_filled_with_what_it_says() -> None:
    raised = [
        *flags(asked(option(0, 0.3, 0.4), option(1, 0.6, 0.2), option(2, 0.1, 0.1, 0.01), seconds=300.0, reports=4)),
        *flags(asked(facility=figure(0.1), discrimination=figure(0.05), efficiency=figure(0.05))),
        *flags(asked(facility=figure(0.99), discrimination=figure(-0.5))),
    ]
    assert all(flag.says % flag.values and flag.suggests for flag in raised)
