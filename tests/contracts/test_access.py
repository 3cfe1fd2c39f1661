"""No route is open by accident: every route, asked by everybody, answers as the table says."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.web.guard import audience_of
from tests.conftest import Browser, question_named, quiz_named

TABLE = {
    "assets.file": "everyone",
    "home.index": "everyone",
    "reading.source": "everyone",
    "preferences.save": "everyone",
    "history.own": "everyone",
    "history.attempts": "accounts",
    "spaced.index": "accounts",
    "spaced.start": "accounts",
    "spaced.forecast": "accounts",
    "account.sign_in": "everyone",
    "account.sign_up": "everyone",
    "account.sign_out": "everyone",
    "account.set_up": "everyone",
    "account.password": "accounts",
    "account.choose_password": "everyone",
    "joining.enter": "everyone",
    "joining.classroom": "everyone",
    "joining.join": "accounts",
    "account.data": "accounts",
    "account.delete": "accounts",
    "taking.quiz": "everyone",
    "taking.start": "everyone",
    "taking.attempt": "learners",
    "taking.question": "learners",
    "taking.answer": "learners",
    "taking.questions": "learners",
    "taking.answer_all": "learners",
    "taking.save": "learners",
    "taking.state": "learners",
    "taking.here": "learners",
    "taking.redo": "learners",
    "taking.another": "learners",
    "taking.report": "learners",
    "taking.finish": "learners",
    "taking.submit": "learners",
    "taking.review": "learners",
    "assigned.assignment": "accounts",
    "assigned.start": "accounts",
    "teach.assignments": "teachers",
    "teach.new_assignment": "teachers",
    "teach.assignment": "teachers",
    "teach.assignment_progress": "teachers",
    "teach.edit_assignment": "teachers",
    "teach.publish_assignment": "teachers",
    "teach.remove_assignment": "teachers",
    "teach.copy_assignment": "teachers",
    "teach.index": "teachers",
    "teach.quiz_analysis": "teachers",
    "teach.question_analysis": "teachers",
    "teach.questions": "teachers",
    "teach.new_question": "teachers",
    "teach.edit_question": "teachers",
    "teach.findings_on_new": "teachers",
    "teach.findings_on_edited": "teachers",
    "teach.preview_of_new": "teachers",
    "teach.preview_of_edited": "teachers",
    "teach.plan_bulk": "teachers",
    "teach.apply_bulk": "teachers",
    "teach.duplicate_question": "teachers",
    "teach.question_versions": "teachers",
    "teach.restore_version": "teachers",
    "teach.coverage": "teachers",
    "teach.new_bank": "teachers",
    "teach.split_text": "teachers",
    "teach.rearrange_text": "teachers",
    "teach.create_bank": "teachers",
    "teach.text": "teachers",
    "teach.about_bank": "teachers",
    "teach.list_bank": "teachers",
    "teach.orphans": "teachers",
    "teach.new_passage": "teachers",
    "teach.edit_passage": "teachers",
    "teach.move_passage": "teachers",
    "teach.remove_passage": "teachers",
    "teach.put_back": "teachers",
    "teach.passage_versions": "teachers",
    "teach.add_section": "teachers",
    "teach.edit_section": "teachers",
    "teach.move_section": "teachers",
    "teach.remove_section": "teachers",
    "teach.quizzes": "teachers",
    "teach.new_quiz": "teachers",
    "teach.edit_quiz": "teachers",
    "teach.add_question": "teachers",
    "teach.add_draw": "teachers",
    "teach.remove_slot": "teachers",
    "teach.move_slot": "teachers",
    "teach.set_marks": "teachers",
    "teach.blueprint_with_draw": "teachers",
    "teach.copy_quiz": "teachers",
    "teach.try_quiz": "teachers",
    "teach.end_trial": "teachers",
    "teach.bank_sharing": "teachers",
    "teach.share_bank": "teachers",
    "teach.open_bank": "teachers",
    "teach.quiz_sharing": "teachers",
    "teach.share_quiz": "teachers",
    "teach.open_quiz": "teachers",
    "teach.gradebook": "teachers",
    "teach.needing_help": "teachers",
    "teach.gradebook_file": "teachers",
    "teach.classes": "teachers",
    "teach.classroom": "teachers",
    "teach.class_joining": "teachers",
    "teach.let_join": "teachers",
    "teach.renew_code": "teachers",
    "teach.class_settings": "teachers",
    "teach.archive_class": "teachers",
    "teach.unarchive_class": "teachers",
    "teach.share_class": "teachers",
    "teach.remove_students": "teachers",
    "teach.take_back": "teachers",
    "teach.import_roster": "teachers",
    "teach.class_links": "teachers",
    "teach.password_link": "teachers",
    "teach.students": "teachers",
    "teach.student": "teachers",
    "teach.accommodate": "teachers",
    "teach.attempts": "teachers",
    "teach.extend": "teachers",
    "teach.reopen": "teachers",
    "teach.marking": "teachers",
    "teach.mark": "teachers",
    "teach.reports": "teachers",
    "teach.handle_report": "teachers",
    "teach.reopen_report": "teachers",
    "teach.handle_reports": "teachers",
    "teach.correct": "teachers",
    "teach.preview_correction": "teachers",
    "teach.apply_correction": "teachers",
    "teach.corrections": "teachers",
    "teach.correction": "teachers",
    "teach.undo_correction": "teachers",
}
"""Whom each route is for. A new route is added here on purpose, or the test below fails."""


def test_every_route_is_for_whom_the_table_says(app: Flask) -> None:
    found = {rule.endpoint: str(audience_of(app.view_functions[rule.endpoint])) for rule in app.url_map.iter_rules()}
    assert found == TABLE


def filled(app: Flask, attempt: int) -> Iterator[tuple[Rule, str, str]]:
    """Every route with its address filled in, once for each method."""
    with app.app_context():
        question, quiz = question_named(db.session(), "founder").id, quiz_named(db.session(), "rise-practice")
        values: dict[str, object] = {
            "attempt_id": attempt, "position": 1, "question_id": question, "quiz_id": quiz.id,
            "slot_id": quiz.slots[0].id, "user_id": 1, "kind_name": "numeric", "token": "x",
            "code": "x", "classroom_id": 1, "fingerprint": "x", "name": "css/base.css", "report_id": 1,
            "number": 1, "passage_id": 1,
            "section_id": 1, "correction_id": 1,
            "assignment_id": 1,
        }  # fmt: skip
    for rule in app.url_map.iter_rules():
        slug = "harbour" if rule.endpoint.startswith(("teach", "reading")) else "rise-practice"
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **{name: {**values, "slug": slug}[name] for name in rule.arguments})
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule, method, address.removeprefix("http://localhost")


def statuses(app: Flask, browser: Browser, attempt: int, audience: Audience) -> set[int]:
    """How routes for this audience answer this browser."""
    found: set[int] = set()
    for rule, method, address in filled(app, attempt):
        if TABLE[rule.endpoint] == audience:
            response = browser.get(address) if method == "GET" else browser.post(address)
            found.add(response.status_code)
            response.close()
    return found


@pytest.fixture
def attempt(ayesha: Browser) -> int:
    """An attempt of Ayesha's."""
    return ayesha.start("rise-practice")


def test_a_visitor_finds_no_attempt_and_is_asked_to_sign_in_elsewhere(
    app: Flask, visitor: Browser, attempt: int
) -> None:
    assert statuses(app, visitor, attempt, Audience.LEARNERS) == {404}
    assert statuses(app, visitor, attempt, Audience.ACCOUNTS) == {302}
    assert statuses(app, visitor, attempt, Audience.TEACHERS) == {302}


def test_a_guest_is_asked_for_an_account(app: Flask, visitor: Browser, attempt: int) -> None:
    visitor.start("rise-practice")
    assert statuses(app, visitor, attempt, Audience.ACCOUNTS) == {302}
    assert statuses(app, visitor, attempt, Audience.TEACHERS) == {302}


def test_a_student_finds_no_teacher_s_page_and_nothing_of_another_student(
    app: Flask, ben: Browser, attempt: int
) -> None:
    assert statuses(app, ben, attempt, Audience.TEACHERS) == {404}
    assert statuses(app, ben, attempt, Audience.LEARNERS) == {404}


def test_no_form_is_taken_without_its_token(app: Flask, tahir: Browser, attempt: int) -> None:
    for _, method, address in filled(app, attempt):
        if method == "POST":
            assert tahir.client.post(address).status_code == 400, address


def test_unknown_numbers_are_not_found(tahir: Browser) -> None:
    for address in (
        "/attempts/999", "/attempts/999/questions/1", "/attempts/999/submit", "/attempts/999/review",
        "/teach/questions/999", "/teach/quizzes/999", "/teach/students/999", "/teach/banks/x/questions",
        "/teach/banks/x/quizzes", "/teach/banks/harbour/questions/new/x", "/quizzes/x",
        "/teach/attempts/999/reopen", "/teach/marking/999/1",
    ):  # fmt: skip
        assert tahir.get(address).status_code == 404, address


def test_nothing_is_done_to_what_is_not_there(tahir: Browser) -> None:
    for address in (
        "/quizzes/x/attempts", "/attempts/999/questions/1", "/attempts/999/submit", "/teach/questions/999",
        "/teach/quizzes/999", "/teach/quizzes/999/questions", "/teach/quizzes/999/draws",
        "/teach/quizzes/1/slots/999/remove", "/teach/banks/x/quizzes/new", "/teach/banks/x/questions/new/numeric",
        "/teach/students/999/accommodation", "/teach/attempts/999/extend", "/teach/attempts/999/reopen",
        "/teach/marking/999/1", "/teach/reports/999/handle", "/teach/reports/999/reopen",
    ):  # fmt: skip
        assert tahir.post(address).status_code == 404, address


@pytest.mark.parametrize("address", ["/quizzes/rise-practice/attempts", "/account/sign-out"])
def test_what_changes_something_is_not_done_by_following_a_link(tahir: Browser, address: str) -> None:
    assert tahir.get(address).status_code == 405
