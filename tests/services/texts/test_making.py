"""A new bank from a teacher's own text."""

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.domain.splitting import Part, Piece
from quizapp.formats.bank_yaml import read_bank, write_bank
from quizapp.services import banks, sharing
from quizapp.services.texts import making
from tests.classes import joins_cast
from tests.conftest import NOW, teacher_id
from tests.texts import ABOUT, arranged, own_bank, passage_named


def test_a_bank_is_its_maker_s_and_nobody_else_s(session: Session) -> None:
    bank = own_bank(session)
    assert sharing.right_on(session, teacher_id(session), bank) is Right.OWN
    assert sharing.right_on(session, joins_cast(session, "tamar").id, bank) is None
    assert not bank.listed


def test_its_text_stands_in_sections_and_first_versions(session: Session) -> None:
    bank = own_bank(session)
    assert arranged(session, bank) == {"before": ["the-wheel", "the-miller"], "after": ["the-flood"]}
    version = passage_named(session, "the-flood").current
    assert (version.number, version.author_id) == (1, teacher_id(session))
    assert [(objective.number, objective.text) for objective in bank.objectives] == [(1, "Say what happened")]


def test_ids_are_names_that_nothing_else_has(session: Session) -> None:
    other = own_bank(session, joins_cast(session, "tamar").id)
    assert [own_bank(session).slug, other.slug] == ["the-lost-mill-2", "the-lost-mill"]
    strange = making.About("نیا", "ا", "", "ur", {1: "x"})
    parts = (Part("main", (Piece("main", "a"), Piece("پہلا", "b"), Piece("دوسرا", "c"))),)
    bank = making.make_bank(session, strange, parts, teacher_id(session), NOW)
    assert bank.slug == "text"
    assert arranged(session, bank) == {"main-2": ["main-3", "passage-1", "passage-1-2"]}


def test_a_text_of_which_nothing_is_left_is_not_saved(session: Session) -> None:
    with pytest.raises(making.NothingToSave):
        making.make_bank(session, ABOUT, (), teacher_id(session), NOW)


def test_what_is_said_of_it_can_be_changed_and_no_objective_goes(session: Session) -> None:
    bank = own_bank(session)
    making.describe(session, bank, making.About("The mill", "M. Body", "", "en-GB", {1: "Tell", 3: "Judge"}))
    making.describe(session, bank, making.About("The mill", "M. Body", "", "en-GB", {3: "Weigh"}))
    assert (bank.title, bank.source.title, bank.source.language) == ("The mill", "The mill", "en-GB")
    assert {objective.number: objective.text for objective in bank.objectives} == {1: "Tell", 3: "Weigh"}


def test_it_is_exported_as_files_that_can_be_read(session: Session) -> None:
    bank = own_bank(session)
    document = banks.export_bank(session, bank.slug)
    assert document is not None
    assert read_bank(write_bank(document)) == document


def test_files_of_the_same_id_do_not_take_it_over(session: Session) -> None:
    bank = own_bank(session)
    document = banks.export_bank(session, bank.slug)
    assert document is not None
    stranger = document.model_copy(update={"title": "Another", "objectives": {9: "Other"}})
    report = banks.load_bank(session, stranger, "digest", NOW)
    assert (bank.title, bank.everyone, bank.files_digest) == ("The lost mill", None, "")
    assert [objective.number for objective in bank.objectives] == [1]
    assert "bank the-lost-mill" in report.kept
