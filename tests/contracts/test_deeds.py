"""Every deed is in the audit log: the registry names every endpoint that changes something, and what changed is noted.

The pages of a teacher and of whoever runs the site are read as a browser reads them; every form and every button on
them is sent, once as it stands and once with secret words in every text. Whatever changed the database must then have
one entry, with who it was, what it was done to and the request; what changed nothing has none.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask import Flask

from quizapp.models import AuditEvent, Base, db
from quizapp.web.deeds import BY_COMMAND, DEEDS, RECORDS, SIGN_IN_REFUSED, WORDS, Deed, NotAudited
from tests.conftest import Template, person
from tests.contracts.access import Scene, scene, stored, values_for, ways
from tests.contracts.forms import Form, forms_in
from tests.databases import keep

SECRET = "Zyxwvut"
"""A word that stands nowhere else."""
NUMBERS = {"factor", "other", "extra_attempts", "extra_days", "marks", "count", "minutes", "attempts", "late_percent"}
"""Fields of text in which a number is written."""


def test_every_route_that_is_sent_a_form_is_in_the_registry(app: Flask) -> None:
    sent = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    changing = {endpoint for endpoint in sent if not hasattr(app.view_functions[endpoint], "only_reads")}
    assert changing - DEEDS.keys() == set()


def test_the_registry_names_nothing_that_is_not_there_or_changes_nothing(app: Flask) -> None:
    assert DEEDS.keys() - app.view_functions.keys() == set()
    only_read = {endpoint for endpoint in DEEDS if hasattr(app.view_functions[endpoint], "only_reads")}
    assert only_read == set()


def test_every_deed_is_said_in_words_and_fits_into_its_column() -> None:
    deeds = [deed for deed in (*DEEDS.values(), SIGN_IN_REFUSED) if isinstance(deed, Deed)]
    assert [deed.name for deed in deeds if len(deed.name) > 60 or not str(deed.words)] == []
    assert {deed.record for deed in deeds} - {None} <= RECORDS.keys() <= {table.name for table in tables()}
    assert BY_COMMAND.keys() <= WORDS.keys()
    assert [deed for deed in DEEDS.values() if isinstance(deed, NotAudited) and not deed.because] == []


def tables() -> list[db.Table]:
    """All that is kept."""
    return Base.metadata.sorted_tables


@pytest.fixture(scope="module")
def everybody(template: Template) -> Scene:
    """Tahir's records and everybody at a browser; what ended by itself has been closed."""
    made = scene(template)
    made.browser("owner").get("/teach/attempts")
    return replace(made, kept=keep(template.app))


@dataclass(frozen=True)
class Sending:
    """What is sent of a form."""

    address: str
    data: dict[str, object]


def sendings(everybody: Scene, role: str, prefix: str) -> Iterator[Sending]:
    """Every form on the pages of an audience, by every button, as it stands and with secret words."""
    app = everybody.template.app
    seen = set()
    pages = [way for way in ways(app) if way.method == "GET" and way.endpoint.startswith(prefix)]
    for way in pages:
        address = way.address(app, values_for(way, everybody.values))
        page = everybody.browser(role).get(address, follow_redirects=True)
        if page.mimetype != "text/html":
            continue
        for form in forms_in(page.text, address):
            for button in form.buttons if form.method == "POST" else ():
                pressed = {button.name: button.value} if button.name else {}
                for data in (form.data(), secretly(form)):
                    sending = Sending(button.address, {**data, **pressed})
                    if sending.address != "/account/sign-out" and repr((button.address, data, pressed)) not in seen:
                        seen.add(repr((button.address, data, pressed)))
                        yield sending


def secretly(form: Form) -> dict[str, object]:
    """What is sent with a secret word in every text, and the first choice where none is made."""
    words = {
        field.name: [f"{value} {SECRET}".strip() for value in field.values or ("",)]
        for field in form.fields
        if field.is_text and field.name not in NUMBERS
    }
    chosen = {field.name: field.options[-1] for field in form.fields if field.kind == "radio"}
    ticked = {field.name: field.options[0] for field in form.fields if field.kind == "checkbox"}
    return form.data(**words, **chosen, **ticked)


def entries(app: Flask, after: int = 0) -> list[AuditEvent]:
    """What stands in the log behind so many entries."""
    with app.app_context():
        return list(db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.id)))[after:]


def check(everybody: Scene, role: str, sending: Sending) -> str | None:
    """Send it. The endpoint whose deed was noted, if one was."""
    app = everybody.template.app
    browser = everybody.browser(role)
    before, earlier = stored(app), len(entries(app))
    endpoint, _ = app.url_map.bind("localhost").match(sending.address.split("?")[0].split("#")[0], "POST")
    response = browser.post(sending.address, {**sending.data, "csrf_token": browser.token()})
    deed, noted = DEEDS.get(endpoint), entries(app, earlier)
    changed = stored(app) != before and isinstance(deed, Deed)
    assert len(noted) == changed, (endpoint, sending.data, response.status_code)
    if not noted:
        return None
    with app.app_context():
        who = person(db.session(), "tahir" if role == "owner" else "adele").id
    (entry,) = noted
    assert isinstance(deed, Deed)
    assert (entry.deed, entry.actor_id, entry.record) == (deed.name, who, deed.record)
    assert entry.request_id == response.headers["X-Request-ID"]
    assert (entry.record_id is not None) == (deed.number is not None), endpoint
    assert SECRET.casefold() not in repr(vars(entry)).casefold()
    return endpoint


@pytest.mark.long
@pytest.mark.parametrize(
    ("role", "prefix", "many"), [("owner", "teach.", 30), ("administrator", "admin.", 3)], ids=["teaching", "running"]
)
def test_whatever_changes_something_is_noted_and_nothing_else_is_and_no_word_typed(
    everybody: Scene, role: str, prefix: str, many: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        done = {check(everybody, role, sending) for sending in sendings(everybody, role, prefix)} - {None}
    assert SECRET not in caplog.text
    assert len(done) >= many, sorted(done)


Deeds = list[tuple[str, str, dict[str, object]]]
"""What is sent: by which deed it is to be known, to where, and what; `{name}` stands for the number of a record."""
TEACHING: Deeds = [
    ("teach.classes", "/teach/classes", {"class_name": SECRET}),
    ("teach.class_settings", "/teach/classes/{classroom_id}/settings", {"class_name": SECRET}),
    ("teach.let_join", "/teach/classes/{classroom_id}/joining", {"joining": "no"}),
    ("teach.archive_class", "/teach/classes/{classroom_id}/archive", {}),
    ("teach.remove_students", "/teach/classes/{classroom_id}/remove", {"student": "{user_id}"}),
    ("teach.import_roster", "/teach/classes/{classroom_id}/import", {"roster": f"{SECRET} One", "step": "apply"}),
    ("teach.copy_assignment", "/teach/assignments/{assignment_id}/copy", {"classroom": "{classroom_id}"}),
    ("teach.accommodate", "/teach/students/{user_id}/accommodation", {"factor": "2.0", "extra_attempts": "1"}),
    ("teach.password_link", "/teach/students/{user_id}/link", {}),
    ("teach.mark", "/teach/marking/{attempt_id}/1", {"points-0": "1", "points-1": "1", "comment": SECRET}),
    ("teach.handle_reports", "/teach/reports/handle", {"report": "{report_id}"}),
    ("teach.share_bank", "/teach/banks/harbour/sharing", {"username": "tamar", "right": "edit"}),
    ("teach.add_section", "/teach/banks/harbour/sections", {"title": SECRET, "dated": ""}),
    ("teach.copy_quiz", "/teach/quizzes/{quiz_id}/copy", {}),
    ("teach.duplicate_question", "/teach/questions/{question_id}/duplicate", {"bank": "harbour"}),
]


@pytest.mark.parametrize(("endpoint", "address", "fields"), TEACHING, ids=[deed[0] for deed in TEACHING])
def test_a_deed_of_a_teacher_is_noted_with_who_what_and_the_request_and_no_word_typed(
    everybody: Scene, endpoint: str, address: str, fields: dict[str, object]
) -> None:
    filled = {name: str(value).format(**everybody.values) for name, value in fields.items()}
    assert check(everybody, "owner", Sending(address.format(**everybody.values), filled)) == endpoint


def test_an_entry_says_whom_it_was_about_and_which_of_the_words_was_chosen(everybody: Scene) -> None:
    browser, app = everybody.browser("owner"), everybody.template.app
    browser.post("/teach/banks/harbour/sharing", {"username": "tamar", "right": "edit"})
    with app.app_context():
        tamar = person(db.session(), "tamar").id
    assert entries(app)[-1].details == {"right": "edit", "people": [tamar]}


@pytest.mark.parametrize(
    ("role", "address", "deed"),
    [
        ("student", "/account/data.zip", "data.own"),
        ("owner", "/teach/classes/{classroom_id}/gradebook/file", "gradebook.downloaded"),
        ("administrator", "/admin/people/{user_id}", "person.looked_at"),
        ("administrator", "/admin/people/{user_id}/data.zip", "data.downloaded"),
        ("administrator", "/admin/log.csv", "log.downloaded"),
    ],
)
def test_what_is_read_of_people_is_noted_when_it_was_answered(
    everybody: Scene, role: str, address: str, deed: str
) -> None:
    browser, app = everybody.browser(role), everybody.template.app
    earlier = len(entries(app))
    assert browser.get(address.format(**everybody.values)).status_code == 200
    assert [entry.deed for entry in entries(app, earlier)] == [deed]


def test_what_is_refused_or_not_there_is_not_noted(everybody: Scene) -> None:
    browser, app = everybody.browser("other teacher"), everybody.template.app
    earlier = len(entries(app))
    assert browser.get(f"/teach/classes/{everybody.values['classroom_id']}/gradebook/file").status_code == 404
    assert browser.post(f"/teach/classes/{everybody.values['classroom_id']}/archive").status_code == 404
    assert browser.post("/teach/classes", {"class_name": ""}).status_code == 422
    assert entries(app, earlier) == []


def test_deed_and_entry_stand_or_fall_together(everybody: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, app = everybody.browser("owner"), everybody.template.app
    before = stored(app)

    def fails(*_: object) -> None:
        raise OSError("the log cannot be written")

    monkeypatch.setattr("quizapp.services.audit.note", fails)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    assert browser.post("/teach/classes", {"class_name": "History 11"}).status_code == 500
    assert browser.get(f"/teach/classes/{everybody.values['classroom_id']}/gradebook/file").status_code == 500
    assert stored(app) == before
