"""One's own data as tables: all of it, and nothing before its time."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.formats.csv_text import Cell
from quizapp.kinds.cloze.kind import Cloze
from quizapp.models import Attempt, Base, Deed
from quizapp.models.base import table_of
from quizapp.services import problem_reports
from quizapp.services.accommodations import Accommodations, set_accommodation
from quizapp.services.attempts import marking, showing, submitting
from quizapp.services.classes.roster import remove
from quizapp.services.own_data import TOLD_IN, Table, everything_of, in_words, table_of_history
from quizapp.services.reports import own_history
from tests.bank import QUESTIONS
from tests.classes import classroom_of
from tests.conftest import NOW, person, question_named, quiz_named
from tests.corrections import LATER, correct, submitted
from tests.essays import essay_of, with_essay
from tests.services.attempts.steps import began, place_of, reviewed_slots, run_so, save
from tests.spaced import answered
from tests.whole_person import ESSAY, SUBJECT, USERNAME, WORDS, fill, keys_to_people

NEXT_WEEK = NOW + timedelta(days=7)
Row = dict[str, Cell]


def rows_of(table: Table) -> list[Row]:
    """The rows by column."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def data(session: Session, username: str = "ayesha", now: object = NOW) -> dict[str, list[Row]]:
    """All that is kept of one of the cast, by table."""
    return {table.name: rows_of(table) for table in everything_of(session, person(session, username), now)}


TAUGHT = ("share earned", "marks", "teacher’s comment", "points")
"""What tells how an answer was."""


def taught(answers: list[Row]) -> list[Cell]:
    """All that these answers tell of how they were."""
    return [answer[name] for answer in answers for name in TAUGHT if answer[name] not in (None, "")]


def test_the_account_stands_there_with_what_was_arranged(session: Session) -> None:
    set_accommodation(session, person(session, "ayesha").id, Accommodations(1.5, 2, 3))
    assert data(session)["account"] == [
        {
            "username": "ayesha", "name": "Ayesha (test)", "role": "student", "created": NOW,
            "time factor": 1.5, "extra attempts": 2, "extra days": 3, "administers": False, "last sign-in": None,
            "language": None,
        }
    ]  # fmt: skip
    assert (data(session, "ben")["account"][0]["time factor"], data(session, "ben")["reports"]) == (1.0, [])


def test_a_finished_test_is_told_whole(session: Session) -> None:
    attempt = began(session)
    save(session, attempt, 2, place_of(session, attempt, 2, 0))
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    told = data(session)
    assert (told["attempts"][0]["quiz"], told["attempts"][0]["score"]) == ("The whole harbour", 0.5)
    goods = told["answers"][1]
    assert [goods[name] for name in ("attempt", "question", "name of the question", "version", "kind")] == [
        attempt.id, 2, "goods", 1, "multiple_response",
    ]  # fmt: skip
    assert (goods["my answer"], goods["share earned"], goods["marks"], goods["possible"]) == ("Wool", 0.5, 0.5, 1.0)
    assert [answer["name of the question"] for answer in told["answers"]] == list(QUESTIONS)


def test_an_open_test_tells_what_was_answered_and_nothing_of_how_it_was(session: Session) -> None:
    attempt = began(session)
    save(session, attempt, 4, "Ouse")
    told = data(session)
    assert told["attempts"][0]["score"] is None
    assert told["answers"][3]["my answer"] == "Ouse"
    assert taught(told["answers"]) == []


@pytest.mark.parametrize("feedback", [{}, {"mark": "after_closing", "correctness": "after_submission"}])
def test_what_the_quiz_holds_back_is_empty(session: Session, feedback: dict[str, str]) -> None:
    with_essay(session)
    attempt = essay_of(session, "ayesha")
    marking.mark(session, attempt.id, 1, [2, 4], "Well told.", person(session, "tahir").id, NOW)
    run_so(session, "essay-test", feedback=feedback, closes=NEXT_WEEK)
    told = data(session)
    assert told["attempts"][0]["score"] is None
    assert taught(told["answers"]) == []


def test_a_teacher_s_mark_comes_with_points_and_comment(session: Session) -> None:
    with_essay(session)
    attempt = essay_of(session, "ayesha", "The Ouzel.\n\nIt silted up.")
    assert (data(session)["answers"][0]["share earned"], data(session)["attempts"][0]["waiting for marks"]) == (None, 1)
    marking.mark(session, attempt.id, 1, [2, 1], "Well told.", person(session, "tahir").id, NOW)
    essay = data(session)["answers"][0]
    assert [essay[name] for name in ("my answer", *TAUGHT)] == [
        "The Ouzel.\n\nIt silted up.", 0.5, 0.5, "Well told.", "2; 1",
    ]  # fmt: skip


def test_certainty_that_was_misplaced_earns_less_than_nothing(session: Session) -> None:
    run_so(session, "whole-test", certainty="scored")
    attempt = began(session)
    save(session, attempt, 4, "Ouse")
    attempt.slots[3].certainty = 3
    session.commit()
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    river = data(session)["answers"][3]
    assert (river["certainty"], river["marks"], river["possible"]) == (3, -6.0, 3.0)


def test_second_tries_are_there_and_belong_to_no_quiz(session: Session) -> None:
    attempt = answered(session, "river", NOW, blank=True)
    (row,) = data(session)["attempts"]
    assert (row["attempt"], row["quiz"], row["purpose"]) == (attempt.id, None, "redo")


def test_what_one_reported_is_there_and_what_others_did_is_not(session: Session) -> None:
    attempt = began(session)
    problem_reports.report(session, attempt.user_id, attempt.id, 4, "unclear", "Which river?", NOW)
    (report,) = data(session)["reports"]
    assert [report[name] for name in ("name of the question", "reason", "my words", "dealt with")] == [
        "river", "unclear", "Which river?", None,
    ]  # fmt: skip
    assert not [row for name, rows in data(session, "ben").items() if name != "account" for row in rows]


def test_the_table_of_the_history_is_what_its_page_shows(session: Session) -> None:
    attempt = began(session)
    submitting.submit(session, attempt.id, attempt.user_id, NOW + timedelta(minutes=3))
    run_so(session, "whole-test", feedback={})
    began(session, "rise-practice")
    rows = rows_of(table_of_history(own_history(session, attempt.user_id, NOW).attempts))
    assert [(row["quiz"], row["seconds taken"], row["score"]) for row in rows] == [
        ("The rise and more", None, None),
        ("The whole harbour", 180, None),
    ]


@pytest.mark.parametrize(
    ("position", "answer", "words"),
    [
        (3, "true", "True"),
        (4, "Ouse", "Ouse"),
        (5, "1850", "1850"),
        (8, ["boat", ""], "1: boat"),
        (8, ["cart", "silver"], "1: cart; 2: silver"),
    ],
)
def test_an_answer_is_put_in_words(session: Session, position: int, answer: str | list[str], words: str) -> None:
    attempt = began(session)
    save(session, attempt, position, answer)
    assert in_words(reviewed_slots(session, attempt, position)[0].explained) == words


def test_pairs_are_put_in_words_without_those_left_open(session: Session) -> None:
    attempt = began(session)
    order = showing.attempt_state(session, attempt.id).slot(6).order
    values = ["" if index == 0 else str(order[3:].index(1) + 1) for index in order[:3]]
    save(session, attempt, 6, values)
    words = in_words(reviewed_slots(session, attempt, 6)[0].explained)
    assert sorted(words.split("; ")) == ["Dora Finch: the lamp", "Emil Oakes: the lamp"]


def test_the_words_of_an_order_do_not_tell_the_right_one(session: Session) -> None:
    attempt = began(session)
    order = showing.attempt_state(session, attempt.id).slot(7).order
    save(session, attempt, 7, [str(4 - index) for index in order])
    told = reviewed_slots(session, attempt, 7)[0].explained
    assert in_words(told) == "the bell: 1; the lamp: 2; the mole: 3; its ships: 4"


def test_a_blank_has_no_words(session: Session) -> None:
    content = Cloze().load_content(question_named(session, "last-bell").current.content)
    assert in_words(Cloze().explain(content, [], None)) == ""


def test_the_classes_of_a_student_and_the_rights_of_a_teacher_stand_there(session: Session) -> None:
    classroom = classroom_of(session)
    remove(session, classroom, [person(session, "ayesha").id], NEXT_WEEK)
    assert data(session)["classes"] == [{"class": "History 10", "joined": NOW, "taken out": NEXT_WEEK}]
    assert data(session, "tahir")["rights"] == [{"what": "class", "name": "History 10", "right": "own"}]
    assert (data(session, "ben")["classes"], data(session)["rights"]) == ([], [])


def test_while_a_score_is_withheld_what_was_possible_does_not_tell_whom_a_correction_spared(session: Session) -> None:
    held_back = {"mark": "never", "correctness": "never", "key": "never"}
    quiz_named(session, "whole-test").settings = {"feedback": held_back}
    attempts = [submitted(session, {"founder": (choice,)}, name) for choice, name in ((0, "ayesha"), (1, "ben"))]
    correct(session, "founder", Deed.VOID)
    session.expire_all()
    assert [attempt.max_score for attempt in attempts] == [8.0, 7.0]
    told = set()
    for user in (attempt.user for attempt in attempts):
        tables = {table.name: table for table in everything_of(session, user, LATER)}
        history = table_of_history(own_history(session, user.id, LATER).attempts)
        told.add((history.rows[0][7], tables["attempts"].rows[0][9], tables["answers"].rows[0][9]))
    assert told == {(None, None, None)}


def test_every_table_that_goes_with_a_person_or_an_attempt_is_told_in_a_file_of_its_own() -> None:
    """What only says who made something is told by `named`, found in the tables themselves."""
    keys = [key for table in Base.metadata.sorted_tables for key in table.foreign_keys if key.ondelete == "CASCADE"]
    mine = {str(key.parent) for key in keys if str(key.parent) in keys_to_people()}
    of_attempts = {str(key.parent) for key in keys if key.column is table_of(Attempt).c.id}
    assert (mine | of_attempts) - TOLD_IN.keys() == set()
    assert TOLD_IN.keys() <= {str(column) for table in Base.metadata.sorted_tables for column in table.columns}


def test_whoever_has_done_everything_finds_it_in_every_file(session: Session) -> None:
    with_essay(session)
    fill(session)
    told = data(session, USERNAME, LATER)
    assert {name for name, rows in told.items() if not rows} == {"rights", "named"}
    assert set(TOLD_IN.values()) <= told.keys()
    said = repr(told)
    assert [word for word in (ESSAY, SUBJECT, WORDS, "Read on.") if word not in said] == []


def test_what_a_correction_did_is_told_as_the_review_tells_it(session: Session) -> None:
    attempt = submitted(session, {"founder": (1,)})
    correct(session, "founder", Deed.EVERYONE)
    (row,) = data(session, now=LATER)["corrections"]
    assert [row[name] for name in ("attempt", "question", "what was done", "marks before", "marks after")] == [
        attempt.id, 1, "everyone", 0.0, 1.0,
    ]  # fmt: skip
    run_so(session, "whole-test", feedback={"mark": "never", "correctness": "never", "key": "never"})
    assert data(session, now=LATER)["corrections"] == []


def test_a_teacher_finds_what_they_wrote_and_marked_by_number(session: Session) -> None:
    with_essay(session)
    attempt = essay_of(session, "ayesha")
    marking.mark(session, attempt.id, 1, [2, 1], "Well told.", person(session, "tahir").id, NOW)
    session.commit()
    assert data(session, "tahir")["named"] == [
        {"in what": "attempt_slot", "as what": "marked_by", "number": attempt.slots[0].id}
    ]


def test_the_log_tells_what_was_done_by_whom_and_names_nobody_else(session: Session) -> None:
    with_essay(session)
    fill(session)
    log = data(session, USERNAME)["log"]
    assert {(row["deed"], row["by whom"]) for row in log} == {("sign_in", "me"), ("link.made", "somebody else")}
    assert "tahir" not in repr(log).casefold()
