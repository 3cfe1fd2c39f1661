"""Passages in the browser: versions, notes, places, and what a change does to questions."""

import pytest
from sqlalchemy.orm import Session

from quizapp.formats.document import NoteDocument
from quizapp.models import Bank
from quizapp.services.attempts.pinned import pinned_passages
from quizapp.services.authoring import ChangedMeanwhile, UnknownClaims, bank_named
from quizapp.services.texts import passages
from quizapp.services.texts.passages import LeavesOrphans, NotesLost, Words
from tests.conftest import NOW, teacher_id
from tests.texts import arranged, changed, own_bank, passage_named, section_named

SILT = "The river Ouzel filled the harbour with silt until, in 1851, no ship could enter."


def harbour(session: Session) -> Bank:
    """The small bank."""
    bank = bank_named(session, "harbour")
    assert bank is not None
    return bank


def test_a_change_makes_a_new_version_and_the_old_one_is_never_changed(session: Session) -> None:
    passage = passage_named(session, "silting")
    first = passage.current
    assert changed(session, "silting", SILT.replace("filled", "slowly filled"), orphans_accepted=True)
    assert (passage.current.number, passage.current.author_id, passage.edited_here) == (2, teacher_id(session), True)
    assert (first.number, first.text) == (1, SILT)
    assert pinned_passages(session, [first.id])[first.id].text == SILT


def test_the_same_words_again_make_no_version(session: Session) -> None:
    assert not changed(session, "silting", SILT)
    assert not passage_named(session, "silting").edited_here


def test_who_opened_an_older_version_is_told_and_nothing_is_overwritten(session: Session) -> None:
    passage = passage_named(session, "silting")
    changed(session, "silting", f"{SILT} Nobody came.")
    with pytest.raises(ChangedMeanwhile):
        passages.edit_passage(session, harbour(session), passage, Words("Silt", "Mine."), 1, teacher_id(session), NOW)
    assert passage.current.text.endswith("Nobody came.")


def test_a_change_that_takes_a_question_s_words_away_has_to_be_accepted(session: Session) -> None:
    with pytest.raises(LeavesOrphans) as refused:
        changed(session, "silting", "The river filled the harbour.")
    assert "The river Ouzel filled the harbour" in {orphan.quote for orphan in refused.value.orphans}
    assert passage_named(session, "silting").current.number == 1
    assert changed(session, "silting", "The river filled the harbour.", orphans_accepted=True)


def note(quote: str, claims: tuple[str, ...] = ()) -> NoteDocument:
    """A record note on these words."""
    return NoteDocument(quote=quote, verdict="differs", record="It was not so.", references=("A book",), claims=claims)


def with_notes(session: Session, *notes: NoteDocument) -> bool:
    """Give the passage on silt these notes."""
    passage = passage_named(session, "silting")
    words = Words("Silt", SILT, "P2", notes)
    number = passage.current.number
    return passages.edit_passage(session, harbour(session), passage, words, number, teacher_id(session), NOW)


def test_notes_are_part_of_a_version(session: Session) -> None:
    assert with_notes(session, note("the river Ouzel".replace("the", "The")))
    assert [found.quote for found in passage_named(session, "silting").current.notes] == ["The river Ouzel"]


def test_a_note_on_words_that_are_not_there_is_named(session: Session) -> None:
    with pytest.raises(NotesLost) as refused:
        with_notes(session, note("The river Ouzel"), note("The river Ouse"))
    assert refused.value.places == (1,)


def test_a_note_names_claims_that_the_bank_registers(session: Session) -> None:
    with pytest.raises(UnknownClaims):
        with_notes(session, note("The river Ouzel", claims=("P9.9",)))


def test_a_new_passage_stands_at_the_end_of_its_section(session: Session) -> None:
    bank = own_bank(session)
    before = section_named(session, "before")
    passages.create_passage(session, bank, before, Words("The wheel", "Again."), teacher_id(session), NOW)
    assert arranged(session, bank)["before"] == ["the-wheel", "the-miller", "the-wheel-2"]


def test_a_passage_moves_by_steps_and_over_the_edge_of_its_section(session: Session) -> None:
    bank = own_bank(session)
    miller = passage_named(session, "the-miller")
    assert passages.step(session, miller, -1)
    assert arranged(session, bank) == {"before": ["the-miller", "the-wheel"], "after": ["the-flood"]}
    assert not passages.step(session, miller, -1)
    assert passages.step(session, miller, 1)
    assert passages.step(session, miller, 1)
    assert arranged(session, bank) == {"before": ["the-wheel"], "after": ["the-miller", "the-flood"]}


def test_a_passage_moves_to_the_end_of_another_section(session: Session) -> None:
    bank = own_bank(session)
    passages.move_to(session, passage_named(session, "the-wheel"), section_named(session, "after"))
    assert arranged(session, bank) == {"before": ["the-miller"], "after": ["the-flood", "the-wheel"]}


def test_a_removed_passage_leaves_the_text_and_can_be_put_back(session: Session) -> None:
    bank = own_bank(session)
    wheel = passage_named(session, "the-wheel")
    passages.remove_passage(session, bank, wheel, NOW)
    assert arranged(session, bank)["before"] == ["the-miller"]
    assert [passage.slug for passage in passages.removed_passages(session, bank)] == ["the-wheel"]
    assert passage_named(session, "the-miller").position == 0
    passages.put_back(session, wheel)
    assert arranged(session, bank)["before"] == ["the-miller", "the-wheel"]


def test_removing_words_that_questions_rest_on_has_to_be_accepted(session: Session) -> None:
    silting = passage_named(session, "silting")
    with pytest.raises(LeavesOrphans):
        passages.remove_passage(session, harbour(session), silting, NOW)
    passages.remove_passage(session, harbour(session), silting, NOW, orphans_accepted=True)
    assert silting.removed == NOW
