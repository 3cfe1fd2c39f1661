"""Questions that have lost their words."""

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.models import Bank
from quizapp.services.authoring import bank_named
from quizapp.services.orphans import Orphan, orphans, orphans_after
from quizapp.services.texts import passages
from tests.conftest import NOW, question_named
from tests.texts import changed, passage_named


@pytest.fixture
def bank(session: Session) -> Bank:
    """The small bank."""
    found = bank_named(session, "harbour")
    assert found is not None
    return found


def lost(found: list[Orphan]) -> set[tuple[str, bool]]:
    """The quotes, and whether they decide."""
    return {(orphan.quote, orphan.decides) for orphan in found}


def test_a_bank_whose_quotes_all_stand_has_none(session: Session, bank: Bank) -> None:
    assert orphans(session, bank) == []


def test_deciding_words_and_those_of_options_are_both_missed(session: Session, bank: Bank) -> None:
    changed(
        session, "beginnings", "Saltmouth was founded. Its walls were not. Wool and tin from it.", orphans_accepted=True
    )
    assert {("founded by Ada Marsh", True), ("Saltmouth was founded by Ada Marsh", False)} <= lost(
        orphans(session, bank)
    )


def test_an_orphan_says_which_question_and_where(session: Session, bank: Bank) -> None:
    changed(session, "silting", "Silt filled it until, in 1851, no ship could enter.", orphans_accepted=True)
    river = question_named(session, "river")
    stem = "According to the writer, which river filled the harbour?"
    assert Orphan(river.id, stem, Status.PUBLISHED, "silting", "The river Ouzel filled the harbour") in orphans(
        session, bank
    )


def test_before_a_change_only_what_it_would_take_is_told(session: Session, bank: Bank) -> None:
    changed(session, "silting", "Silt filled it until, in 1851, no ship could enter.", orphans_accepted=True)
    assert orphans_after(session, bank, "silting", "Still nothing, in 1851, no ship could enter.") == []
    assert ("in 1851, no ship could enter", True) in lost(orphans_after(session, bank, "silting", "Nothing."))


def test_all_quotes_of_a_removed_passage_are_missed(session: Session, bank: Bank) -> None:
    passages.remove_passage(session, bank, passage_named(session, "leavings"), NOW, orphans_accepted=True)
    assert {"Dora Finch lit the lamp", "for a copper penny"} <= {quote for quote, _ in lost(orphans(session, bank))}
