"""When what is shown: never the key before its time, whatever a table says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.feedback import PRESETS, Aspect, FeedbackPolicy, Moment, PolicyRefused
from quizapp.domain.quizzes import Mode

NOTHING = {"settled": False, "submitted": False, "closed": False}
EVERYTHING = frozenset(Aspect)


def shown(policy: FeedbackPolicy, mode: Mode, **reached: bool) -> frozenset[Aspect]:
    """What is shown when this much is reached."""
    return policy.shown(mode, **{**NOTHING, **reached})


def test_practice_shows_everything_with_the_answer_and_a_test_after_submission() -> None:
    practice, test = PRESETS[Mode.PRACTICE], PRESETS[Mode.TEST]
    assert shown(practice, Mode.PRACTICE) == {Aspect.RESPONSE}
    assert shown(practice, Mode.PRACTICE, settled=True) == EVERYTHING
    assert shown(test, Mode.TEST, settled=True) == {Aspect.RESPONSE}
    assert shown(test, Mode.TEST, settled=True, submitted=True) == EVERYTHING


def test_a_test_says_nothing_before_submission_even_if_its_table_says_at_once() -> None:
    assert shown(PRESETS[Mode.PRACTICE], Mode.TEST, settled=True) == {Aspect.RESPONSE}


def test_what_waits_for_closing_needs_a_submission_as_well() -> None:
    policy = FeedbackPolicy(dict.fromkeys(Aspect, Moment.AFTER_CLOSING))
    assert shown(policy, Mode.TEST, settled=True, submitted=True) == {Aspect.RESPONSE}
    assert shown(policy, Mode.TEST, closed=True) == {Aspect.RESPONSE}
    assert shown(policy, Mode.TEST, settled=True, submitted=True, closed=True) == EVERYTHING
    assert policy.waits_for_closing()


@pytest.mark.parametrize(
    ("early", "late"),
    [("mark", "correctness"), ("key", "correctness"), ("explanation", "key"), ("evidence", "key"), ("note", "key")],
)
def test_nothing_comes_before_what_it_gives_away(early: str, late: str) -> None:
    moments = dict.fromkeys(Aspect, Moment.AT_ONCE) | {Aspect(late): Moment.NEVER}
    with pytest.raises(PolicyRefused, match=f"{early} tells {late}"):
        FeedbackPolicy(
            {Aspect(late): Moment.NEVER, Aspect(early): Moment.AT_ONCE, **_at_once_but(moments, early, late)}
        )


def _at_once_but(moments: dict[Aspect, Moment], early: str, late: str) -> dict[Aspect, Moment]:
    """The rest of a table that breaks no other rule."""
    first = {Aspect.CORRECTNESS: Moment.AT_ONCE} if late == "key" else {}
    return {**dict.fromkeys((a for a in Aspect if a not in (early, late)), Moment.NEVER), **first}


@given(st.dictionaries(st.sampled_from(Aspect), st.sampled_from(Moment)), st.sampled_from(Mode), st.booleans())
def test_no_table_shows_a_key_that_can_be_worked_out_before_it_is_shown(
    moments: dict[Aspect, Moment], mode: Mode, submitted: bool
) -> None:
    try:
        policy = FeedbackPolicy(moments)
    except PolicyRefused:
        return
    told = shown(policy, mode, settled=True, submitted=submitted)
    if {Aspect.EXPLANATION, Aspect.EVIDENCE, Aspect.NOTE} & told:
        assert Aspect.KEY in told
    if {Aspect.MARK, Aspect.KEY} & told:
        assert Aspect.CORRECTNESS in told
    assert FeedbackPolicy.from_plain(policy.plain()) == policy


@pytest.mark.parametrize("data", ["at_once", {"colour": "at_once"}, {"key": "sometimes"}, 3])
def test_what_is_no_table_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match=r"table|there is no"):
        FeedbackPolicy.from_plain(data)
