"""Bank files: what is wrong with them, line by line, and that they come back as they went out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.formats.bank_yaml import read_bank, write_bank
from quizapp.formats.document import BankDocument, QuestionDocument
from quizapp.formats.problems import MalformedBank
from tests.bank import BANK, FALL, FILES, RISE
from tests.conftest import examples
from tests.kinds.contents import CONTENTS


def problems(**changed: str) -> list[str]:
    """What is wrong with the small bank once some of its files are changed."""
    with pytest.raises(MalformedBank) as refused:
        read_bank({**FILES, **{f"{name}.yaml": text for name, text in changed.items()}})
    return [str(problem) for problem in refused.value.problems]


def line_of(text: str, words: str) -> int:
    """The line, from 1, on which the words stand."""
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("words", "instead", "says"),
    [
        ("level: recall", "level: recal", "question founder: `level`:"),
        ("kind: single_choice", "kind: riddle", "question founder: unknown kind 'riddle'; the kinds are single_choice"),
        ("explanation: The passage opens", "explanaton: The passage opens", "did you mean `explanation`?"),
        ("quote: founded by Ada", "quote: founded by Eve", "question founder: the quote “founded by Eve Marsh”"),
        ("objective: 1", "objective: 9", "question founder: the bank has no objective 9"),
        ("id: goods", "id: founder", "question founder: the id founder is already used in rise.yaml"),
        ("verdict: differs", "verdict: wrong", "`notes.1.verdict`:"),
        ("retells: P1", "retell: P1", "did you mean `retells`?"),
        ("answer: false", "answer: maybe", "question walls: `answer`:"),
    ],
    ids=lambda value: value[:24],
)  # fmt: skip
def test_a_mistake_is_named_with_its_file_and_line(words: str, instead: str, says: str) -> None:
    bad = RISE.replace(words, instead, 1)
    found = [problem for problem in problems(rise=bad) if says in problem]
    assert found, problems(rise=bad)
    assert found[0].startswith(f"rise.yaml:{line_of(RISE, words)}:")


def test_all_mistakes_are_listed_at_once() -> None:
    bad = (
        RISE.replace("level: recall", "level: x", 1)
        .replace("    answer: false\n", "")
        .replace("verdict: differs", "verdict: x")
    )
    assert len(problems(rise=bad, fall=FALL.replace("answer: 1851", "answer: soon"))) == 4


def test_one_mistake_does_not_make_others_out_of_what_leads_to_it() -> None:
    assert len(problems(rise=RISE.replace("objective: 1", "objektive: 1", 1))) == 2


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"rise": "a: [1"}, "rise.yaml:1: not valid YAML"),
        ({"rise": "- a\n- b"}, "rise.yaml:1: the file should be a mapping"),
        ({"rise": RISE + "\ntitle: Twice\n"}, "found duplicate key"),
        ({"bank": BANK.replace("[rise, fall]", "[rise, fall, void]")}, "there is no file void.yaml for section void"),
        ({"bank": BANK.replace("[rise, fall]", "[fall]")}, "rise.yaml: the file is not listed under `sections`"),
        ({"bank": BANK.replace("question: goods", "question: gods")}, "quiz whole-test: there is no question gods"),
        ({"bank": BANK.replace("count: 3", "count: 30")}, "the draw asks for 30, the bank has 3"),
        ({"bank": BANK.replace("{question: goods}", "{question: goods, level: cause}")}, "not both"),
        ({"rise": RISE.replace("section: rise", "section: raise", 1)}, "should stand in a file raise.yaml"),
        ({"fall": FALL.replace("frame: both", "frame: record").replace("references: [Harbour Book of Saltmouth]", "")},
         "question first-year: a question in the frame `record` needs"),
        ({"fall": FALL.replace("passage: silting", "passage: silk")}, "there is no passage silk"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_wrong_between_files_is_said(files: dict[str, str], says: str) -> None:
    assert any(says in problem for problem in problems(**files)), problems(**files)


def test_a_bank_without_its_head_says_what_is_missing() -> None:
    with pytest.raises(MalformedBank, match=r"bank.yaml: the file is missing"):
        read_bank({"rise.yaml": RISE})


def test_the_status_is_no_part_of_a_version(document: BankDocument) -> None:
    _, question = next(document.questions())
    assert question.digest() == question.model_copy(update={"status": "draft"}).digest()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("minute: 30", "`quizzes.3.settings.minute` is not a field of this; did you mean `minutes`?"),
        ("minutes: soon", "`quizzes.3.settings.minutes`: this should be a whole number, in digits"),
        ("minutes: 0", "`quizzes.3.settings.minutes`: Input should be greater than or equal to 1"),
        ("closes: 2026-06-01", "this should be a date, a time and its zone, such as 2026-06-01T12:00Z"),
        ("closes: soon", "this should be a date, a time and its zone, such as 2026-06-01T12:00Z"),
        ("closes: 9999-12-31T23:59Z", "leave it out for a quiz that does not close"),
        ("grading: highest", "`quizzes.3.settings.grading`: Input should be 'first', 'best', 'latest' or 'average'"),
        ("feedback: {marks: at_once}", "there is no 'marks' here; the words are response, correctness, mark, key"),
        ("feedback: {mark: soon}", "there is no 'soon' here; the words are at_once, after_submission"),
        ("feedback: {mark: at_once}", "mark tells correctness, so it cannot be shown before it"),
        ("feedback: {correctness: after_closing}", "would never be: say when the quiz `closes`"),
        ("feedback: all", "this should be a table of what is shown and when"),
    ],
)
def test_a_mistake_in_settings_is_named_with_line_and_quiz(settings: str, says: str) -> None:
    bad = BANK.replace("    mode: test\n", f"    mode: test\n    settings: {{{settings}}}\n")
    (found,) = problems(bank=bad)
    assert found.startswith(f"bank.yaml:{line_of(bad, 'settings:')}: quiz whole-test: ")
    assert says in found


WORDS = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=120).filter(
    lambda text: text.strip() == text and text != ""
)


@st.composite
def questions(draw: st.DrawFn) -> QuestionDocument:
    """A question of any kind, its words anything."""
    kind = draw(st.sampled_from(sorted(CONTENTS)))
    content = {
        **CONTENTS[kind],
        "stem": draw(WORDS),
        "explanation": draw(WORDS),
        "references": draw(st.lists(WORDS, max_size=2)),
    }
    content["evidence"] = [{"passage": "beginnings", "quote": "wool and tin"}]
    number = draw(st.integers(0, 10**6))
    return QuestionDocument.model_validate(
        {"id": f"q-{number}", "kind": kind, "frame": "essay", "level": "recall", "objective": 1, "content": content}
    )


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(questions(), max_size=4, unique_by=lambda question: question.id))
def test_any_bank_comes_back_from_its_files(document: BankDocument, made: list[QuestionDocument]) -> None:
    section = document.sections[0]
    bank = document.model_copy(
        update={
            "sections": (
                section.model_copy(update={"questions": (*section.questions, *made)}),
                *document.sections[1:],
            )
        }
    )
    assert read_bank(write_bank(bank)) == bank
