"""Essay: a text that a teacher marks by its rubric."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quizapp.domain.feedback import Aspect
from quizapp.formats.bank_yaml import examine, read_bank, write_bank
from quizapp.kinds import KINDS
from quizapp.kinds.base import BadResponse, Expectation
from quizapp.kinds.essay.kind import MOST_CHARACTERS, Criterion, fraction_of_points
from tests.bank import FILES
from tests.kinds.contents import COMMON, CONTENTS

ESSAY = KINDS["essay"]
QUESTION = """
  - id: what-was-carried
    kind: essay
    frame: essay
    level: understanding
    objective: 1
    stem: According to the writer, what did the ships of Saltmouth carry?
    rubric:
      - {text: Names both goods, points: 4, hint: Wool and tin.}
      - {text: Says what was never carried, points: 1}
    words_most: 120
    model_answer: |
      They carried *two* things.

      - wool
      - tin
    explanation: Two goods are named as carried, a third as never carried.
    evidence: [{passage: beginnings, quote: wool and tin from it}]
"""
RUBRIC = (Criterion(text="Both goods", points=4), Criterion(text="What was not carried", points=1))


@pytest.fixture
def content() -> Any:
    """Two criteria, of four points and of one."""
    return ESSAY.load_content(CONTENTS["essay"])


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80).filter(str.strip))
def test_what_was_written_comes_back_to_the_letter_with_plain_line_ends(text: str) -> None:
    content = ESSAY.load_content(CONTENTS["essay"])
    response = ESSAY.read(content, [], {"answer": [text]})
    kept = ESSAY.load_response(response.model_dump(mode="json"))
    assert ESSAY.given(content, [], kept) == (text.replace("\r\n", "\n").replace("\r", "\n"),)


def test_line_ends_of_every_system_become_one(content: Any) -> None:
    response = ESSAY.read(content, [], {"answer": ["one\r\ntwo\rthree\n\r\n four "]})
    assert response.text == "one\ntwo\nthree\n\n four "


def test_an_essay_has_room_for_its_last_character_and_for_no_more(content: Any) -> None:
    whole = "ص" * MOST_CHARACTERS
    assert ESSAY.read(content, [], {"answer": [whole]}).text == whole
    with pytest.raises(BadResponse, match="20,000 characters"):
        ESSAY.read(content, [], {"answer": [whole + "!"]})


def test_line_ends_of_two_characters_do_not_make_an_essay_too_long(content: Any) -> None:
    assert ESSAY.read(content, [], {"answer": ["a\r\n" * (MOST_CHARACTERS // 2)]}).text == "a\n" * 10_000


@pytest.mark.parametrize("count", [1, 5000])
def test_an_essay_of_any_length_is_taken_whatever_length_is_hoped_for(content: Any, count: int) -> None:
    response = ESSAY.read(content, [], {"answer": ["so " * count]})
    assert ESSAY.explain(content, [], response).words == count


def test_a_student_reads_the_criteria_and_their_points_before_writing(content: Any) -> None:
    prompt = ESSAY.prompt(content, [])
    assert prompt.criteria == (Expectation("Names both goods", 4), Expectation("Says which\nwas never carried", 1))
    assert prompt.words == (40, 120)


@pytest.mark.parametrize(("points", "earned"), [((4, 1), 1.0), ((0, 0), 0.0), ((4, 0), 0.8), ((1, 1), 0.4)])
def test_points_earn_their_share_of_all_points(points: tuple[int, int], earned: float) -> None:
    assert fraction_of_points(points, RUBRIC) == pytest.approx(earned)


@pytest.mark.parametrize(
    ("points", "says"),
    [((4,), "2 criteria, and points were given for 1"), ((4, 1, 0), "given for 3"),
     ((5, 1), "“Both goods” takes 0 to 4 points, not 5"),
     ((4, -1), "“What was not carried” takes 0 to 1 points, not -1")],
)  # fmt: skip
def test_points_that_the_rubric_does_not_give_are_refused(points: tuple[int, ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        fraction_of_points(points, RUBRIC)


def test_the_criteria_stay_where_the_key_is_not_told_without_what_full_points_need(content: Any) -> None:
    explained = ESSAY.explain(content, [], ESSAY.read(content, [], {"answer": ["Wool."]}))
    told = explained.limited_to(frozenset(Aspect) - {Aspect.KEY})
    assert [(row.text, row.points, row.hint) for row in told.rubric] == [
        ("Names both goods", 4, ""), ("Says which\nwas never carried", 1, ""),
    ]  # fmt: skip
    assert (told.given, told.model_answer) == ("Wool.", "")
    assert explained.rubric == content.rubric


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"rubric": []}, "at least 1"),
        ({"rubric": [{"text": f"c {n}", "points": 1} for n in range(9)]}, "at most 8"),
        ({"rubric": [{"text": "a", "points": 0}]}, "greater than or equal to 1"),
        ({"rubric": [{"text": "a", "points": 21}]}, "less than or equal to 20"),
        ({"rubric": [{"text": "a", "points": 1.5}]}, "integer"),
        ({"rubric": [{"text": "a", "points": 1}, {"text": " A ", "points": 2}]}, "two criteria say the same"),
        ({"words_least": 0}, "greater than or equal to 1"),
        ({"words_most": 3001}, "less than or equal to 3000"),
        ({"words_least": 121}, "at least 121 and at most 120 words"),
    ],
    ids=["no criterion", "nine", "no point", "21 points", "half points", "twins", "no word", "a book", "no range"],
)
def test_a_task_that_cannot_be_marked_is_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        ESSAY.load_content({**CONTENTS["essay"], **changed})


def test_one_criterion_is_enough_and_the_rest_may_be_left_out() -> None:
    content = ESSAY.load_content({**COMMON, "rubric": [{"text": "a", "points": 1}]})
    assert ESSAY.prompt(content, []).words == (None, None)


def with_essay(words: str = "", instead: str = "") -> dict[str, str]:
    """The files of the small bank with an essay more, some words of it changed."""
    return {**FILES, "rise.yaml": FILES["rise.yaml"] + QUESTION.replace(words, instead, 1)}


def test_an_essay_is_read_from_a_bank_s_files_and_written_back() -> None:
    document = read_bank(with_essay())
    (essay,) = [question.content for _section, question in document.questions() if question.kind == "essay"]
    assert essay.model_answer == "They carried *two* things.\n\n- wool\n- tin"
    assert [criterion.points for criterion in essay.rubric] == [4, 1]
    assert read_bank(write_bank(document)) == document


@pytest.mark.parametrize(
    ("words", "instead", "says"),
    [("points: 4", "points: 40", "`rubric.1.points`"), ("hint:", "hints:", "`rubric.1.hints` is not a field"),
     ("words_most: 120", "words_most: many", "`words_most`"), ("model_answer", "model_anwser", "`model_answer`")],
)  # fmt: skip
def test_a_mistake_in_an_essay_is_named_with_its_line(words: str, instead: str, says: str) -> None:
    files = with_essay(words, instead)
    line = files["rise.yaml"][: files["rise.yaml"].index(instead)].count("\n") + 1
    (problem,) = [str(problem) for problem in examine(files).problems if says in str(problem)]
    assert problem.startswith(f"rise.yaml:{line}: question what-was-carried: ")
