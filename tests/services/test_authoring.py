"""Writing questions."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.models import Bank, db
from quizapp.services import authoring
from tests.conftest import NOW, person, question_named

TRUE_FALSE = {
    "stem": "According to the writer, tin was shipped.",
    "answer": True,
    "if_true": "It is named second.",
    "if_false": "Read the second sentence.",
    "explanation": "Tin is named beside wool.",
    "evidence": [{"passage": "beginnings", "quote": "wool and tin"}],
}


def draft(**changed: object) -> authoring.Draft:
    """A true-or-false question on the small bank."""
    content = authoring.content_from("true_false", {**TRUE_FALSE, **changed})
    return authoring.Draft("rise", "true_false", Status.PUBLISHED, "essay", "recall", 2, content)


@pytest.fixture
def bank(session: Session) -> Bank:
    """The small bank."""
    return session.scalars(db.select(Bank)).one()


def test_a_new_question_has_a_version_and_an_author(session: Session, bank: Bank) -> None:
    tahir = person(session, "tahir")
    question = authoring.create_question(session, bank, draft(), tahir.id, NOW)
    assert question.slug == "according-to-the-writer-tin-was-shipped"
    assert (question.current.number, question.current.author_id) == (1, tahir.id)


def test_two_questions_with_one_stem_get_two_ids(session: Session, bank: Bank) -> None:
    slugs = [authoring.create_question(session, bank, draft(), 1, NOW).slug for _ in range(3)]
    assert slugs[1:] == [f"{slugs[0]}-2", f"{slugs[0]}-3"]


def test_a_quote_that_is_not_in_its_passage_is_refused(session: Session, bank: Bank) -> None:
    wrong = [{"passage": "beginnings", "quote": "wool and lead"}]
    with pytest.raises(authoring.EvidenceNotFound) as refused:
        authoring.create_question(session, bank, draft(evidence=wrong), 1, NOW)
    assert (refused.value.quote, refused.value.index) == ("wool and lead", 0)


def test_an_edit_makes_a_version_and_the_same_words_make_none(session: Session, bank: Bank) -> None:
    question = authoring.create_question(session, bank, draft(), 1, NOW)
    assert authoring.edit_question(session, question, draft(explanation="Both are named."), 1, 1, NOW)
    assert not authoring.edit_question(session, question, draft(explanation="Both are named."), 2, 1, NOW)
    assert [version.number for version in question.versions] == [1, 2]


def test_of_two_teachers_editing_the_second_is_told(session: Session, bank: Bank) -> None:
    question = authoring.create_question(session, bank, draft(), 1, NOW)
    authoring.edit_question(session, question, draft(explanation="Both are named."), 1, 1, NOW)
    with pytest.raises(authoring.ChangedMeanwhile):
        authoring.edit_question(session, question, draft(explanation="Tin is there."), 1, 1, NOW)


def test_a_question_from_a_file_once_edited_counts_as_edited_here(session: Session) -> None:
    question = question_named(session, "walls")
    authoring.edit_question(session, question, draft(), 1, 1, NOW)
    assert question.edited_here


@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        (
            authoring.QuestionFilter(),
            ["founder", "goods", "walls", "keepers", "losses", "last-bell", "river", "first-year"],
        ),
        (authoring.QuestionFilter(section="fall"), ["keepers", "losses", "last-bell", "river", "first-year"]),
        (authoring.QuestionFilter(kind="numeric"), ["first-year"]),
        (authoring.QuestionFilter(level="understanding"), ["goods", "walls", "last-bell"]),
        (authoring.QuestionFilter(status="draft"), []),
        (authoring.QuestionFilter(words="WRITER river"), ["river"]),
    ],
    ids=["everything", "section", "kind", "level", "status", "words"],
)
def test_the_list_of_questions_is_narrowed(
    session: Session, bank: Bank, wanted: authoring.QuestionFilter, slugs: list[str]
) -> None:
    assert [question.slug for question in authoring.list_questions(session, bank, wanted)] == slugs


def test_a_status_set_meanwhile_by_another_is_not_undone_unasked(session: Session, bank: Bank) -> None:
    question = authoring.create_question(session, bank, draft(), 1, NOW)
    seen = authoring.Beside(section="rise", status=Status.PUBLISHED, tags=())
    question.status = Status.RETIRED
    with pytest.raises(authoring.ChangedMeanwhile):
        authoring.edit_question(session, question, draft(), 1, 1, NOW, seen)
    assert question.status == Status.RETIRED
    question.status = Status.PUBLISHED
    assert not authoring.edit_question(session, question, draft(), 1, 1, NOW, seen)


def test_tags_are_no_part_of_a_version(session: Session, bank: Bank) -> None:
    question = authoring.create_question(session, bank, draft(), 1, NOW)
    tagged = replace(draft(), tags=("exam",))
    assert not authoring.edit_question(session, question, tagged, 1, 1, NOW)
    assert (question.tags, question.current.number) == (["exam"], 1)
