"""Students of the crash test: they answer a real server, and know what it acknowledged."""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from random import Random
from typing import Any
from urllib.parse import urlencode

WAIT = 20.0
"""Seconds that a student waits for an answer; the machine may be busy."""
GONE = (HTTPException, OSError)
"""What a student sees of a killed server."""
Values = tuple[str, ...]
Form = list[tuple[str, str]]
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def _place(chance: Random) -> Values:
    return (str(chance.randint(1, 4)),)


def _places(chance: Random) -> Values:
    return tuple(sorted(chance.sample("1234", chance.randint(1, 3))))


def _verdict(chance: Random) -> Values:
    return (chance.choice(("true", "false")),)


def _word(chance: Random) -> Values:
    return ("".join(chance.choices("abcdefghij", k=9)),)


def _number(chance: Random) -> Values:
    return (str(chance.randrange(10**8, 10**9)),)


def _matches(chance: Random) -> Values:
    return tuple(chance.choices("1234", k=3))


def _order(chance: Random) -> Values:
    return tuple(chance.sample("1234", 4))


def _blanks(chance: Random) -> Values:
    return (chance.choice(("boat", "cart", "train")), *_word(chance))


DRAFTS: Mapping[str, Mapping[int, Callable[[Random], Values]]] = {
    "rise-practice": {2: _number},
    "whole-test": {
        1: _place, 2: _places, 3: _verdict, 4: _word, 5: _number, 6: _matches, 7: _order, 8: _blanks,
    },
}  # fmt: skip
"""What is answered in each quiz, by the position of the question."""
TYPED = frozenset({_word, _number})
"""Answers that no other words on a page can be taken for."""


@dataclass(frozen=True)
class Answer:
    """An answer as it was sent, under its revision; nothing at all under revision 0."""

    revision: int = 0
    values: Values = ()


@dataclass
class Line:
    """One browser's connection, kept open, with its cookies, which outlive it."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: HTTPConnection | None = None

    def ask(self, path: str, form: Form | None = None) -> tuple[int, str, str]:
        """Status, text and the address it leads to. Raises one of GONE where no whole answer came."""
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("GET" if form is None else "POST", path, urlencode(form or []), headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        return response.status, text, response.headers.get("Location", "")

    def hang_up(self) -> None:
        """End the connection, which leads to a server that is gone."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


@dataclass
class Student:
    """A guest who practises, or an account holder at a test: what was acknowledged, and what was on its way.

    A guest's drafts become final by the form, a test's answers by submission. `submitted` holds the score of each
    attempt handed in.
    """

    line: Line
    chance: Random
    username: str = ""
    token: str = ""
    clock: float = 0.0
    """How far the server's clock is ahead of this process's, in milliseconds."""
    attempt: int = 0
    acknowledged: dict[int, Answer] = field(default_factory=dict)
    on_its_way: tuple[int, Answer] | None = None
    submitting: bool = False
    final: bool = False
    """Whether the practice's answer was checked."""
    submitted: dict[int, str] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    @property
    def quiz(self) -> str:
        """What this student takes."""
        return "whole-test" if self.username else "rise-practice"

    def arrive(self) -> None:
        """Sign up, or come as a guest."""
        if self.username:
            self._find_token(self._page("/account/sign-up"))
            new = {"username": self.username, "display_name": self.username, "password": "a long password"}
            while (status := self._post("/account/sign-up", new.items())[0]) == 503:  # many hash at this moment
                time.sleep(0.1)
            assert status == 303, status
        self._begin()

    def work(self) -> None:
        """Answer, and now and then submit, until the server goes away."""
        try:
            while True:
                self._step()
        except GONE:
            self.done["unanswered"] += 1
        finally:
            self.line.hang_up()

    def _step(self) -> None:
        if not self.attempt:
            self._begin()
        dice = self.chance.random()
        if dice < 0.03 or (self.final and dice < 0.5):
            self._submit()
        elif not self.final:
            position = self.chance.choice(tuple(DRAFTS[self.quiz]))
            values = DRAFTS[self.quiz][position](self.chance)
            by_form = self.chance.random() < (0.2 if self.username else 0.05)
            (self._save_by_form if by_form else self._save_by_script)(position, values)
        else:
            self._page(f"/attempts/{self.attempt}/questions/2")

    def _begin(self) -> None:
        self._find_token(self._page(f"/quizzes/{self.quiz}"))
        status, _, location = self._post(f"/quizzes/{self.quiz}/attempts")
        assert status == 303, status
        attempt = int(location.rsplit("/", 1)[1])
        page = self._page(f"/attempts/{attempt}/questions/1")
        self._find_token(page)
        found = re.search(r'data-now="(\d+)"', page)
        assert found is not None
        self.clock = int(found[1]) - time.monotonic() * 1000
        self.attempt, self.acknowledged, self.final = attempt, {}, False

    def _save_by_script(self, position: int, values: Values) -> None:
        known = self.acknowledged.get(position, Answer()).revision
        answer = Answer(max(known + 1, int(time.monotonic() * 1000 + self.clock)), values)
        status, text = self._send(position, answer, f"/attempts/{self.attempt}/questions/{position}/save")[:2]
        assert status == 200, (status, text)
        said = json.loads(text)
        self.clock = said["now"] - time.monotonic() * 1000
        self._acknowledge(position, Answer(said["revision"], values), "by script")

    def _save_by_form(self, position: int, values: Values) -> None:
        answer = Answer(self.acknowledged.get(position, Answer()).revision + 1, values)
        here = f"/attempts/{self.attempt}/questions/{position}"
        status, text, location = self._send(position, answer, here)
        onward = f"/attempts/{self.attempt}/submit" if position == 8 else f"/questions/{position + bool(self.username)}"
        assert (status, onward in location) == (303, True), (status, location, text)
        self.final = not self.username
        self._acknowledge(position, answer, "by form")

    def _send(self, position: int, answer: Answer, path: str) -> tuple[int, str, str]:
        self.on_its_way = position, answer
        form = [("revision", str(answer.revision)), *(("answer", value) for value in answer.values)]
        return self._post(path, form)

    def _acknowledge(self, position: int, answer: Answer, how: str) -> None:
        self.acknowledged[position], self.on_its_way = answer, None
        self.done[how] += 1

    def _submit(self) -> None:
        self.submitting = True
        status, _, location = self._post(f"/attempts/{self.attempt}/submit")
        assert (status, location) == (303, f"/attempts/{self.attempt}/review"), (status, location)
        self._keep_score()
        self.done["submitted"] += 1

    def _keep_score(self) -> None:
        self.submitted[self.attempt] = score_in(self._page(f"/attempts/{self.attempt}/review"))
        self.attempt, self.on_its_way, self.submitting = 0, None, False

    def look(self) -> list[str]:
        """What is missing of what was acknowledged, in a sentence each; from here on the student goes on."""
        found = [problem for problem in map(self._missing_of_submitted, self.submitted) if problem]
        return found + (self._missing_of_open() if self.attempt else [])

    def _missing_of_submitted(self, attempt: int) -> str:
        state, page = self._state(attempt), self._page(f"/attempts/{attempt}/review")
        same = not state["open"] and score_in(page) == self.submitted[attempt]
        return "" if same else f"attempt {attempt} was submitted with {self.submitted[attempt]}, and is not any more"

    def _missing_of_open(self) -> list[str]:
        state = self._state(self.attempt)
        page = self._page(f"/attempts/{self.attempt}")
        review = "" if state["open"] else page
        found = [] if state["open"] or self.submitting else [f"attempt {self.attempt} was closed by nobody"]
        found += [problem for slot in state["slots"] if (problem := self._missing_in(slot, review))]
        self.on_its_way, self.submitting = None, False
        if not state["open"]:
            self._keep_score()
        return found

    def _missing_in(self, slot: Mapping[str, int], review: str) -> str:
        """What is wrong with a slot: it holds the last answer acknowledged, or the one that was on its way."""
        position, kept = slot["position"], slot["revision"]
        known = self.acknowledged.get(position, Answer())
        sent = self.on_its_way[1] if self.on_its_way and self.on_its_way[0] == position else known
        expected = known if kept == known.revision else sent
        found = self._found(position, expected.values, review)
        self.acknowledged[position] = Answer(kept, found)
        where = f"question {position} of attempt {self.attempt}"
        if not known.revision <= kept <= max(known.revision, sent.revision):
            return f"{where}: revision {known.revision} was acknowledged, and {kept} is kept"
        if found != expected.values:
            return f"{where}: {expected.values} was saved as {kept}, and {found} is kept"
        return ""

    def _found(self, position: int, expected: Values, review: str) -> Values:
        """The answer that the server holds: an old page, which is told of a newer answer, is told of this one.

        A final answer is told by its page or by the `review`; where its words tell nothing, it is the one expected.
        """
        here = f"/attempts/{self.attempt}/questions/{position}"
        status, text, _ = self._post(f"{here}/save", [("revision", "0")])
        if status == 409:
            return tuple(json.loads(text)["given"])
        assert status == 410, (status, text)
        self.final = self.final or not review
        page = review or self._page(here)
        told = DRAFTS[self.quiz].get(position) not in TYPED or all(value in page for value in expected)
        return expected if told else ("another answer",)

    def _state(self, attempt: int) -> Any:
        return json.loads(self._page(f"/attempts/{attempt}/state"))

    def _post(self, path: str, form: Iterable[tuple[str, str]] = ()) -> tuple[int, str, str]:
        return self.line.ask(path, [("csrf_token", self.token), *form])

    def _page(self, path: str) -> str:
        """The text of a page, which must come, after at most two steps onward."""
        for _ in range(3):
            status, text, location = self.line.ask(path)
            if status == 200:
                return text
            assert status == 302, (path, status, text)
            path = location
        raise AssertionError(f"{path} leads nowhere")

    def _find_token(self, page: str) -> None:
        found = _TOKEN.search(page)
        assert found is not None
        self.token = found[1]


def score_in(page: str) -> str:
    """The score that a review shows."""
    found = re.search(r"[\d.]+ of [\d.]+ marks", page)
    assert found is not None, "a submitted attempt has no score"
    return found[0]
