"""Sections in the browser."""

import pytest
from sqlalchemy.orm import Session

from quizapp.models import Question, QuizSlot, db
from quizapp.services.authoring import ChangedMeanwhile, bank_named
from quizapp.services.texts import passages, sections
from quizapp.services.texts.sections import Holds, StillHolds
from tests.conftest import NOW
from tests.texts import arranged, own_bank, passage_named, section_named


def test_the_text_is_shown_with_the_sections_that_have_nothing_yet(session: Session) -> None:
    bank = own_bank(session)
    sections.add_section(session, bank, "Long after")
    assert [(chapter.section.title, len(chapter.passages)) for chapter in sections.chapters(session, bank)] == [
        ("Before", 2), ("After", 1), ("Long after", 0),
    ]  # fmt: skip


def test_a_section_is_renamed_unless_somebody_did_so_meanwhile(session: Session) -> None:
    own_bank(session)
    before = section_named(session, "before")
    sections.rename_section(before, "Earlier", "1850", ("Before", ""))
    assert (before.title, before.dated, before.slug) == ("Earlier", "1850", "before")
    with pytest.raises(ChangedMeanwhile):
        sections.rename_section(before, "Sooner", "", ("Before", ""))


def test_sections_change_places(session: Session) -> None:
    bank = own_bank(session)
    assert sections.step_section(session, bank, section_named(session, "after"), -1)
    assert list(arranged(session, bank)) == ["after", "before"]
    assert not sections.step_section(session, bank, section_named(session, "after"), -1)


def test_an_empty_section_is_removed_and_what_was_taken_out_of_it_is_kept(session: Session) -> None:
    bank = own_bank(session)
    passages.remove_passage(session, bank, passage_named(session, "the-flood"), NOW)
    sections.remove_section(session, bank, section_named(session, "after"))
    session.commit()
    assert arranged(session, bank) == {"before": ["the-wheel", "the-miller"]}
    assert passage_named(session, "the-flood").section.slug == "before"


@pytest.mark.parametrize("what", Holds)
def test_a_section_that_still_holds_something_is_not_removed(session: Session, what: Holds) -> None:
    bank = bank_named(session, "harbour")
    assert bank is not None
    held = section_named(session, "rise")
    if what is Holds.LAST:
        bank = own_bank(session)
        passages.move_to(session, passage_named(session, "the-flood"), section_named(session, "before"))
        sections.remove_section(session, bank, section_named(session, "after"))
        held = section_named(session, "before")
        for slug in ("the-wheel", "the-miller", "the-flood"):
            passages.remove_passage(session, bank, passage_named(session, slug), NOW)
    if what is not Holds.PASSAGES and what is not Holds.LAST:
        passages.move_to(session, passage_named(session, "beginnings"), section_named(session, "fall"))
    if what in (Holds.DRAWS, Holds.FILES):
        session.execute(db.update(Question).values(section_id=section_named(session, "fall").id))
    if what is Holds.FILES:
        session.execute(db.update(QuizSlot).values(section=None))
    with pytest.raises(StillHolds) as refused:
        sections.remove_section(session, bank, held)
    assert refused.value.what is what
