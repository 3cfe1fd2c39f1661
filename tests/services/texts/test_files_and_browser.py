"""A bank's files and what was changed of its text in the browser: neither takes the other's work away."""

import pytest
from sqlalchemy.orm import Session

from quizapp.formats.bank_yaml import read_bank
from quizapp.models import Bank
from quizapp.services import banks
from quizapp.services.authoring import bank_named
from quizapp.services.banks import LoadReport
from quizapp.services.texts import passages, sections
from quizapp.services.texts.passages import Words
from tests.bank import FALL, FILES
from tests.conftest import NOW, teacher_id
from tests.texts import arranged, changed, passage_named, section_named

SILT = "The river Ouzel filled the harbour with silt until, in 1851, no ship could enter."


@pytest.fixture
def bank(session: Session) -> Bank:
    """The small bank."""
    found = bank_named(session, "harbour")
    assert found is not None
    return found


def load(session: Session, fall: str = FALL) -> LoadReport:
    """Load the small bank's files again."""
    return banks.load_bank(session, read_bank({**FILES, "fall.yaml": fall}), "digest", NOW)


def test_a_passage_edited_in_the_browser_is_kept_and_reported(session: Session) -> None:
    changed(session, "silting", f"{SILT} Nobody came.")
    report = load(session, FALL.replace("no ship could enter.", "no ship could enter. Or so he says."))
    assert report.kept == ["passage silting"]
    assert passage_named(session, "silting").current.text == f"{SILT} Nobody came."


def test_a_removed_passage_does_not_come_back_with_the_files(session: Session, bank: Bank) -> None:
    passages.remove_passage(session, bank, passage_named(session, "silting"), NOW, orphans_accepted=True)
    assert load(session).kept == ["passage silting"]
    assert arranged(session, bank)["fall"] == ["leavings"]
    document = banks.export_bank(session, "harbour")
    assert document is not None
    assert "silting" not in {passage.id for passage in document.passages()}


def test_passages_of_both_stand_where_they_were_put(session: Session, bank: Bank) -> None:
    new = passages.create_passage(
        session, bank, section_named(session, "fall"), Words("Lamp oil", "Oil ran out."), teacher_id(session), NOW
    )
    passages.step(session, new, -1)
    load(session)
    assert arranged(session, bank)["fall"] == ["silting", "lamp-oil", "leavings"]


def test_a_passage_moved_to_another_section_stays_there(session: Session, bank: Bank) -> None:
    passages.move_to(session, passage_named(session, "leavings"), section_named(session, "rise"))
    load(session)
    assert arranged(session, bank) == {"rise": ["beginnings", "leavings"], "fall": ["silting"]}


def test_sections_made_and_renamed_in_the_browser_keep_name_and_place(session: Session, bank: Bank) -> None:
    made = sections.add_section(session, bank, "Between")
    sections.step_section(session, bank, made, -1)
    sections.rename_section(section_named(session, "fall"), "The end", "", ("The fall of the harbour", "1851–1900"))
    assert load(session).kept == ["section fall"]
    assert [(one.slug, one.title) for one in sections.sections_of(session, bank)] == [
        ("rise", "The rise of the harbour"), ("between", "Between"), ("fall", "The end"),
    ]  # fmt: skip
