"""The report says what was measured, by the names that programs read, and what a change must not do."""

import json
from dataclasses import replace
from typing import Any

from tests.benchmark.burst import Burst
from tests.benchmark.conditions import LIBRARIES
from tests.benchmark.growth import Growth
from tests.benchmark.ladder import Window
from tests.benchmark.measuring import RATIOS, Figures
from tests.benchmark.report import JOBS, Report
from tests.benchmark.students import Held, Step
from tests.benchmark.weight import Weight

FIGURES = Figures(
    dict.fromkeys(JOBS, 1.0), dict.fromkeys(RATIOS, 1.4), dict.fromkeys(RATIOS, 1.5), {"R": 2, "W": 1, "S": 4}, False, 9
)
STEP = Step(21_000, (Window(9_000, 0, 4.0, 80.0),), 0.9, 0.1, 2.0, 250.0, {}, {"save": 80.0})
HELD = Held("sqlite", {}, 21_000, 1_500.0, 0.6, (STEP,), 3.0, 1.5, 230.0)
GROWTH = Growth(
    (1_000, 10_000), {"R": {1_000: 1.0, 10_000: 1.1}}, dict.fromkeys("RWS", 1.1) | {"gradebook": 1.2}, 1.9, 160.0
)
BURST = Burst(1_000, 0, 12, 40.0, 20.0, 39.0, 2_000, {}, 5.0, 60.0)


def _report(**changed: Any) -> Report:
    conditions = dict.fromkeys((*LIBRARIES, "python", "sqlite", "cores", "load", "fsync_ms"), 1) | {"idle_before": 0.99}
    whole = {"full": FIGURES, "normal": FIGURES, "growth": GROWTH, "weight": Weight(3, 14, 36, 200, 40), "burst": BURST}
    return Report(conditions, {"requests": 0.01}, held=[HELD], **(whole | changed))


def test_programs_find_the_ratios_and_the_students() -> None:
    data = json.loads(json.dumps(_report().as_data()))
    assert {name: data["ratios"][name] for name in ("w_full", "w_normal", "r_hello", "s_hello")} == {
        "w_full": 1.4, "w_normal": 1.4, "r_hello": 1.4, "s_hello": 1.4,
    }  # fmt: skip
    assert (data["students"], data["valid"], data["faults"]) == (21_000, True, [])


def test_people_find_every_part() -> None:
    told = _report().as_text()
    for words in (
        "Milliseconds a request",
        "Growth",
        "21,000 (goal 20,000)",
        "burst of sign-ins",
        "On paper",
        "weighs",
    ):
        assert words in told
    assert "NOT VALID" not in told


def test_a_part_that_was_left_out_is_not_told_of() -> None:
    report = _report(full=None, normal=None, growth=None, weight=None, burst=None)
    assert report.as_data()["ratios"] == {}
    assert "Growth" not in report.as_text()


def test_a_statement_more_a_cookie_and_a_slow_page_are_faults() -> None:
    slow = replace(
        FIGURES,
        processor_ratios={**FIGURES.ratios, "r_hello": 99.0},
        statements={"R": 2, "W": 2, "S": 4},
        save_sets_cookie=True,
    )
    assert _report(full=slow).faults() == [
        "W takes 2 SQL statements, and may take 1.",
        "Saving an answer sends Set-Cookie, and must not.",
        "The ratio r_hello is 99.00 in processor time, and may be 7.0.",
    ]


def test_what_grows_too_much_is_said() -> None:
    assert "OVER ITS BOUND" not in _report().as_text()
    assert "analysis takes 7.00 times" in _report(growth=replace(GROWTH, analysis_by_page=7.0)).as_text()
