"""An answer to one version marked by another."""

from collections.abc import Collection
from random import Random
from typing import Any

import pytest

from quizapp.domain.rulings import Ruling
from quizapp.kinds import KINDS
from quizapp.kinds.corrections import Ruled, places_in, ruled_mark
from tests.kinds.contents import CONTENTS, choices, items, pairs


@pytest.mark.parametrize(
    ("old", "new", "dropped", "places"),
    [
        ("ABC", "ABC", (), {0: 0, 1: 1, 2: 2}),
        ("ABC", "CAB", (), {0: 1, 1: 2, 2: 0}),
        ("ABC", "AXC", (), {0: 0, 1: 1, 2: 2}),
        ("ABC", "AB", (), None),
        ("ABC", "AB", (2,), {0: 0, 1: 1, 2: 2}),
        ("ABCD", "AC", (1, 3), {0: 0, 1: 2, 2: 1, 3: 3}),
        ("ABC", "ABCD", (), None),
        ("ABC", "XAB", (), None),
    ],
)
def test_options_are_found_again_by_their_words_or_reworded_in_their_place(
    old: str, new: str, dropped: Collection[int], places: dict[int, int] | None
) -> None:
    assert places_in(list(old), list(new), dropped) == places


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_version_is_of_one_shape_with_itself(name: str) -> None:
    kind = KINDS[name]
    content = kind.load_content(CONTENTS[name])
    carry = kind.carry(content, content)
    assert carry is not None
    order = kind.order(content, Random(1))
    assert kind.carry_order(content, order, carry) == order


def single(keys: str, count: int = 4) -> Any:
    """A single-choice content."""
    return KINDS["single_choice"].load_content({**CONTENTS["single_choice"], "choices": choices(keys, count)})


@pytest.mark.parametrize(
    ("ruling", "chosen", "ruled"),
    [
        (Ruling(void=True), 0, Ruled(None, counts=False)),
        (Ruling(everyone=True), None, Ruled(1.0, granted=True)),
        (Ruling(void=True, everyone=True), 0, Ruled(None, counts=False)),
        (Ruling(accepts=({"chosen": 3},)), 3, Ruled(1.0)),
        (Ruling(accepts=({"chosen": 3},)), 2, Ruled(0.0)),
        (Ruling(dropped=(2,)), 2, Ruled(1.0)),
        (Ruling(dropped=(2,)), None, Ruled(0.0)),
        (None, 1, Ruled(1.0)),
    ],
)
def test_the_first_part_of_a_ruling_that_applies_holds(ruling: Ruling | None, chosen: int | None, ruled: Ruled) -> None:
    kind = KINDS["single_choice"]
    response = None if chosen is None else kind.load_response({"chosen": chosen})
    assert ruled_mark(kind, single("B"), None, response, ruling) == ruled


def test_a_dropped_option_counts_where_the_version_to_mark_by_lacks_it() -> None:
    kind, ruling = KINDS["single_choice"], Ruling(dropped=(3,), by_version=9)
    for chosen, fraction in ((0, 1.0), (1, 0.0), (3, 1.0)):
        response = kind.load_response({"chosen": chosen})
        assert ruled_mark(kind, single("B"), single("A", 3), response, ruling) == Ruled(fraction)


def test_pairs_that_belong_together_otherwise_are_marked_by_their_words() -> None:
    kind = KINDS["matching"]
    old = kind.load_content({**CONTENTS["matching"], "pairs": pairs()})
    rows = pairs()
    swapped = [{**rows[0], "right": "b"}, {**rows[1], "right": "a"}, rows[2]]
    new = kind.load_content({**CONTENTS["matching"], "pairs": swapped})
    response = kind.load_response({"matches": [[0, 1], [1, 0], [2, 2]]})
    assert kind.mark(old, response) == pytest.approx(1 / 3)
    assert ruled_mark(kind, old, new, response, Ruling(by_version=1)).fraction == 1.0


def test_items_in_another_order_are_marked_by_their_words() -> None:
    kind = KINDS["ordering"]
    old = kind.load_content({**CONTENTS["ordering"], "items": items(None, None, None)})
    new = kind.load_content({**CONTENTS["ordering"], "items": list(reversed(items(None, None, None)))})
    response = kind.load_response({"sequence": [2, 1, 0]})
    assert kind.mark(old, response) == 0.0
    assert ruled_mark(kind, old, new, response, Ruling(by_version=1)).fraction == 1.0
