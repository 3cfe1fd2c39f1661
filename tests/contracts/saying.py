"""All that the server says to a student of an attempt at the nine questions, by page, form, script, list and file."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZipFile

from werkzeug.test import TestResponse

from tests.conftest import Browser

ASKED = ("founder", "goods", "walls", "river", "first-year", "keepers", "losses", "last-bell", "decline")
"""The questions, a kind each, in their order."""
POSITIONS = range(1, len(ASKED) + 1)
Answers = Mapping[int, Sequence[str]]

LISTS = ("/", "/history", "/history/attempts.csv", "/account/data.zip", "/review", "/review/forecast")
BAD: Answers = {
    1: ["99"], 2: ["1", "1"], 3: ["maybe"], 4: ["two", "answers"], 5: ["unreadable"], 6: ["9", "", ""],
    7: ["1", "1", "2", "3"], 8: ["canoe", ""], 9: ["two", "essays"],
}  # fmt: skip
"""What is no answer."""


def answers(browser: Browser, attempt: int, words: Answers) -> Answers:
    """Answers as the form sends them, from those in words: an option's value is its place on this attempt's page."""
    page = browser.get(f"/attempts/{attempt}/questions/1", follow_redirects=True).text
    page += browser.get(f"/attempts/{attempt}/questions/2", follow_redirects=True).text
    return {**words, **{position: sorted(_place(page, option) for option in words[position]) for position in (1, 2)}}


def _place(page: str, words: str) -> str:
    found = re.search(rf'value="(\w+)"[^>]*>\s*<span class="words">{re.escape(words)}</span>', page)
    assert found is not None, page
    return found[1]


def said_of_open(browser: Browser, attempt: int, given: Answers, quiz: str, practice: bool) -> list[str]:
    """What is said of an open attempt while each question is answered, with what is no answer between; none checked."""
    here = f"/attempts/{attempt}"
    said = []
    for position in POSITIONS:
        said += _said_of_question(browser, f"{here}/questions/{position}", given[position], BAD[position], practice)
    sheet: dict[str, object] = {f"answer-{position}": BAD[position] for position in POSITIONS}
    said.append(browser.post(f"{here}/questions", sheet))
    addresses = (here, f"{here}/questions", f"{here}/submit", f"{here}/review", f"/quizzes/{quiz}", *LISTS)
    said += [browser.get(address, follow_redirects=True) for address in addresses]
    said.append(browser.get(f"{here}/state"))
    return [text_of(response) for response in said]


def _said_of_question(
    browser: Browser, place: str, given: Sequence[str], bad: Sequence[str], practice: bool
) -> list[TestResponse]:
    draft = {"flag": "1"} if practice else {}
    kept = {"answer": given, "certainty": "3"}
    found = [
        browser.get(place, follow_redirects=True),
        browser.post(f"{place}/save", {**kept, "revision": 5}),
        browser.post(f"{place}/save", {**kept, "revision": 4}),
        browser.post(f"{place}/save", {"answer": bad, "revision": 6}),
        browser.post(place, {**kept, **draft, "revision": 7}),
        browser.post(place, {**kept, **draft, "revision": 7}),
        browser.post(place, {"answer": bad, **draft, "revision": 8}),
        browser.get(place, follow_redirects=True),
        browser.get(f"{place}/report"),
        browser.post(f"{place}/report", {"reason": "no reason"}),
    ]
    assert [response.status_code for response in found] == [200, 200, 409, 422, 303, 409, 422, 200, 200, 422]
    return found


def said_after_answer(browser: Browser, attempt: int, position: int, given: Sequence[str]) -> str:
    """What is said when an answer is sent, in practice to be checked, and of its question from then on."""
    place = f"/attempts/{attempt}/questions/{position}"
    said = browser.post(place, {"answer": given, "revision": 1}), browser.get(place, follow_redirects=True)
    return "\n".join(text_of(response) for response in said)


def said_of_submitted(browser: Browser, attempt: int, quiz: str) -> list[str]:
    """What is said of a submitted attempt whose key is held back."""
    here = f"/attempts/{attempt}"
    said = []
    for place in (f"{here}/questions/{position}" for position in POSITIONS):
        again = [browser.post(f"{place}/{way}") for way in ("redo", "another")]
        assert [response.status_code for response in again] == [404, 404]
        late = {"answer": "1", "revision": 9}
        said += [*again, browser.get(place, follow_redirects=True), browser.post(place, late)]
        said += [browser.post(f"{place}/save", late), browser.get(f"{place}/report")]
    addresses = (here, f"{here}/questions", f"{here}/submit", f"{here}/review", f"/quizzes/{quiz}", *LISTS)
    said += [browser.get(address, follow_redirects=True) for address in addresses]
    said.append(browser.get(f"{here}/state"))
    return [text_of(response) for response in said]


def text_of(response: TestResponse) -> str:
    """Address, status, headers (cookies aside, which are signed with the time) and body, a ZIP file unpacked."""
    headers = [f"{name}: {value}" for name, value in response.headers if name != "Set-Cookie"]
    return "\n".join([response.request.path, response.status, *headers, _body(response)])


def _body(response: TestResponse) -> str:
    if response.mimetype == "application/json":
        return json.dumps(response.json, ensure_ascii=False)
    if response.mimetype != "application/zip":
        return str(response.text)
    with ZipFile(BytesIO(response.data)) as files:
        return "\n".join(f"{name}\n{files.read(name).decode()}" for name in files.namelist())


def words_of(said: str) -> str:
    """The words a reader sees, without tags and entities, and then the text as it was sent."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", said)).split()) + html.unescape(said)
