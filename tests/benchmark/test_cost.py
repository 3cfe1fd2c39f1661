"""The arithmetic of a large site."""

import pytest

from tests.benchmark.cost import Assumed, as_lines, cost


def test_the_cost_of_many_students_follows_from_what_one_machine_holds() -> None:
    found = cost(10_000, 200.0, Assumed())
    assert found.requests_per_second == 1_100
    assert found.machines == 4
    assert found.gigabytes == pytest.approx(16.0)
    assert found.core_hours == 2 * (4 * 100 + 3_900 + 4_000)
    assert found.price == pytest.approx(found.core_hours * 0.05)


def test_what_is_assumed_is_said_to_be() -> None:
    told = "\n".join(as_lines(10_000, 200.0, Assumed()))
    assert told.count("(assumed)") == 3
    assert "= 4 machines" in told


def test_a_machine_that_holds_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="holds nobody"):
        cost(0, 200.0, Assumed())
