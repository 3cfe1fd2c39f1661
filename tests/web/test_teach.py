"""The teacher's pages."""

import html5lib
import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from quizapp.models import db
from tests.bank import QUESTIONS
from tests.conftest import Browser, question_named, quiz_named

COMMON = {
    "section": "rise",
    "status": "published",
    "frame": "essay",
    "level": "recall",
    "objective": "1",
    "stem": "According to the writer, what is asked here?",
    "explanation": "The passage names it in its second sentence.",
    "evidence-0-passage": "beginnings",
    "evidence-0-quote": "wool and tin",
    "action": "save",
}
CHOICES = {f"choices-{row}-{name}": f"{name} {row}" for row in range(3) for name in ("text", "feedback")}


def rows(name: str, count: int, *cells: str) -> dict[str, str]:
    """Rows of a form as a browser sends them, of which the first three are filled in."""
    return {f"{name}-{row}-{cell}": f"{cell} {row}" if row < 3 else "" for row in range(count) for cell in cells}


FIVE_EXTRAS = {f"extras-{row}-{cell}": f"more {row}" for row in range(5) for cell in ("text", "feedback")}
KINDS = {
    "single_choice": {**CHOICES, "keys": "1"},
    "multiple_response": {**CHOICES, "keys": ["0", "1"], "marking": "net"},
    "true_false": {"answer": "false", "if_true": "Read again.", "if_false": "Just so."},
    "short_answer": {"accept": "Tin\nTin ore", "reject-0-text": "Lead", "reject-0-feedback": "Not named."},
    "numeric": {"answer": "1,810", "tolerance": "0", "scale": "", "unit": "year"},
    "matching": {**rows("pairs", 5, "left", "right", "feedback"), **rows("extras", 3, "text", "feedback"), "ask": "3"},
    "ordering": {
        **rows("items", 6, "text", "feedback"),
        "items-0-date": "1810",
        "items-2-date": "1851-06",
        "ordered_by": "time",
        "ask": "",
    },
    "cloze": {
        "text": "Ships carried wool and [[1]],\r\n\r\nand never [[2]].",
        "blanks-0-accept": "tin\r\ntin ore",
        "blanks-0-reject-0-text": "",
        "blanks-0-reject-1-text": "lead = Pb",
        "blanks-0-reject-1-feedback": "Not named.",
        "blanks-1-accept": "glass",
        "blanks-1-choices": "glass\r\nsalt",
    },
    "essay": {
        **rows("rubric", 4, "text", "hint"),
        **{f"rubric-{row}-points": str(row + 2) if row < 3 else "" for row in range(4)},
        "rubric-1-hint": "",
        "words_least": "40",
        "words_most": "",
        "model_answer": "Wool and tin.\r\n\r\nNever glass.",
    },
}


def new_address(kind: str) -> str:
    """Where a question of this kind is written."""
    return f"/teach/banks/harbour/questions/new/{kind}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_every_kind_is_written_edited_and_found(tahir: Browser, kind: str) -> None:
    made = tahir.post(new_address(kind), {**COMMON, **KINDS[kind]})
    assert made.status_code == 303, made.text
    page = tahir.get(made.location).text
    assert COMMON["stem"] in page
    edited = {**COMMON, **KINDS[kind], "explanation": "Another explanation.", "seen_version": "1"}
    assert "Saved as version 2" in tahir.post(made.location, edited, follow_redirects=True).text
    assert COMMON["stem"] in tahir.get(f"/teach/banks/harbour/questions?kind={kind}").text


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_shows_the_question_as_a_student_sees_it_and_saves_nothing(tahir: Browser, kind: str) -> None:
    page = tahir.post(new_address(kind), {**COMMON, **KINDS[kind], "action": "preview"}).text
    assert "As a student sees it" in page
    assert '<mark class="evidence">wool and tin</mark>' in page
    assert "The passage names it in its second sentence." in page
    assert COMMON["stem"] not in tahir.get("/teach/banks/harbour/questions").text


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_question_is_refused_with_everything_kept(tahir: Browser, kind: str) -> None:
    response = tahir.post(new_address(kind), {**COMMON, "stem": "", "explanation": "Kept as typed."})
    assert response.status_code == 422
    assert "Kept as typed." in response.text
    assert 'id="stem-error"' in response.text


def test_a_quote_that_is_not_in_the_passage_is_tied_to_its_row(tahir: Browser) -> None:
    data = {**COMMON, **KINDS["true_false"], "evidence-0-quote": "wool and lead"}
    response = tahir.post(new_address("true_false"), data)
    assert response.status_code == 422
    assert 'id="evidence-0-quote-error"' in response.text
    assert "wool and lead</textarea>" in response.text


def test_a_choice_without_its_reason_is_marked_in_its_own_row(tahir: Browser) -> None:
    rows = {**CHOICES, "choices-3-text": "", "choices-4-text": "A fifth", "choices-4-feedback": ""}
    response = tahir.post(new_address("single_choice"), {**COMMON, **rows, "keys": "0"})
    assert 'aria-describedby="choices-4-feedback-error"' in response.text


@pytest.mark.parametrize(
    ("kind", "changed", "place"),
    [
        ("matching", {"pairs-4-left": "Later"}, "pairs-4-right"),
        ("matching", {"extras-1-feedback": ""}, "extras-1-feedback"),
        (
            "matching",
            {"pairs-2-evidence-0-quote": "wool", "pairs-2-evidence-0-passage": ""},
            "pairs-2-evidence-0-passage",
        ),
        ("matching", {"ask": "all"}, "ask"),
        ("matching", {"ask": "2"}, "ask"),
        ("ordering", {"items-4-feedback": "Later"}, "items-4-text"),
        ("ordering", {"items-1-date": "soon"}, "items-1-date"),
        ("cloze", {"blanks-0-accept": ""}, "blanks-0-accept"),
        ("cloze", {"blanks-1-choices": "salt\r\ntin"}, "blanks-1-accept"),
        ("cloze", {"blanks-0-reject-1-feedback": ""}, "blanks-0-reject-1-feedback"),
        ("essay", {"rubric-0-points": "many"}, "rubric-0-points"),
        ("essay", {"rubric-2-points": "21"}, "rubric-2-points"),
        ("essay", {"rubric-3-hint": "Later"}, "rubric-3-text"),
        ("essay", {"words_least": "few"}, "words_least"),
        ("essay", {"words_most": "3001"}, "words_most"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_marked_in_its_own_row_with_everything_kept(
    tahir: Browser, kind: str, changed: dict[str, str], place: str
) -> None:
    data = {**COMMON, **KINDS[kind], **changed}
    response = tahir.post(new_address(kind), data)
    assert response.status_code == 422
    assert f'aria-describedby="{place}-' in response.text
    assert f'id="{place}-error"' in response.text
    sent = {name: value for name, value in data.items() if name != "action"}
    assert dict(as_a_browser_sends(response.text)).items() >= sent.items()


@pytest.mark.parametrize(
    ("kind", "changed", "says"),
    [
        ("matching", {"pairs-2-left": "", "pairs-2-right": "", "pairs-2-feedback": ""}, "at least three pairs"),
        ("matching", FIVE_EXTRAS, "at most 4 options that fit nowhere"),
        ("matching", {"ask": "5"}, "there are 3 pairs"),
        ("ordering", {"items-2-text": "", "items-2-feedback": "", "items-2-date": ""}, "at least three items"),
        ("ordering", {"items-1-date": "1900"}, "from the earliest to the latest"),
        ("cloze", {"text": "No blank."}, "once each and in this order"),
        ("cloze", dict.fromkeys(KINDS["cloze"], ""), "at least one blank"),
        ("essay", dict.fromkeys(KINDS["essay"], ""), "at least one criterion"),
        ("essay", {f"rubric-{n}-{cell}": f"{n + 1}" for n in range(9) for cell in ("text", "points")}, "at most 8"),
        ("essay", {"words_least": "90", "words_most": "80"}, "leave no essay possible"),
    ],
    ids=[
        "pairs", "extras", "asked", "items", "dates", "unmarked", "blanks", "no criterion", "nine criteria", "no range",
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_whole_is_said_above_it(
    tahir: Browser, kind: str, changed: dict[str, str], says: str
) -> None:
    response = tahir.post(new_address(kind), {**COMMON, **KINDS[kind], **changed})
    assert response.status_code == 422
    assert says in response.text.partition('<div class="editor">')[0]


def as_a_browser_sends(page: str, within: str = ".//div[@class='editor']/form") -> list[tuple[str, str]]:
    """The fields of a form, by default the editor's, as a browser sends them back untouched, line ends and all."""
    form = html5lib.parse(page, namespaceHTMLElements=False).find(within)
    sent: list[tuple[str, str]] = []
    for control in form.iter():
        name, kind = control.get("name"), control.get("type")
        if control.tag == "textarea":
            sent.append((name, (control.text or "").replace("\n", "\r\n")))
        elif control.tag == "select":
            options = list(control.iter("option"))
            chosen = next((option for option in options if option.get("selected") is not None), options[0])
            sent.append((name, chosen.get("value")))
        elif control.tag == "input" and (kind not in ("checkbox", "radio") or control.get("checked") is not None):
            sent.append((name, control.get("value", "on")))
    return sent


@pytest.mark.parametrize("slug", QUESTIONS)
def test_a_question_opened_and_saved_as_it_is_gets_no_new_version(app: Flask, tahir: Browser, slug: str) -> None:
    with app.app_context():
        address = f"/teach/questions/{question_named(db.session(), slug).id}"
    fields = MultiDict([*as_a_browser_sends(tahir.get(address).text), ("action", "save")])
    saved = tahir.client.post(address, data=fields, follow_redirects=True)
    assert "the words are the same" in saved.text


def test_of_two_teachers_the_second_is_told_and_loses_nothing(app: Flask, tahir: Browser) -> None:
    with app.app_context():
        number = question_named(db.session(), "walls").id
    address, data = f"/teach/questions/{number}", {**COMMON, **KINDS["true_false"]}
    tahir.post(address, {**data, "seen_version": "1"})
    response = tahir.post(address, {**data, "seen_version": "1", "explanation": "My own words, kept."})
    assert response.status_code == 409
    assert "Two edits of one question" in response.text
    assert "My own words, kept." in response.text


def test_a_past_attempt_keeps_its_version_after_an_edit(app: Flask, tahir: Browser, ayesha: Browser) -> None:
    attempt = ayesha.start("rise-practice")
    with app.app_context():
        number = question_named(db.session(), "founder").id
    data = {**COMMON, **KINDS["single_choice"], "stem": "According to the writer, who came first?"}
    tahir.post(f"/teach/questions/{number}", {**data, "seen_version": "1"})
    assert "who founded Saltmouth?" in ayesha.get(f"/attempts/{attempt}/questions/1").text
    ayesha.post(f"/attempts/{attempt}/submit")
    assert "who founded Saltmouth?" in ayesha.get(f"/attempts/{attempt}/review").text


def test_a_draft_is_not_asked(app: Flask, tahir: Browser, ayesha: Browser) -> None:
    with app.app_context():
        number = question_named(db.session(), "founder").id
    data = {**COMMON, **KINDS["single_choice"], "status": "draft", "seen_version": "1"}
    tahir.post(f"/teach/questions/{number}", data)
    attempt = ayesha.start("rise-practice")
    assert "Question 1 of 1" in ayesha.get(f"/attempts/{attempt}/questions/1").text


def test_a_quiz_is_made_filled_and_taken(app: Flask, tahir: Browser, ayesha: Browser) -> None:
    fields = {"title": "My own quiz", "description": "On the fall.", "mode": "practice", "published": "y"}
    address = tahir.post("/teach/banks/harbour/quizzes/new", fields).location
    with app.app_context():
        river = question_named(db.session(), "river").id
    tahir.post(f"{address}/questions", {"question_id": river})
    tahir.post(f"{address}/draws", {"count": "1", "section": "rise"})
    page = tahir.get(address).text
    assert "which river filled the harbour?" in page
    assert "1 question drawn at random" in page
    attempt = ayesha.start("my-own-quiz")
    assert "Question 1 of 2" in ayesha.get(f"/attempts/{attempt}/questions/1").text


def test_a_question_is_taken_out_of_a_quiz(app: Flask, tahir: Browser) -> None:
    with app.app_context():
        quiz = quiz_named(db.session(), "rise-practice")
        number, slot = quiz.id, quiz.slots[0].id
    tahir.post(f"/teach/quizzes/{number}/slots/{slot}/remove")
    with app.app_context():
        assert len(quiz_named(db.session(), "rise-practice").slots) == 1


def test_a_quiz_without_a_title_is_asked_again(tahir: Browser) -> None:
    response = tahir.post("/teach/banks/harbour/quizzes/new", {"title": " ", "description": "Kept.", "mode": "test"})
    assert response.status_code == 422
    assert "Kept." in response.text
    assert "Give the quiz a title." in response.text


def test_a_teacher_sees_every_student_and_any_one_attempt(tahir: Browser, ayesha: Browser) -> None:
    attempt = ayesha.start("rise-practice")
    ayesha.answer(attempt, 2, "1850")
    ayesha.post(f"/attempts/{attempt}/submit")
    assert "Ayesha (test)" in tahir.get("/teach/students").text
    assert f'href="/attempts/{attempt}/review"' in tahir.get("/teach/attempts?quiz=rise-practice").text
    review = tahir.get(f"/attempts/{attempt}/review").text
    assert "Ayesha (test)" in review
    assert "That is the year before." in review


def test_a_teacher_sees_a_student_s_history_as_the_student_does(tahir: Browser, ayesha: Browser) -> None:
    attempt = ayesha.start("rise-practice")
    ayesha.post(f"/attempts/{attempt}/submit")
    students = tahir.get("/teach/students").text
    address = students.split('href="/teach/students/')[1].split('"')[0]
    assert "Strengths by objective" in tahir.get(f"/teach/students/{address}").text


def test_a_teacher_does_not_see_an_attempt_that_is_still_open(tahir: Browser, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    assert tahir.get(f"/attempts/{attempt}/review").status_code == 404
