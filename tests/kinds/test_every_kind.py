"""What holds for every kind of question."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from pydantic import ValidationError

from quizapp.kinds import KINDS
from quizapp.kinds.base import BadResponse, Kind
from quizapp.kinds.essay.kind import ExplainedEssay
from quizapp.kinds.explained import Explained
from tests.kinds.contents import CONTENTS, ORDERS

RIGHT: dict[str, Sequence[str]] = {
    "single_choice": ["2"],
    "multiple_response": ["1", "3"],
    "true_false": ["false"],
    "short_answer": ["Iran"],
    "numeric": ["7.5 billion"],
    "matching": ["1", "2", "3"],
    "ordering": ["3", "1", "4", "2"],
    "cloze": ["cart", "Persian silk", "7.5 pence"],
    "essay": ["Wool and tin.\n\n  Never glass. "],
}
"""An answer to each, in the order of ORDERS, that earns everything where no teacher has to judge it."""
TICKED = ("single_choice", "multiple_response", "true_false")
"""Kinds whose form sends nothing at all where nothing is chosen; the others send their controls empty."""
WORDS_LIKE_ANY = {("short_answer", "99"), ("numeric", "99"), ("essay", "99"), ("essay", "x" * 501)}
"""What is nonsense to the other kinds and to these an answer like any, not a right one."""


@pytest.fixture(params=KINDS, ids=str)
def kind(request: pytest.FixtureRequest) -> Kind[Any, Any]:
    """Each kind in turn."""
    return KINDS[request.param]


@pytest.fixture
def content(kind: Kind[Any, Any]) -> Any:
    """A question of the kind."""
    return kind.load_content(CONTENTS[kind.name])


@pytest.fixture
def order(kind: Kind[Any, Any]) -> list[int]:
    """The order in which an attempt shows it."""
    return ORDERS.get(kind.name, [])


def test_the_right_answer_earns_everything_unless_a_teacher_must_mark_it(
    kind: Kind[Any, Any], content: Any, order: list[int]
) -> None:
    response = kind.read(content, order, {"answer": RIGHT[kind.name]})
    assert kind.mark(content, response) == (None if kind.marked_by_teacher else 1.0)
    assert kind.marked_by_teacher == (kind.name == "essay")


def test_an_answer_comes_back_as_it_was_sent(kind: Kind[Any, Any], content: Any, order: list[int]) -> None:
    response = kind.read(content, order, {"answer": RIGHT[kind.name]})
    assert kind.given(content, order, response) == tuple(RIGHT[kind.name])


def test_a_blank_is_no_response(kind: Kind[Any, Any], content: Any, order: list[int]) -> None:
    empty = [] if kind.name in TICKED else [" "] * len(RIGHT[kind.name])
    assert kind.read(content, order, {}) is None
    assert kind.read(content, order, {"answer": empty}) is None


@pytest.mark.parametrize(
    "forged", [["99"], ["1", "1"], ["x" * 501], ["true", "false"]], ids=["99", "twice", "huge", "two"]
)
def test_what_is_no_answer_is_refused_or_read_as_plain_words(
    kind: Kind[Any, Any], content: Any, order: list[int], forged: list[str]
) -> None:
    if (kind.name, *forged) in WORDS_LIKE_ANY:
        assert not kind.mark(content, kind.read(content, order, {"answer": forged}))
        return
    with pytest.raises(BadResponse):
        kind.read(content, order, {"answer": forged})


def test_a_response_survives_being_kept_as_plain_data(kind: Kind[Any, Any], content: Any, order: list[int]) -> None:
    response = kind.read(content, order, {"answer": RIGHT[kind.name]})
    assert kind.load_response(response.model_dump(mode="json")) == response
    assert kind.load_response(None) is None


def test_what_is_shown_before_the_answer_tells_nothing(kind: Kind[Any, Any], content: Any, order: list[int]) -> None:
    shown = repr(kind.prompt(content, order))
    secrets = (
        "why", "second sentence", "wool and tin", "Persia", "Iraq", "7.5", "one year", "correct", "Ouzel",
        "1862", "1874",
    )  # fmt: skip
    for secret in secrets:
        assert secret not in shown


def test_the_order_comes_from_chance_alone_and_holds_every_option(
    kind: Kind[Any, Any], content: Any, order: list[int]
) -> None:
    for order_of in (kind.order, kind.plain_order):
        drawn = order_of(content, Random(5))
        assert drawn == order_of(content, Random(5))
        assert sorted(drawn) == sorted(order)


def test_where_nothing_is_shuffled_choices_stand_as_written_and_an_order_still_has_to_be_found(
    kind: Kind[Any, Any], content: Any, order: list[int]
) -> None:
    plain = [kind.plain_order(content, Random(seed)) for seed in range(20)]
    if kind.name in ("matching", "ordering"):
        assert plain == [kind.order(content, Random(seed)) for seed in range(20)]
        assert len({tuple(drawn) for drawn in plain}) > 1
    else:
        assert plain == [order] * 20


def tells_the_key(explained: Explained) -> bool:
    """Whether one can read in it what was right, or what an essay should have held."""
    model_answer = isinstance(explained, ExplainedEssay) and explained.model_answer
    return bool(explained.key or model_answer or any(option.correct for option in explained.options))


def test_the_explanation_of_a_blank_still_shows_the_key(kind: Kind[Any, Any], content: Any, order: list[int]) -> None:
    explained = kind.explain(content, order, None)
    assert tells_the_key(explained)
    assert not any(option.chosen for option in explained.options)
    assert not any(part.right or part.given for part in explained.parts)


def test_the_explanation_of_a_right_answer_finds_nothing_wrong(
    kind: Kind[Any, Any], content: Any, order: list[int]
) -> None:
    explained = kind.explain(content, order, kind.read(content, order, {"answer": RIGHT[kind.name]}))
    assert all(option.chosen == option.correct for option in explained.options)
    assert all(part.right for part in explained.parts)


def test_the_editor_gives_back_the_content_it_was_given(kind: Kind[Any, Any], content: Any) -> None:
    editor = kind.editor()
    data = editor.from_content(content)
    form = editor.Editor(data=data)
    common = {name: CONTENTS[kind.name][name] for name in ("stem", "explanation", "evidence")}
    assert kind.load_content({**common, **editor.to_content(form)}) == content


def test_content_with_a_field_too_many_or_too_few_is_refused(kind: Kind[Any, Any]) -> None:
    with pytest.raises(ValidationError):
        kind.load_content({**CONTENTS[kind.name], "colour": "blue"})
    with pytest.raises(ValidationError):
        kind.load_content({**CONTENTS[kind.name], "evidence": []})
