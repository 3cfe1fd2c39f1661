"""Tags in a bank's files."""

import pytest
from sqlalchemy.orm import Session

from quizapp.formats.bank_yaml import read_bank, write_bank
from quizapp.formats.document import BankDocument
from quizapp.services import banks
from quizapp.services.banks import export_bank
from tests.bank import FILES
from tests.conftest import NOW, question_named


@pytest.fixture
def tagged() -> BankDocument:
    """The small bank, one question of it tagged."""
    rise = FILES["rise.yaml"].replace("  - id: walls\n", "  - id: walls\n    tags: [exam, week 3]\n")
    return read_bank({**FILES, "rise.yaml": rise})


def test_tags_are_read_and_written_and_are_no_part_of_the_fingerprint(tagged: BankDocument) -> None:
    assert read_bank(write_bank(tagged)) == tagged
    before = {question.id: question.digest() for _, question in read_bank(FILES).questions()}
    assert {question.id: question.digest() for _, question in tagged.questions()} == before


def test_tags_of_a_file_are_added_and_those_of_teachers_stay(session: Session, tagged: BankDocument) -> None:
    question_named(session, "walls").tags = ["mine", "Exam"]
    report = banks.load_bank(session, tagged, "other", NOW)
    assert question_named(session, "walls").tags == ["mine", "Exam", "week 3"]
    assert "walls" in report.unchanged
    exported = export_bank(session, "harbour")
    assert exported is not None
    assert {question.id: question.tags for _, question in exported.questions()}["walls"] == ("mine", "Exam", "week 3")
