"""Where the right answer stands tells nothing: over many attempts it stands everywhere alike."""

from collections import Counter
from collections.abc import Hashable, Iterable
from itertools import combinations, permutations
from random import Random

import html5lib
import pytest
from sqlalchemy.orm import Session

from quizapp.services.attempts.starting import slots_for
from tests.bank import QUESTIONS
from tests.conftest import Browser, question_named

ATTEMPTS = 600
MOST_BY_CHANCE = {3: 16.27, 5: 20.52, 15: 37.70, 22: 48.27}
"""χ² that chance exceeds once in a thousand, by degrees of freedom. The seeds are fixed, so it does always or never."""


def orders(session: Session, *slugs: str, shuffle_options: bool = True) -> list[tuple[tuple[int, ...], ...]]:
    """The orders, as indexes into the contents, in which many attempts show these questions."""
    ids = [question_named(session, slug).id for slug in slugs]
    attempts = (slots_for(session, ids, Random(seed), shuffle_options) for seed in range(ATTEMPTS))
    return [tuple(tuple(slot.order) for slot in slots) for slots in attempts]


def orders_of(session: Session, slug: str, shuffle_options: bool = True) -> list[tuple[int, ...]]:
    """The orders of one question."""
    return [order for (order,) in orders(session, slug, shuffle_options=shuffle_options)]


def assert_alike(found: Iterable[Hashable], possible: Iterable[Hashable]) -> None:
    """Whether all that is possible was found about as often, and nothing else."""
    counts, cells = Counter(found), set(possible)
    expected = counts.total() / len(cells)
    assert set(counts) <= cells
    assert sum((counts[cell] - expected) ** 2 / expected for cell in cells) < MOST_BY_CHANCE[len(cells) - 1]


def test_the_right_choice_stands_at_every_place_alike(session: Session) -> None:
    assert_alike((order.index(0) for order in orders_of(session, "founder")), range(4))


def test_two_right_choices_stand_at_every_two_places_alike(session: Session) -> None:
    found = (tuple(sorted((order.index(0), order.index(1)))) for order in orders_of(session, "goods"))
    assert_alike(found, combinations(range(4), 2))


def test_the_place_in_one_question_tells_nothing_of_that_in_the_next(session: Session) -> None:
    found = ((first.index(0), second.index(0)) for first, second in orders(session, "founder", "goods"))
    assert_alike(found, ((first, second) for first in range(4) for second in range(4)))


@pytest.mark.parametrize("shuffle_options", [True, False])
def test_what_belongs_to_an_entry_stands_at_every_place_alike(session: Session, shuffle_options: bool) -> None:
    found = orders_of(session, "keepers", shuffle_options)
    for row in range(3):
        assert_alike((order[3:].index(order[row]) for order in found), range(4))


@pytest.mark.parametrize("shuffle_options", [True, False])
def test_items_stand_in_every_order_alike_but_never_in_the_right_one(session: Session, shuffle_options: bool) -> None:
    wrong = set(permutations(range(4))) - {(0, 1, 2, 3)}
    assert_alike(orders_of(session, "losses", shuffle_options), wrong)


@pytest.mark.parametrize("slug", ["founder", "goods", "keepers", "losses"])
def test_a_page_calls_options_by_their_places_alone(ayesha: Browser, slug: str) -> None:
    attempt = ayesha.start("whole-test")
    page = ayesha.get(f"/attempts/{attempt}/questions/{QUESTIONS.index(slug) + 1}").text
    assert set(map(tuple, values_by_control(page))) == {("1", "2", "3", "4")}


def values_by_control(page: str) -> list[list[str]]:
    """The values there are to choose from, as they stand: of all boxes together, or of each list."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    controls = [control for control in tree.iter() if control.get("name") == "answer"]
    lists = [[option.get("value") for option in control.iter("option")][1:] for control in controls]
    boxes = [control.get("value") for control in controls if control.tag == "input"]
    return [found for found in (*lists, boxes) if found]
