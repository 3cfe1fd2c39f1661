"""When figures may be believed."""

import os
import time

import pytest

from tests.benchmark.conditions import Ticks, Watch, doubts
from tests.benchmark.processes import megabytes_of, seconds_of, tree_of


def test_an_idle_machine_raises_no_doubts() -> None:
    assert doubts(0.97, {"requests": 0.02, "students": 0.05}) == []


def test_other_work_before_or_meanwhile_makes_the_figures_invalid() -> None:
    assert "70% of the cores was idle" in doubts(0.70, {})[0]
    assert doubts(0.97, {"requests": 0.02, "students": 0.31}) == [
        "Others used 31% of the cores during “students”, and more than 10% spoils it."
    ]


def test_a_machine_that_tells_nothing_is_not_trusted() -> None:
    assert len(doubts(None, {})) == 1


@pytest.mark.skipif(Ticks.now() is None, reason="only Linux tells")
def test_ones_own_work_is_not_taken_for_that_of_others() -> None:
    watch = Watch()
    before = seconds_of(os.getpid())
    with watch.over("work"):
        until = time.process_time() + 0.2
        while time.process_time() < until:
            pass
    assert 0.1 < seconds_of(os.getpid()) - before < 0.5
    assert set(watch.others) == {"work"}


@pytest.mark.skipif(Ticks.now() is None, reason="only Linux tells")
def test_a_process_is_in_its_own_tree_and_holds_memory() -> None:
    assert tree_of(os.getpid())[0] == os.getpid()
    assert 10 < megabytes_of(os.getpid()) < 5_000
