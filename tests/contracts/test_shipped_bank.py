"""The bank that comes with the product: whole, in order, and fair in what a program can see."""

import re
from collections import Counter
from pathlib import Path

import pytest

from quizapp.domain.text import fold_typography
from quizapp.formats.bank_yaml import read_bank
from quizapp.formats.document import BankDocument
from quizapp.kinds import KINDS

FOLDER = Path(__file__).parents[2] / "questions" / "us-pakistan"
PARAGRAPHS = {*(f"P{n}" for n in range(1, 10)), *(f"C{n}" for n in range(1, 7))}
ATTRIBUTION = re.compile(r"\b(essay|author|Ghani)", re.IGNORECASE)


@pytest.fixture(scope="module")
def bank() -> BankDocument:
    """The shipped bank."""
    return read_bank({file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.yaml")})


def test_eight_sections_retell_every_paragraph_and_caption(bank: BankDocument) -> None:
    assert len(bank.sections) == 8
    retold = {name.strip() for passage in bank.passages() for name in passage.retells.split(",")}
    assert retold == PARAGRAPHS


def test_every_passage_is_a_paragraph_to_read_in_a_minute(bank: BankDocument) -> None:
    lengths = {passage.id: len(passage.text.split()) for passage in bank.passages()}
    assert {name: words for name, words in lengths.items() if not 80 <= words <= 160} == {}


def test_every_section_asks_six_questions_or_more(bank: BankDocument) -> None:
    assert {section.id for section in bank.sections if len(section.questions) < 6} == set()


def test_every_kind_and_every_level_is_there(bank: BankDocument) -> None:
    assert {question.kind for _, question in bank.questions()} == set(KINDS)
    levels = {question.level for _, question in bank.questions()}
    assert levels == {"recall", "understanding", "cause", "chronology", "source"}


def test_every_objective_has_three_questions(bank: BankDocument) -> None:
    counts = Counter(question.objective for _, question in bank.questions())
    assert {number for number in bank.objectives if counts[number] < 3} == set()


def test_every_option_has_its_reason_and_every_question_an_explanation_worth_reading(bank: BankDocument) -> None:
    short = [question.id for _, question in bank.questions() if len(question.content.explanation.split()) < 8]
    assert short == []


def test_a_question_on_the_essay_names_the_essay(bank: BankDocument) -> None:
    unattributed = [
        question.id
        for _, question in bank.questions()
        if question.frame == "essay" and not ATTRIBUTION.search(question.content.stem)
    ]
    assert unattributed == []


def test_a_question_on_the_record_gives_a_reference(bank: BankDocument) -> None:
    bare = [
        question.id for _, question in bank.questions() if question.frame != "essay" and not question.content.references
    ]
    assert bare == []


def test_what_a_question_says_of_a_noted_claim_is_not_said_as_plain_record(bank: BankDocument) -> None:
    noted = {claim for passage in bank.passages() for note in passage.notes for claim in note.claims}
    plain = [q.id for _, q in bank.questions() if q.frame == "record" and noted & set(q.claims)]
    assert plain == []


def test_no_choice_is_all_or_none_of_the_above(bank: BankDocument) -> None:
    texts = [choice.text for _, q in bank.questions() for choice in getattr(q.content, "choices", ())]
    assert [text for text in texts if re.search(r"of the above|both a and b", text, re.IGNORECASE)] == []


def test_the_key_is_not_told_by_its_place_or_length(bank: BankDocument) -> None:
    single = [q.content.choices for _, q in bank.questions() if q.kind == "single_choice"]  # type: ignore[attr-defined]
    places = Counter(next(n for n, choice in enumerate(choices) if choice.correct) for choices in single)
    longest = sum(max(choices, key=lambda choice: len(choice.text)).correct for choices in single)
    assert max(places.values()) <= len(single) * 0.45
    assert longest <= len(single) * 0.4


def test_retellings_are_told_in_words_of_their_own(bank: BankDocument) -> None:
    """The essay is not kept here; what can be seen is that no passage repeats another's sentences."""
    sentences = Counter(
        fold_typography(sentence).casefold()
        for passage in bank.passages()
        for sentence in re.split(r"(?<=[.?!])\s", passage.text)
        if len(sentence.split()) > 6
    )
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_the_mixed_test_draws_twenty_and_every_section_has_its_practice(bank: BankDocument) -> None:
    sizes = {quiz.id: sum(slot.count for slot in quiz.slots) for quiz in bank.quizzes}
    assert sizes["mixed-test"] == 20
    assert sizes["essay-against-the-record"] == 10
    assert [f"{section.id}-practice" for section in bank.sections if f"{section.id}-practice" not in sizes] == []
