"""What a teacher makes, and what their students do, is nobody else's: every address, asked by the wrong people."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.models import (
    Bank,
    Base,
    Classroom,
    Correction,
    Deed,
    Enrolment,
    Passage,
    Quiz,
    Report,
    Section,
    db,
)
from quizapp.services import problem_reports, sharing
from quizapp.services.attempts import starting, submitting
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, Browser, person, question_named, quiz_named
from tests.essays import with_essay
from tests.services.attempts.steps import save


@dataclass(frozen=True)
class Owned:
    """Everything of Tahir's that has an address: the values of addresses by name."""

    values: dict[str, object]

    def addresses(self, app: Flask) -> Iterator[tuple[str, str, str]]:
        """The address of each of the teacher's routes that names something: endpoint, method, address."""
        for rule in app.url_map.iter_rules():
            if not rule.endpoint.startswith("teach.") or not rule.arguments:
                continue
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **{name: self.values[name] for name in rule.arguments})
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule.endpoint, method, address.removeprefix("http://localhost")


@pytest.fixture
def owned(app: Flask) -> Owned:
    """A bank, quizzes and a class that Tahir alone owns; Ayesha has done, reported and been marked something there."""
    with app.app_context():
        session = db.session()
        with_essay(session)
        bank = session.scalars(db.select(Bank)).one()
        bank.files_digest = ""
        classroom = classroom_of(session, ["ayesha"])
        tahir, ayesha = person(session, "tahir"), person(session, "ayesha")
        for thing in (bank, *session.scalars(db.select(Quiz))):
            thing.everyone = None
            sharing.give_right(session, thing, tahir.id, Right.OWN)
        assignment = assigned(session, classroom, "essay-test")
        attempt = starting.start(session, ayesha, assignment.quiz, 7, NOW, assignment)
        save(session, attempt, 1, "Because of the silt.")
        submitting.submit(session, attempt.id, ayesha.id, NOW)
        report = problem_reports.report(session, ayesha.id, attempt.id, 1, "key", "Is it?", NOW)
        question = question_named(session, "founder")
        correction = Correction(question_id=question.id, deed=Deed.VOID, reason="It is unclear.", made=NOW)
        session.add(correction)
        session.commit()
        quiz = quiz_named(session, "rise-practice")
        return Owned(
            {
                "slug": bank.slug, "kind_name": "numeric", "question_id": question.id, "quiz_id": quiz.id,
                "slot_id": quiz.slots[0].id, "user_id": ayesha.id, "attempt_id": attempt.id, "position": 1,
                "classroom_id": classroom.id, "assignment_id": assignment.id, "report_id": report.id,
                "passage_id": session.scalars(db.select(Passage.id)).first(), "number": 1,
                "section_id": session.scalars(db.select(Section.id)).first(), "correction_id": correction.id,
            }
        )  # fmt: skip


def rows(app: Flask) -> dict[str, list[object]]:
    """Everything that is stored."""
    with app.app_context():
        tables = Base.metadata.sorted_tables
        return {table.name: [tuple(row) for row in db.session.execute(db.select(table))] for table in tables}


def test_the_owner_finds_every_page(app: Flask, owned: Owned, tahir: Browser) -> None:
    pages = {address: tahir.get(address) for _, method, address in owned.addresses(app) if method == "GET"}
    assert {
        address: page.status_code for address, page in pages.items() if page.status_code not in (200, 302, 303)
    } == {}


def test_another_teacher_finds_nothing_and_changes_nothing(app: Flask, owned: Owned, tamar: Browser) -> None:
    tamar.token()
    before = rows(app)
    answers = {
        (endpoint, method): (tamar.get(address) if method == "GET" else tamar.post(address)).status_code
        for endpoint, method, address in owned.addresses(app)
    }
    assert {route: status for route, status in answers.items() if status != 404} == {}
    assert rows(app) == before


VIEWERS_DO = {
    "teach.copy_quiz", "teach.try_quiz", "teach.end_trial", "teach.duplicate_question", "teach.blueprint_with_draw",
    "teach.preview_of_new", "teach.preview_of_edited", "teach.findings_on_edited", "teach.copy_assignment",
    "teach.new_quiz",
}  # fmt: skip
"""What who may only view may do all the same: it changes nothing of what is viewed."""


def test_who_may_only_view_changes_nothing(app: Flask, owned: Owned, tamar: Browser) -> None:
    with app.app_context():
        tamars = person(db.session(), "tamar").id
        for thing in (*db.session.scalars(db.select(Bank)), *db.session.scalars(db.select(Quiz)),
                      *db.session.scalars(db.select(Classroom))):  # fmt: skip
            sharing.give_right(db.session(), thing, tamars, Right.VIEW)
        db.session.commit()
    tamar.token()
    before = rows(app)
    answers = {
        endpoint: tamar.post(address).status_code
        for endpoint, method, address in owned.addresses(app)
        if method == "POST" and endpoint not in VIEWERS_DO
    }
    assert {endpoint: status for endpoint, status in answers.items() if status not in (403, 404)} == {}
    assert rows(app) == before


def statuses(browser: Browser, owned: Owned) -> list[int]:
    """How the assignment's page and its beginning answer."""
    address = f"/assignments/{owned.values['assignment_id']}"
    return [browser.get(address).status_code, browser.post(f"{address}/attempts").status_code]


def test_an_assignment_is_for_the_students_of_its_class(
    app: Flask, owned: Owned, ayesha: Browser, ben: Browser, tamar: Browser
) -> None:
    assert statuses(ayesha, owned) == [200, 303]
    assert statuses(ben, owned) == [404, 404]
    assert statuses(tamar, owned) == [404, 404]
    with app.app_context():
        db.session.execute(db.update(Enrolment).values(removed=NOW))
        db.session.commit()
    assert statuses(ayesha, owned) == [404, 404]


def test_a_removed_student_keeps_what_they_did(app: Flask, owned: Owned, ayesha: Browser) -> None:
    with app.app_context():
        db.session.execute(db.update(Enrolment).values(removed=NOW))
        db.session.commit()
        assert db.session.scalars(db.select(Report)).one()
    assert ayesha.get(f"/attempts/{owned.values['attempt_id']}/review").status_code == 200
