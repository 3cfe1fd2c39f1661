"""Tags of questions."""

import pytest

from quizapp.domain.tags import LONGEST, MOST, BadTags, has_tag, read_tags, united, with_tags, without_tags


def test_tags_are_read_once_each_whatever_their_case_in_order() -> None:
    assert read_tags(" exam ,  week  3;Exam,,\nurdu ") == ("exam", "week 3", "urdu")


@pytest.mark.parametrize("typed", ["x" * (LONGEST + 1), ",".join(map(str, range(MOST + 1)))], ids=["long", "many"])
def test_tags_too_long_or_too_many_are_refused(typed: str) -> None:
    with pytest.raises(BadTags):
        read_tags(typed)


def test_adding_and_taking_away_look_at_no_case() -> None:
    assert with_tags(["Exam"], ["exam", "new"]) == ("Exam", "new")
    assert without_tags(["Exam", "new"], ["EXAM"]) == ("new",)
    assert has_tag(["Exam"], "exam")


def test_what_a_file_adds_pushes_nothing_out() -> None:
    full = [str(number) for number in range(MOST)]
    assert united(full, ["more"]) == tuple(full)
    assert united(["a"], ["A", "b"]) == ("a", "b")
