"""Everybody writes the same kind of words into every text field that they find, and numbers tell which field it was."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from quizapp.models import Base, db
from tests.conftest import PASSWORD, Browser, Template
from tests.contracts.access import Scene, scene
from tests.contracts.forms import Button, Field, Form, forms_in
from tests.security.alive import alive_in, formulas_in
from tests.security.payloads import COMPUTED, payload
from tests.security.walking import addresses, walk
from tests.web.test_teach import COMMON
from tests.web.test_teach import KINDS as QUESTIONS

Name = tuple[str, str]
"""A text field wherever it stands: the route that takes it, and what it is called there, with # for numbers."""

_NUMBER, _DATE, _QUOTE = "a number", "a date", "words of the passage, which is written in elsewhere"
_SEARCH, _CODE = "looked for, and forgotten", "a code of the bank's own list"
NOT_KEPT: Mapping[Name, str] = {
    ("account.sign_in", "username"): "compared, and forgotten",
    ("account.sign_up", "username"): "letters, digits, dots, hyphens and underscores only",
    ("joining.enter", "code"): _SEARCH,
    ("teach.accommodate", "other"): _NUMBER,
    ("teach.edit_assignment", "attempts"): _NUMBER,
    ("teach.edit_assignment", "late_percent"): _NUMBER,
    ("teach.edit_assignment", "minutes"): _NUMBER,
    ("teach.new_assignment", "attempts"): _NUMBER,
    ("teach.new_assignment", "late_percent"): _NUMBER,
    ("teach.new_assignment", "minutes"): _NUMBER,
    ("teach.set_marks", "marks"): _NUMBER,
    ("teach.share_class", "username"): "compared with those of the teachers",
    ("teach.edit_quiz", "find"): _SEARCH,
    ("teach.questions", "words"): _SEARCH,
    ("teach.plan_bulk", "to-untag"): "a tag that is taken away",
} | {
    (f"teach.{route}", name): why
    for route in ("edit_question", "new_question")
    for why, names in {
        _NUMBER: ("answer", "tolerance", "relative_tolerance", "reject-#-value", "rubric-#-points", "ask",
                  "words_least", "words_most"),
        _DATE: ("items-#-date",),
        _QUOTE: ("evidence-#-quote", "choices-#-evidence-#-quote", "pairs-#-evidence-#-quote"),
        _CODE: ("claims",),
    }.items()
    for name in names
} | {
    (f"teach.{route}", f"notes-#-{name}"): why
    for route in ("edit_passage", "new_passage")
    for name, why in {"quote": _QUOTE, "claims": _CODE}.items()
}  # fmt: skip
"""Text fields whose words are stored nowhere, and why; of all others something is."""
_ESSAY = {"text": "The wheel turned all day. " * 9, "title": "A text", "author": "N. Body", "objectives": "Say it"}
_BASE: Mapping[str, Mapping[str, object]] = {
    "account.sign_up": {"username": "marked", "display_name": "Marked"},
    "taking.report": {"reason": "key"},
    "teach.mark": {"points-0": "1", "points-1": "1"},
    "teach.new_passage": {
        "title": "A passage",
        "text": "It was so.",
        "section": "rise",
        "notes-0-quote": "It was so.",
        "notes-0-verdict": "disputed",
        "notes-0-record": "It was not.",
        "notes-0-references": "A book, page 3",
    },
    "teach.split_text": _ESSAY,
    "teach.plan_bulk": {"all": "1", "deed": "tag", "to-tag": "plain"},
    "teach.preview_correction": {"reason": "It was so.", "key": "1"},
}
"""What a form has to say beside the words that are tried."""


def _as_list(words: str) -> str:
    """A list of names with one student in it."""
    written = io.StringIO()
    csv.writer(written).writerows([["name", "username"], [words, "student-of-the-list"]])
    return written.getvalue()


SHAPES: Mapping[Name, Callable[[str], str]] = {
    ("teach.import_roster", "roster"): _as_list,
    ("teach.split_text", "text"): lambda words: f"# {words}\n\n{words}\n\nThe wheel turned. {words}",
    ("teach.new_passage", "text"): lambda words: f"{words}\n\nIt was so.",
    ("teach.edit_question", "blanks-#-choices"): lambda words: f"cart\n{words}\ncopper",
    ("teach.new_question", "blanks-#-choices"): lambda words: f"glass\ntin\n{words}",
    ("teach.edit_question", "text"): lambda words: f"{words} came by [[1]] and went by [[2]].",
    ("teach.new_question", "text"): lambda words: f"{words} came by [[1]] and went by [[2]].",
}
"""Fields that take words only in a certain shape."""
WRITERS = ("student", "owner", "visitor")
"""Who writes."""
_TIMES = 3
"""How often a field that stands on many pages is filled in."""


@dataclass
class Written:
    """What came of it: the numbers that went into each field, and what was alive on a page that answered."""

    kind: int
    numbers: dict[Name, list[int]] = field(default_factory=dict)
    alive: list[str] = field(default_factory=list)
    count: int = 0

    def words(self, name: Name) -> str:
        """The next words for a field."""
        self.count += 1
        self.numbers.setdefault(name, []).append(self.count)
        return SHAPES.get(name, str)(payload(self.kind + self.count, self.count))


def write_everywhere(app: Flask, browser: Browser, begin: list[str], written: Written) -> None:
    """Fill in every form on every page that can be come to from here: all fields at once, then each by itself.

    A field that stands on many pages is filled in a few times.
    """
    for origin, form in list(_forms(app, browser, begin)):
        endpoint = _endpoint(app, form)
        texts = [one for one in form.fields if one.is_text and one.kind != "password"]
        new = [one for one in texts if len(written.numbers.get(name_of(endpoint, one), ())) < _TIMES]
        for chosen in ([texts] if new else []) + [[one] for one in new]:
            _send(browser, origin, form, chosen, endpoint, written)


def name_of(endpoint: str, one: Field) -> Name:
    """What a field is called wherever it stands."""
    return endpoint, re.sub(r"\d+", "#", one.name)


def _forms(app: Flask, browser: Browser, begin: list[str]) -> Iterator[tuple[str, Form]]:
    seen = set()
    for address, response in walk(app, browser, begin):
        for form in forms_in(response.text, address) if response.mimetype == "text/html" else ():
            known = form.method, form.address, tuple(one.name for one in form.fields)
            if known not in seen:
                seen.add(known)
                yield address, form


def _send(browser: Browser, origin: str, form: Form, texts: list[Field], endpoint: str, written: Written) -> None:
    """Open the page anew, as somebody else may have saved meanwhile, and send the form with these fields changed."""
    fresh = next((one for one in forms_in(browser.get(origin).text, origin) if _same(one, form)), form)
    data = fresh.data() | _base(endpoint, form.address)
    data |= {one.name: PASSWORD for one in fresh.fields if one.kind == "password"}
    data |= {one.name: _put(one, written.words(name_of(endpoint, one)), endpoint) for one in texts}
    names = {one.name for one in texts}
    _look_and_go_on(browser, fresh, _sent(browser, fresh, data), names, set(fresh.buttons), written)


def _look_and_go_on(
    browser: Browser, form: Form, response: TestResponse, names: set[str], pushed: set[Button], written: Written
) -> None:
    """Look at what answers; where it is the form again, with what would happen, push the buttons that lead on."""
    if response.mimetype != "text/html":
        return
    written.alive += [f"{form.method} {form.address}: {found}" for found in alive_in(response.text)]
    if response.status_code != 200 or form.method != "POST":
        return
    for again in forms_in(response.text, form.address):
        if again.method == "POST" and names & {one.name for one in again.fields}:
            for button in (one for one in again.buttons if one not in pushed and one.name != "action"):
                pushed.add(button)
                there = replace(again, address=button.address)
                more = {button.name: button.value} if button.name else {}
                _look_and_go_on(browser, there, _sent(browser, there, there.data(**more)), names, pushed, written)


def _base(endpoint: str, address: str) -> dict[str, object]:
    """What the form has to say; of a new question, whatever its kind needs."""
    if endpoint == "teach.new_question":
        parts = ("value", "text", "feedback")
        rejected = {f"reject-{row}-{part}": f"{1811 + row}" for row in range(3) for part in parts}
        return {**rejected, **COMMON, **QUESTIONS[address.rpartition("/")[2]]}
    return dict(_BASE.get(endpoint, {}))


def _put(one: Field, words: str, endpoint: str) -> str:
    """The words alone, or after the text of a passage, on which questions rest."""
    return f"{one.values[0]}\n\n{words}" if (endpoint, one.name) == ("teach.edit_passage", "text") else words


def _same(one: Form, other: Form) -> bool:
    return (one.method, one.address) == (other.method, other.address) and [f.name for f in one.fields] == [
        f.name for f in other.fields
    ]


def _sent(browser: Browser, form: Form, data: Mapping[str, object]) -> TestResponse:
    if form.method == "GET":
        return browser.get(re.split("[?#]", form.address)[0], query_string=data)
    sent = {**data, "csrf_token": browser.token()}
    multipart = any(one.kind == "file" for one in form.fields)
    return browser.client.post(form.address, data=sent, content_type="multipart/form-data" if multipart else None)


def _endpoint(app: Flask, form: Form) -> str:
    path = form.address.partition("?")[0].partition("#")[0]
    try:
        return str(app.url_map.bind("localhost").match(path, form.method)[0])
    except HTTPException:
        return path


def kept_nowhere(app: Flask, written: Written) -> set[Name]:
    """The fields of which nothing that was written is stored."""
    with app.app_context():
        rows = (row for table in Base.metadata.sorted_tables for row in db.session.execute(db.select(table)))
        stored = {int(number) for row in rows for number in re.findall(r"xss-(\d+)", str(tuple(row)))}
    return {name for name, numbers in written.numbers.items() if not stored & set(numbers)}


def seen_by(app: Flask, browser: Browser, begin: list[str]) -> dict[str, list[str]]:
    """What is alive on every page and in every file that can be come to from here, by address."""
    found = {}
    for address, response in walk(app, browser, begin, most=25):
        page = response.mimetype == "text/html"
        said = alive_in(response.text) if page else formulas_in(response.mimetype, response.get_data())
        said += ["a template was made of it"] if page and COMPUTED in response.text else []
        found[address] = said
    return {address: said for address, said in found.items() if said}


def everybody_wrote(template: Template, kind: int) -> tuple[Scene, Written]:
    """Everybody has written in every field, in a copy of the scene in which Ayesha is at every kind of question."""
    played, written = scene(template), Written(kind)
    first = played.browser("student")
    for quiz in ("whole-test", "essay-test"):
        first.start(quiz)
    for role in WRITERS:
        write_everywhere(template.app, browser_again(played, role), ["/", *addresses(played)], written)
    return played, written


def browser_again(played: Scene, role: str) -> Browser:
    """Somebody's browser, on the database as it is."""
    browser = Browser(played.template.app.test_client(), played.known[role])
    browser.client.set_cookie("quizapp", browser.known[0])
    return browser
