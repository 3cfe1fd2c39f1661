"""What is told of an answer where only some of it is shown: nothing else remains, whatever the kind."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pytest

from quizapp.domain.feedback import Aspect
from quizapp.kinds import KINDS
from quizapp.kinds.base import Kind
from quizapp.kinds.explained import Explained
from quizapp.kinds.ordering.kind import ExplainedOrder
from tests.kinds.contents import CONTENTS, ORDERS, choices, items, pairs
from tests.kinds.test_every_kind import RIGHT

EVERYTHING = frozenset(Aspect)
EVERY_CHOICE = [frozenset(some) for count in range(len(Aspect) + 1) for some in combinations(Aspect, count)]
"""Every set of aspects that could be shown."""
JUDGING = {Aspect.KEY, Aspect.CORRECTNESS}
WRONG: dict[str, Sequence[str]] = {
    "single_choice": ["1"],
    "multiple_response": ["1", "2"],
    "true_false": ["true"],
    "short_answer": ["Iraq"],
    "numeric": ["1.5"],
    "matching": ["2", "4", ""],
    "ordering": ["1", "4", "2", "3"],
    "cloze": ["boat", "Iraqi wool", ""],
    "essay": ["I do not know."],
}
"""An answer to each that is wrong, or half so, and brings reasons and words of the passage with it."""
TWINS: dict[str, tuple[dict[str, Any], list[int]]] = {
    "single_choice": ({"choices": choices("C", 4)}, ORDERS["single_choice"]),
    "multiple_response": ({"choices": choices("BDE")}, ORDERS["multiple_response"]),
    "true_false": ({"answer": True}, []),
    "short_answer": ({"accept": ["Iraq"], "reject": [{"text": "Iran", "feedback": "another country"}]}, []),
    "numeric": ({"answer": 1.5, "reject": []}, []),
    "matching": (
        {"pairs": [{**pair, "right": right, "evidence": []} for pair, right in zip(pairs(), "bca", strict=True)]},
        [0, 1, 2, 2, 0, 1, 3],
    ),
    "ordering": ({"items": items("1862", None, "1875", "1889")[::-1], "ordered_by": "telling"}, [1, 3, 0, 2]),
    "cloze": (
        {"blanks": [
            {"accept": ["boat"], "choices": ["boat", "cart"]}, {"accept": ["Iraqi wool"]}, {"accept": ["a smile"]},
        ]},
        [],
    ),
    "essay": (
        {"rubric": [{**row, "hint": "x"} for row in CONTENTS["essay"]["rubric"]], "model_answer": "Another."},
        [],
    ),
}  # fmt: skip
"""For each kind what makes of its question another one that looks the same before the answer and has another key."""


@pytest.fixture(params=KINDS, ids=str)
def kind(request: pytest.FixtureRequest) -> Kind[Any, Any]:
    """Each kind in turn."""
    return KINDS[request.param]


def explained(kind: Kind[Any, Any], values: Sequence[str] | None, *, twin: bool = False) -> Explained:
    """The explanation of an answer, or of a blank, to the question of this kind or to its twin."""
    changed, order = TWINS[kind.name] if twin else ({}, ORDERS.get(kind.name, []))
    content = kind.load_content({**CONTENTS[kind.name], **changed})
    response = None if values is None else kind.read(content, order, {"answer": values})
    return kind.explain(content, order, response)


def test_a_question_and_its_twin_look_the_same_and_have_other_keys(kind: Kind[Any, Any]) -> None:
    changed, order = TWINS[kind.name]
    first = kind.prompt(kind.load_content(CONTENTS[kind.name]), ORDERS.get(kind.name, []))
    assert kind.prompt(kind.load_content({**CONTENTS[kind.name], **changed}), order) == first
    assert explained(kind, WRONG[kind.name]) != explained(kind, WRONG[kind.name], twin=True)


@pytest.mark.parametrize("values", [RIGHT, WRONG, dict.fromkeys(KINDS)], ids=["right", "wrong", "blank"])
def test_where_everything_is_shown_nothing_is_lost(kind: Kind[Any, Any], values: dict[str, Any]) -> None:
    whole = explained(kind, values[kind.name])
    assert whole.limited_to(EVERYTHING) == whole


@pytest.mark.parametrize("values", [RIGHT, WRONG, dict.fromkeys(KINDS)], ids=["right", "wrong", "blank"])
def test_without_key_and_correctness_two_keys_cannot_be_told_apart(
    kind: Kind[Any, Any], values: dict[str, Any]
) -> None:
    one, other = explained(kind, values[kind.name]), explained(kind, values[kind.name], twin=True)
    for shown in EVERY_CHOICE:
        if not shown & JUDGING:
            assert one.limited_to(shown) == other.limited_to(shown), shown


def test_without_the_response_no_two_answers_can_be_told_apart(kind: Kind[Any, Any]) -> None:
    answers = [explained(kind, values) for values in (RIGHT[kind.name], WRONG[kind.name], None)]
    for shown in EVERY_CHOICE:
        if Aspect.RESPONSE not in shown:
            one, *others = [answer.limited_to(shown) for answer in answers]
            assert others == [one, one], shown


def test_of_a_blank_correctness_alone_tells_no_key(kind: Kind[Any, Any]) -> None:
    one, other = explained(kind, None), explained(kind, None, twin=True)
    shown = EVERYTHING - {Aspect.KEY}
    assert one.limited_to(shown) == other.limited_to(shown)


SECRETS = {
    "short_answer": ["Iran", "Persia"],
    "numeric": ["7.5", "billion"],
    "matching": ["'a'", "'c'", "why A", "why B", "why C"],
    "ordering": ["1862", "1874", "why"],
    "cloze": ["cart", "Persian", "silk", "pence"],
    "essay": ["why", "two things"],
}
"""Words that only the key has, beside the wrong answers above."""


@pytest.mark.parametrize("name", SECRETS)
def test_without_the_key_no_word_of_it_remains_of_a_wrong_answer(name: str) -> None:
    told = repr(explained(KINDS[name], WRONG[name]).limited_to(EVERYTHING - {Aspect.KEY}))
    whole = repr(explained(KINDS[name], WRONG[name]))
    assert [secret for secret in SECRETS[name] if secret in told] == []
    assert [secret for secret in SECRETS[name] if secret not in whole] == []


@pytest.mark.parametrize("name", ["single_choice", "multiple_response", "true_false"])
def test_without_the_key_only_what_was_chosen_is_judged(name: str) -> None:
    options = explained(KINDS[name], WRONG[name]).limited_to(EVERYTHING - {Aspect.KEY}).options
    judged = [(option.chosen, option.correct is not None, bool(option.feedback)) for option in options]
    assert set(judged) == {(True, True, True), (False, False, False)}


@pytest.mark.parametrize("aspect", [Aspect.EXPLANATION, Aspect.EVIDENCE])
def test_reasons_and_words_of_the_passage_go_where_they_are_not_shown(kind: Kind[Any, Any], aspect: Aspect) -> None:
    told = explained(kind, WRONG[kind.name]).limited_to(EVERYTHING - {aspect})
    pieces = (told, *told.options, *told.parts)
    gone = {Aspect.EXPLANATION: "feedback", Aspect.EVIDENCE: "evidence"}[aspect]
    assert not any(getattr(piece, gone) for piece in pieces)


def test_a_key_without_correctness_still_judges(kind: Kind[Any, Any]) -> None:
    whole = explained(kind, WRONG[kind.name])
    assert whole.limited_to(EVERYTHING - {Aspect.CORRECTNESS}) == whole


def ordered(values: Sequence[str] | None, *shown: Aspect) -> ExplainedOrder:
    """The explanation of an order, limited; shown were C, A, D and B."""
    told = explained(KINDS["ordering"], values).limited_to(frozenset(shown))
    assert isinstance(told, ExplainedOrder)
    return told


def test_without_the_key_items_stand_as_they_were_given_or_else_as_they_were_shown() -> None:
    given = ordered(["2", "1", "4", "3"], Aspect.RESPONSE, Aspect.CORRECTNESS)
    assert [(part.label, part.given, part.right, part.date) for part in given.parts] == [
        ("A", "1", True, ""), ("C", "2", False, ""), ("B", "3", False, ""), ("D", "4", True, ""),
    ]  # fmt: skip
    assert [part.label for part in ordered(None, Aspect.RESPONSE, Aspect.CORRECTNESS).parts] == list("CADB")
    assert [part.label for part in ordered(["2", "1", "4", "3"], Aspect.CORRECTNESS).parts] == list("CADB")


def test_pairs_of_items_are_counted_where_one_may_know_what_is_right() -> None:
    values = ["2", "1", "4", "3"]
    assert ordered(values, Aspect.RESPONSE, Aspect.CORRECTNESS).pairs_right == 5
    assert ordered(values, Aspect.RESPONSE, Aspect.KEY).pairs_right == 5
    assert ordered(values, Aspect.RESPONSE, Aspect.MARK).pairs_right is None


def test_what_is_limited_twice_is_limited_once(kind: Kind[Any, Any]) -> None:
    for shown in EVERY_CHOICE:
        told = explained(kind, WRONG[kind.name]).limited_to(shown)
        assert told.limited_to(shown) == told
