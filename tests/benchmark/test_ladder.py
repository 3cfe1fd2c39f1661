"""Where the ladder goes next, and what a step must hold."""

from tests.benchmark.ladder import Window, held, next_step, window
from tests.benchmark.load import Hit


def _climb(true_limit: int, first: int, fineness: float) -> dict[int, bool]:
    tried: dict[int, bool] = {}
    while students := next_step(tried, first, fineness):
        assert students not in tried
        tried[students] = students <= true_limit
    return tried


def test_the_ladder_comes_as_near_to_the_limit_as_asked() -> None:
    for limit in (900, 7_300, 20_000, 61_000):
        found = held(_climb(limit, first=10_000, fineness=0.1))
        assert found <= limit <= found * 1.1 + 100


def test_a_server_that_holds_nobody_is_not_asked_for_ever() -> None:
    assert held(_climb(0, first=10_000, fineness=0.1)) == 0


def test_what_holds_above_a_step_that_did_not_is_luck() -> None:
    assert held({1_000: True, 2_000: False, 3_000: True}) == 1_000


def test_the_first_step_is_the_one_asked_for() -> None:
    assert next_step({}, 12_345, 0.1) == 12_300


def test_a_step_holds_where_nearly_all_wait_less_than_the_limit_and_nobody_fails() -> None:
    assert window([Hit("save", 0.0, 10.0, 200)] * 990 + [Hit("save", 0.0, 900.0, 200)] * 10).holds
    assert not window([Hit("save", 0.0, 10.0, 200)] * 980 + [Hit("save", 0.0, 900.0, 200)] * 20).holds
    assert not window([Hit("save", 0.0, 10.0, 200)] * 999 + [Hit("save", 0.0, 10.0, 500)]).holds


def test_a_step_without_requests_holds_nothing() -> None:
    assert window([]) == Window(0, 0, float("inf"), float("inf"))
    assert not window([]).holds
