"""Nonsense gets an answer that is no failure of ours, and changes nothing."""

import pytest
from flask import Flask

from quizapp.kinds import KINDS
from quizapp.models import Base, db
from tests.bank import QUESTIONS
from tests.conftest import Browser, examples
from tests.contracts.access import records, values_for, ways

NONSENSE = ["", "0", "-1", str(2**31), "9" * 40, "1e9", "\x00", "١٢", "<script>", "💥" * 50, "' OR 1=1 --", "x" * 3000]
FIELDS = [
    "answer", "revision", "question_id", "page", "quiz", "section", "kind", "level", "status", "words", "count",
    "objective", "title", "description", "mode", "published", "stem", "explanation", "keys", "seen_version", "action",
    "evidence-0-quote", "evidence-0-passage", "choices-0-text", "choices-99-text", "accept", "scale", "tolerance",
    "pairs-0-left", "pairs-3-evidence-0-quote", "extras-1-text", "items-0-date", "ordered_by", "ask", "text",
    "blanks-0-accept", "blanks-1-reject-1-text", "claims", "shade", "username", "display_name", "current", "new",
    "next", "remains", "size", "spacing", "passage", "layout", "minutes", "closes", "attempts", "grading",
    "certainty", "feedback", "shown-mark", "factor", "other", "opens", "due", "late", "late_percent", "attempts_as",
    "minutes_as", "classroom", "extra_attempts", "points-0", "comment", "names", "then", "reason", "tags", "tag",
    "frame", "figures", "reports", "evidence", "seen_section", "seen_status", "seen_tags", "newer", "button",
    "stamps", "to-tag", "to-untag", "to-move", "to-status", "to-objective", "all", "bank", "from",
    "relative_tolerance", "deed", "version", "versions", "by", "key", "accepted", "suggested", "blank", "answer",
    "option", "lowers", "seen", "report", "sort", "down", "file", "below", "of", "class", "author", "about",
    "language", "objectives", "written_in", "leaf-section", "leaf-title", "leaf-text", "leaf-out", "unit-0", "notice",
    "retells", "notes-0-quote", "notes-0-verdict", "notes-0-record", "notes-9-references", "notes-x",
    "notes-0-claims", "notes-0-drop", "dated", "seen_title", "seen_dated", "to", "listed", "before", "after",
    "class_name", "code", "roster", "step", "student", "right", "joining", "extra_days",
    "person", "record", "request", "number", "role", "administers", "typed",
]  # fmt: skip


DEEDS = (
    "taking.start", "taking.submit", "account.sign_out", "teach.remove_slot", "teach.add_draw", "teach.classes",
    "teach.copy_quiz", "teach.try_quiz",
    "teach.add_section",
    "teach.password_link",
)  # fmt: skip
"""Routes whose form needs no field to be meant, or one that takes any text, so that they do what they are for."""


def rows(app: Flask) -> dict[str, int]:
    """How many rows each table has."""
    with app.app_context():
        return {
            table.name: db.session.execute(db.select(db.func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
            if table.name != "audit_event"  # it says that somebody downloaded something
        }


TURNS = range(min(examples(6), len(NONSENSE)))
"""How often each route is asked; a field is sent another piece of nonsense each time, and its neighbour yet another."""


@pytest.mark.parametrize("turn", TURNS)
def test_nonsense_in_every_field_of_every_route_is_answered(app: Flask, tahir: Browser, turn: int) -> None:
    sent = {name: NONSENSE[(place + 5 * turn) % len(NONSENSE)] for place, name in enumerate(FIELDS)}
    attempt = tahir.start("rise-practice")
    with app.app_context():
        values = {**records(db.session()), "learner_attempt_id": attempt}
    before = rows(app)
    for way in ways(app):
        if way.endpoint in DEEDS:
            continue
        address, fields = way.address(app, values_for(way, values)), {**sent, "password": "short"}
        response = tahir.get(address, query_string=fields) if way.method == "GET" else tahir.post(address, fields)
        assert response.status_code < 500, (address, response.status_code)
        response.close()
    assert rows(app) == before


@pytest.mark.parametrize("value", NONSENSE, ids=lambda value: ascii(value)[:16])
def test_nonsense_is_no_failure_in_the_editor_of_any_kind(app: Flask, tahir: Browser, value: str) -> None:
    before = rows(app)
    for kind in KINDS:
        for action in ("save", "preview"):
            fields = {**dict.fromkeys(FIELDS, value), "section": "rise", "status": "draft", "frame": "essay"}
            fields |= {"level": "recall", "objective": "1", "action": action}
            response = tahir.post(f"/teach/banks/harbour/questions/new/{kind}", fields)
            assert response.status_code in (200, 422), kind
    assert rows(app) == before


@pytest.mark.parametrize("value", NONSENSE, ids=lambda value: ascii(value)[:16])
def test_nonsense_is_no_failure_as_an_answer_of_any_kind(ayesha: Browser, value: str) -> None:
    attempt = ayesha.start("whole-test")
    for position in range(1, len(QUESTIONS) + 1):
        for count in (1, 2, 3, 4):
            assert ayesha.answer(attempt, position, [value] * count).status_code in (303, 409, 422)
        assert ayesha.get(f"/attempts/{attempt}/questions/{position}").status_code == 200
    assert ayesha.post(f"/attempts/{attempt}/submit").status_code == 303
    assert ayesha.get(f"/attempts/{attempt}/review").status_code == 200


@pytest.mark.parametrize("number", [2**31, 10**30], ids=["one too large", "far too large"])
def test_a_number_no_row_can_have_is_not_found(tahir: Browser, number: int) -> None:
    for address in (f"/attempts/{number}", f"/attempts/{number}/review", f"/teach/questions/{number}"):
        assert tahir.get(address).status_code == 404
    attempt = tahir.start("whole-test")
    assert tahir.get(f"/attempts/{attempt}/questions/{number}").status_code == 404
    assert tahir.answer(attempt, 4, "Ouzel", revision=number).status_code == 303
    assert tahir.post(f"/attempts/{number}/submit").status_code in (404, 405)
