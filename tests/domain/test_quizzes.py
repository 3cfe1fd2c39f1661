"""Drawing the questions of an attempt."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.quizzes import Candidate, Draw, Fixed, choose_questions

POOL = [
    Candidate(number, section, level, "numeric", number % 3)
    for number, (section, level) in enumerate(
        [("rise", "recall"), ("rise", "cause"), ("fall", "recall"), ("fall", "cause"), ("fall", "source")], start=1
    )
]


def drawn(*requests: Fixed | Draw, seed: int = 0) -> list[int]:
    """The numbers of the questions chosen."""
    return [number for _, number in choose_questions(requests, POOL, Random(seed))]


def test_a_draw_gives_what_it_names_and_nothing_else() -> None:
    assert set(drawn(Draw(5, section="fall"))) == {3, 4, 5}
    assert drawn(Draw(1, section="fall", level="source")) == [5]
    assert drawn(Draw(1, kind="essay")) == []


def test_a_question_set_by_name_is_kept_from_the_draws_even_when_it_comes_later() -> None:
    for seed in range(20):
        assert drawn(Draw(1, level="recall"), Fixed(1), seed=seed) == [3, 1]


def test_an_unpublished_question_and_a_repeated_one_are_left_out() -> None:
    assert drawn(Fixed(99), Fixed(2), Fixed(2)) == [2]


def test_each_question_remembers_which_request_it_came_from() -> None:
    chosen = choose_questions([Fixed(1), Draw(2, section="fall")], POOL, Random(1))
    assert [index for index, _ in chosen] == [0, 1, 1]


def test_a_draw_prefers_what_was_not_seen_and_fills_up_with_what_was() -> None:
    for seed in range(20):
        chosen = choose_questions([Draw(2, section="fall")], POOL, Random(seed), seen={3, 5})
        numbers = {number for _, number in chosen}
        assert 4 in numbers
        assert len(numbers & {3, 5}) == 1


def test_a_question_set_by_name_is_asked_even_if_it_was_seen() -> None:
    assert choose_questions([Fixed(1)], POOL, Random(1), seen={1}) == [(0, 1)]


REQUESTS = st.lists(
    st.one_of(
        st.builds(Fixed, st.integers(1, 6)),
        st.builds(
            Draw, st.integers(1, 6), section=st.sampled_from([None, "rise", "fall"]),
            level=st.sampled_from([None, "recall", "cause"]),
        ),
    ),
    max_size=6,
)  # fmt: skip


@given(REQUESTS, st.integers())
def test_no_question_comes_twice_and_chance_is_the_only_difference(requests: list[Fixed | Draw], seed: int) -> None:
    chosen = drawn(*requests, seed=seed)
    assert len(chosen) == len(set(chosen))
    assert chosen == drawn(*requests, seed=seed)
