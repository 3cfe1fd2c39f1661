"""A question looked at before it is whole."""

import copy
from random import Random
from typing import Any

import pytest

from quizapp.kinds import KINDS
from quizapp.kinds.unfinished import STAND_IN, as_far_as_written
from tests.kinds.contents import CONTENTS


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_question_is_what_it_is(kind: str) -> None:
    found = as_far_as_written(KINDS[kind], CONTENTS[kind])
    assert found.keyed
    assert found.content.model_dump() == KINDS[kind].load_content(CONTENTS[kind]).model_dump()


@pytest.mark.parametrize("kind", KINDS)
def test_of_an_empty_one_there_is_still_something_to_see(kind: str) -> None:
    found = as_far_as_written(KINDS[kind], {})
    prompt = KINDS[kind].prompt(found.content, KINDS[kind].plain_order(found.content, Random(0)))
    assert prompt.stem == STAND_IN
    assert not found.keyed


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_field_is_missing_or_odd_the_rest_is_kept(kind: str) -> None:
    for name in CONTENTS[kind]:
        for odd in (None, "", [], "word", [""], [{}], {}, [{"text": ""}, 3]):
            data = {**copy.deepcopy(CONTENTS[kind]), name: odd}
            found = as_far_as_written(KINDS[kind], data).content
            kept = "explanation" if name != "explanation" else "stem"
            assert getattr(found, kept) == str(CONTENTS[kind][kept]).strip()


def entry(**cells: Any) -> dict[str, Any]:
    """A choice."""
    return {"text": "One", "feedback": "Since.", "correct": False, "evidence": [], **cells}


def test_a_missing_reason_is_stood_in_for_and_a_quote_without_a_passage_left_out() -> None:
    choices = [entry(feedback=""), entry(text="Two", evidence=[{"passage": "", "quote": "words"}])]
    found = as_far_as_written(KINDS["single_choice"], {"choices": choices}).content
    assert [(choice.text, choice.feedback, choice.evidence) for choice in found.choices] == [
        ("One", STAND_IN, ()),
        ("Two", "Since.", ()),
    ]


def test_a_blank_without_its_answer_keeps_its_place() -> None:
    found = as_far_as_written(
        KINDS["cloze"], {"text": "[[1]] and [[2]]", "blanks": [{"accept": []}, {"accept": ["b"]}]}
    )
    assert [blank.accept for blank in found.content.blanks] == [(STAND_IN,), ("b",)]
