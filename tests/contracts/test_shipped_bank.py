"""The bank that comes with the product: whole, in order, and fair in what a program can see."""

import re
from collections import Counter
from pathlib import Path

import pytest

from quizapp.domain.text import find_quote, fold_typography
from quizapp.formats.bank_yaml import read_bank
from quizapp.formats.document import BankDocument
from quizapp.kinds import KINDS
from quizapp.kinds.true_false.kind import TrueFalseContent
from quizapp.lint import Report, Severity, lint_bank

FOLDER = Path(__file__).parents[2] / "questions" / "us-pakistan"
PARAGRAPHS = {*(f"P{n}" for n in range(1, 10)), *(f"C{n}" for n in range(1, 7))}
MOST_WAIVERS = 5


@pytest.fixture(scope="module")
def bank() -> BankDocument:
    """The shipped bank; reading it checks every quote, every claim's id and every link."""
    return read_bank({file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.yaml")})


@pytest.fixture(scope="module")
def report(bank: BankDocument) -> Report:
    """What the linter says of it."""
    return lint_bank(bank)


def test_the_linter_finds_neither_error_nor_warning(report: Report) -> None:
    grave = [(found.question, found.rule.id) for found in report.findings if found.severity >= Severity.WARNING]
    assert grave == []


def test_hardly_anything_had_to_be_waived(report: Report) -> None:
    assert len(report.waived) <= MOST_WAIVERS


def test_no_trick_beats_guessing(report: Report) -> None:
    assert [tried.title for tried in report.strategies if tried.beats_chance] == []


def test_the_blueprint_of_120_is_met_cell_by_cell(report: Report) -> None:
    for cells in report.cells.values():
        assert [cell for cell in cells if cell.filled != cell.wanted] == []
        assert sum(cell.filled for cell in cells) == 120


def test_every_kind_is_there_and_as_many_statements_are_true_as_false(bank: BankDocument) -> None:
    marked_at_once = {name for name, kind in KINDS.items() if not kind.marked_by_teacher}
    assert {question.kind for _, question in bank.questions()} == marked_at_once
    verdicts = Counter(q.content.answer for _, q in bank.questions() if isinstance(q.content, TrueFalseContent))
    assert verdicts == {True: 7, False: 7}


def test_eight_sections_retell_every_paragraph_and_caption(bank: BankDocument) -> None:
    assert len(bank.sections) == 8
    retold = {name.strip() for passage in bank.passages() for name in passage.retells.split(",")}
    assert retold == PARAGRAPHS


def test_every_passage_is_a_paragraph_to_read_in_a_minute(bank: BankDocument) -> None:
    lengths = {passage.id: len(passage.text.split()) for passage in bank.passages()}
    assert {name: words for name, words in lengths.items() if not 80 <= words <= 160} == {}


def test_every_passage_bears_two_questions_or_more(report: Report) -> None:
    assert {passage for passage, count in report.passages.items() if count < 2} == set()


def test_every_claim_that_the_record_does_not_bear_out_has_its_note(bank: BankDocument) -> None:
    noted = {claim for passage in bank.passages() for note in passage.notes for claim in note.claims}
    open_claims = {claim.id for claim in bank.claims() if claim.standing in ("differs", "disputed", "unverified")}
    assert open_claims - noted == set()


def test_what_the_record_contradicts_is_asked_as_plain_record_nowhere(bank: BankDocument) -> None:
    agreed = {claim.id for claim in bank.claims() if claim.standing == "agrees"}
    assert [q.id for _, q in bank.questions() if q.frame == "record" and not set(q.claims) <= agreed] == []


@pytest.mark.parametrize("part", ["notes", "questions", "timeline"])
def test_every_reference_names_a_work_and_where_or_when(bank: BankDocument, part: str) -> None:
    """A reference is complete where it can be found: who wrote it, and a date, a title or a place in it."""
    references = {
        "notes": [reference for passage in bank.passages() for note in passage.notes for reference in note.references],
        "questions": [reference for _, question in bank.questions() for reference in question.content.references],
        "timeline": [reference for event in bank.timeline for reference in event.references],
    }[part]
    bare = [reference for reference in references if len(reference.split()) < 2 or not re.search(r"\d|“|,", reference)]
    assert references
    assert bare == []


def quotes(bank: BankDocument) -> list[tuple[str, str]]:
    """Every quote of the bank with the id of its passage: evidence, notes, mentions of events."""
    notes = [(passage.id, note.quote) for passage in bank.passages() for note in passage.notes]
    evidence = [(e.passage, e.quote) for _, question in bank.questions() for e in question.content.all_evidence()]
    return notes + evidence + [(e.passage, e.quote) for event in bank.timeline for e in event.mentions]


@pytest.mark.parametrize(
    "typed",
    [
        str.maketrans("“”‘’–—", "\"\"''--"),
        str.maketrans({" ": "\u00a0"}),
        str.maketrans({" ": "\u202f", "-": "\u2011"}),
        str.maketrans({" ": " \n  ", "–": "—"}),
    ],
    ids=["typewriter", "no-break spaces", "narrow spaces and no-break hyphens", "line breaks and long dashes"],
)
def test_every_quote_resolves_however_it_was_typed(bank: BankDocument, typed: dict[int, str]) -> None:
    texts = {passage.id: passage.text for passage in bank.passages()}
    assert len(quotes(bank)) > 400
    assert [
        quote for passage, quote in quotes(bank) if find_quote(texts[passage], quote.translate(typed)) is None
    ] == []


def test_the_timeline_rises_and_tells_essay_from_record(bank: BankDocument) -> None:
    assert len(bank.timeline) >= 25
    assert {event.basis for event in bank.timeline} == {"essay", "record", "both"}
    assert [event.date[:4] for event in bank.timeline] == sorted(event.date[:4] for event in bank.timeline)
    assert [event.id for event in bank.timeline if event.basis != "essay" and not event.references] == []


def test_everybody_in_the_list_is_named_in_a_passage(bank: BankDocument) -> None:
    texts = [passage.text for passage in bank.passages()]
    assert len(bank.people) >= 15
    unnamed = [p.id for p in bank.people if not any(find_quote(text, name) for text in texts for name in p.called)]
    assert unnamed == []


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
