"""Loading a bank into the database, and writing it back."""

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.settings import QuizSettings
from quizapp.formats.bank_yaml import read_bank, write_bank
from quizapp.formats.document import BankDocument, digest_of
from quizapp.models import Passage, Question, QuestionVersion, db
from quizapp.services import banks
from quizapp.services.banks import LoadReport
from quizapp.services.reading import reading
from tests.bank import BANK, FALL, FILES, RISE
from tests.conftest import NOW, question_named, quiz_named


def load(session: Session, **changed: str) -> LoadReport:
    """Load the small bank again, with some of its files changed."""
    files = {**FILES, **{f"{name}.yaml": text for name, text in changed.items()}}
    return banks.load_bank(session, read_bank(files), "digest", NOW)


def test_loading_the_same_files_again_changes_nothing(session: Session) -> None:
    versions = session.scalar(db.select(db.func.count(QuestionVersion.id)))
    report = load(session)
    assert (report.added, report.changed, report.kept) == ([], [], [])
    assert session.scalar(db.select(db.func.count(QuestionVersion.id))) == versions


def test_a_changed_question_gets_a_new_version_and_keeps_the_old_one(session: Session) -> None:
    report = load(session, rise=RISE.replace("who founded Saltmouth?", "who was it that founded Saltmouth?"))
    assert report.changed == ["founder"]
    versions = question_named(session, "founder").versions
    assert [version.number for version in versions] == [1, 2]
    assert "who founded Saltmouth?" in versions[0].content["stem"]


def test_a_question_edited_in_the_browser_is_kept_and_reported(session: Session) -> None:
    question_named(session, "founder").edited_here = True
    report = load(session, rise=RISE.replace("who founded Saltmouth?", "who was it?"))
    assert report.kept == ["founder"]
    assert question_named(session, "founder").current.number == 1


def test_a_question_missing_from_the_files_is_reported_and_left(session: Session) -> None:
    head = FALL.partition("  - id: first-year")[0]
    bank = FILES["bank.yaml"].replace("      - {question: first-year}\n", "")
    report = load(session, fall=head, bank=bank)
    assert report.gone == ["first-year"]
    assert question_named(session, "first-year").status == "published"


def test_a_changed_note_makes_a_new_version_of_its_passage(session: Session) -> None:
    load(session, rise=RISE.replace("charter is dated 1804", "charter is of 1804"))
    passage = session.scalars(db.select(Passage).where(Passage.slug == "beginnings")).one()
    assert passage.current.number == 2
    assert [note.record for note in passage.current.notes] == ["The town’s own charter is of 1804."]


def test_a_bank_comes_out_as_it_went_in(session: Session, document: BankDocument) -> None:
    assert banks.export_bank(session, "harbour") == document


def test_a_bank_that_is_not_there_is_not_exported(session: Session) -> None:
    assert banks.export_bank(session, "nowhere") is None


@pytest.mark.parametrize("digest", ["digest", "other"])
def test_only_the_files_last_loaded_count_as_loaded(session: Session, digest: str) -> None:
    assert banks.is_loaded(session, digest) is (digest == "digest")


def test_every_question_of_the_small_bank_is_in(session: Session) -> None:
    assert session.scalar(db.select(db.func.count(Question.id))) == 8


def rename_the_first_section(session: Session) -> None:
    """Load the small bank with its section rise called dawn."""
    head = FILES["bank.yaml"].replace("[rise, fall]", "[dawn, fall]").replace("section: rise", "section: dawn")
    files = {"bank.yaml": head.replace("rise: {recall", "dawn: {recall"), "fall.yaml": FALL}
    files["dawn.yaml"] = RISE.replace("section: rise", "section: dawn")
    banks.load_bank(session, read_bank(files), "digest", NOW)


def test_a_section_that_got_another_name_takes_its_claims_along(session: Session) -> None:
    rename_the_first_section(session)
    exported = banks.export_bank(session, "harbour")
    assert exported is not None
    assert [claim.id for claim in exported.claims()] == ["P1.1"]
    assert [section.id for section in exported.sections] == ["dawn", "fall", "rise"]


def test_a_section_that_lost_its_passages_is_no_empty_chapter(session: Session) -> None:
    rename_the_first_section(session)
    shown = reading(session, "harbour")
    assert shown is not None
    assert [section.slug for section in shown.sections] == ["dawn", "fall"]


SETTINGS = """    mode: test
    settings:
      minutes: 30
      open_book: true
      closes: 2026-06-01T12:00:00+02:00
      certainty: asked
      feedback: {correctness: after_submission, mark: after_submission, key: after_closing}
"""
WITH_SETTINGS = BANK.replace("    mode: test\n", SETTINGS)


def test_the_settings_of_a_quiz_are_loaded_and_come_out_as_they_went_in(session: Session) -> None:
    assert load(session, bank=WITH_SETTINGS).changed == ["quiz whole-test"]
    stored = quiz_named(session, "whole-test").settings
    assert (stored["minutes"], stored["certainty"], stored["feedback"]["key"]) == (30, "asked", "after_closing")
    document = read_bank({**FILES, "bank.yaml": WITH_SETTINGS})
    assert banks.export_bank(session, "harbour") == document
    assert read_bank(write_bank(document)) == document


def test_settings_taken_out_of_the_file_are_as_usual_again(session: Session) -> None:
    load(session, bank=WITH_SETTINGS)
    assert load(session, bank=BANK).changed == ["quiz whole-test"]
    assert quiz_named(session, "whole-test").settings == {}


def test_a_quiz_that_says_nothing_of_its_settings_keeps_the_fingerprint_it_had_before_there_were_any(
    document: BankDocument,
) -> None:
    quiz = document.quizzes[-1]
    before = digest_of(quiz.model_dump(mode="json", exclude={"settings"}))
    assert quiz.digest() == before
    assert quiz.model_copy(update={"settings": QuizSettings(minutes=30)}).digest() != before
