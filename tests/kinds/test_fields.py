"""A question laid out as fields, and two edits of it put together."""

import copy
from typing import Any

import pytest

from quizapp.kinds import KINDS
from quizapp.kinds.fields import Part, fields_of, parts_changed, text_of
from quizapp.kinds.merging import Side, disputes, put_together
from tests.kinds.contents import CONTENTS


def whole(kind: str = "single_choice") -> dict[str, Any]:
    """A question of this kind as plain data."""
    content = KINDS[kind].load_content(CONTENTS[kind]).model_dump(mode="json")
    plan = {"frame": "essay", "level": "recall", "objective": 1, "claims": []}
    return {"kind": kind, "content": content, **plan, "section": "rise", "status": "draft", "tags": []}


def edited(question: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The question with other values at places such as content__choices__0__text."""
    question = copy.deepcopy(question)
    for place, value in changes.items():
        *steps, last = [int(step) if step.isdecimal() else step for step in place.split("__")]
        here = question
        for step in steps:
            here = here[step]
        here[last] = value
    return question


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_has_a_name_of_its_own(kind: str) -> None:
    fields = fields_of(whole(kind))
    names = [(field.label, field.number) for field in fields]
    assert len(set(names)) == len(names)
    assert all(field.label and " – " not in field.label for field in fields), names


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_question_stands_in_one_of_its_fields(kind: str) -> None:
    shown = "\n".join(text_of(field.value) for field in fields_of(whole(kind)))
    for word in str(CONTENTS[kind]["explanation"]).split():
        assert word in shown


def test_a_field_of_a_kind_unknown_here_is_called_by_its_own_name() -> None:
    unknown = {"kind": "yes_no", "content": {"stem": "S", "yes_is_right": True}}
    assert [field.label for field in fields_of(unknown)][-1] == "Yes is right"


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"content__stem": "Another?"}, (Part.STEM,)),
        ({"content__choices__0__text": "Other"}, (Part.ANSWERS,)),
        ({"content__choices__0__correct": True, "content__choices__1__correct": True}, (Part.KEY,)),
        ({"content__choices__0__feedback": "Other", "level": "cause"}, (Part.PLAN, Part.REASONS)),
        ({"content__choices__0__evidence": [{"passage": "a", "quote": "b"}]}, (Part.EVIDENCE,)),
        ({}, ()),
    ],
    ids=str,
)
def test_what_changed_is_told_in_a_word(changes: dict[str, Any], parts: tuple[Part, ...]) -> None:
    before = edited(whole(), **{f"content__choices__{number}__correct": False for number in range(3)})
    assert parts_changed(before, edited(before, **changes)) == parts


def test_where_only_one_side_changed_that_one_is_suggested() -> None:
    base = whole()
    mine = edited(base, content__stem="Mine?")
    theirs = edited(base, content__choices__1__feedback="Theirs.", status="retired")
    found = disputes(base, mine, theirs)
    assert {dispute.name: dispute.suggested for dispute in found} == {
        "content.stem": Side.MINE,
        "content.choices.1.feedback": Side.THEIRS,
        "status": Side.THEIRS,
    }
    both = put_together(mine, theirs, found, {dispute.name: dispute.suggested for dispute in found})
    assert (both["content"]["stem"], both["content"]["choices"][1]["feedback"], both["status"]) == (
        "Mine?",
        "Theirs.",
        "retired",
    )


def test_where_both_changed_it_nothing_is_suggested_and_nothing_taken_unasked() -> None:
    base = whole()
    mine, theirs = edited(base, content__stem="Mine?"), edited(base, content__stem="Theirs?")
    (found,) = disputes(base, mine, theirs)
    assert found.suggested is None
    with pytest.raises(KeyError):
        put_together(mine, theirs, [found], {})


def test_what_both_changed_to_the_same_is_no_dispute() -> None:
    base = whole()
    mine = edited(base, content__stem="The same?")
    assert disputes(base, mine, copy.deepcopy(mine)) == ()


def test_which_choice_is_right_is_one_decision() -> None:
    base = whole()
    for number in range(len(base["content"]["choices"])):
        base = edited(base, **{f"content__choices__{number}__correct": number == 0})
    first, second = (
        edited(base, content__choices__0__correct=False, **{f"content__choices__{number}__correct": True})
        for number in (1, 2)
    )
    (found,) = disputes(base, first, second)
    assert found.name == "content.choices.*.correct"
    taken = put_together(first, second, [found], {found.name: Side.THEIRS})
    assert taken == second


def test_lists_of_other_lengths_are_taken_as_a_whole() -> None:
    base = whole()
    mine = edited(base, content__choices__0__text="Mine")
    theirs = edited(base, content__choices=base["content"]["choices"] * 2)
    (found,) = disputes(base, mine, theirs)
    assert (found.name, found.suggested) == ("content.choices", None)


def test_edits_of_two_kinds_differ_in_the_kind_with_all_that_belongs_to_it() -> None:
    base = whole()
    theirs = {**whole("numeric"), "level": "cause"}
    theirs["content"] = {**theirs["content"], "evidence": base["content"]["evidence"]}
    mine = edited(base, content__stem="Mine?")
    found = disputes(base, mine, theirs)
    names = {dispute.name for dispute in found}
    assert {"kind", "content.stem", "level"} <= names
    assert not any(name.startswith("content.choices") for name in names)
    both = put_together(mine, theirs, found, {name: Side.THEIRS if name == "kind" else Side.MINE for name in names})
    assert (both["kind"], both["content"]["answer"], both["content"]["stem"]) == ("numeric", 7.5, "Mine?")
    assert "choices" not in both["content"]


@pytest.mark.parametrize("kind", KINDS)
def test_taking_everything_of_theirs_gives_theirs(kind: str) -> None:
    base, theirs = whole("essay"), whole(kind)
    mine = edited(whole("matching"), content__pairs__0__left="Mine")
    found = disputes(base, mine, theirs)
    assert put_together(mine, theirs, found, {dispute.name: Side.THEIRS for dispute in found}) == theirs
