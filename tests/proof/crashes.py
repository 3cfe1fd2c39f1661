"""Students answer, and the server is killed: what was acknowledged is there when it comes back.

`python -m tests.proof.crashes --rounds 10` kills the real server at random moments under load, and reports.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
import urllib.error
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from tests.server import Server, server_in

STUDENTS = 8
YEAR_AT = 2
"""The question of the practice that is answered with a year."""
GONE = (urllib.error.URLError, HTTPException, ConnectionError, TimeoutError)
"""What a student sees of a killed server."""


@dataclass
class Student:
    """A guest at a practice: what was acknowledged, and what was on its way when the server went away."""

    server: Server
    browser: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor()))
    token: str = ""
    attempt: int = 0
    revision: int = 0
    acknowledged: tuple[int, str] = (0, "")
    result: str = ""
    saves: int = 0
    unanswered: int = 0

    def _ask(self, path: str, form: dict[str, str] | None = None) -> str:
        data = None if form is None else urlencode({"csrf_token": self.token, **form}).encode()
        request = Request(f"http://127.0.0.1:{self.server.port}{path}", data=data)
        with self.browser.open(request, timeout=10) as answer:
            return str(answer.read().decode())

    def _find_token(self, page: str) -> None:
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found is not None
        self.token = found[1]

    def begin(self) -> None:
        """Begin the practice, again if one was submitted."""
        self._find_token(self._ask("/account/sign-in"))
        page = self._ask("/quizzes/rise-practice/attempts", {})
        self._find_token(page)
        number = re.search(r"/attempts/(\d+)/", page)
        assert number is not None
        self.attempt, self.revision, self.acknowledged, self.result = int(number[1]), 0, (0, ""), ""

    def answer_until_the_server_goes(self, chance: random.Random) -> None:
        """Save one year after the other; now and then submit and begin anew."""
        try:
            while True:
                if self.result or not self.attempt:
                    self.begin()
                self._save(str(chance.randint(1000, 1999)))
                if chance.random() < 0.02:
                    page = self._ask(f"/attempts/{self.attempt}/submit", {})
                    self.result = score_in(page)
        except urllib.error.HTTPError:
            raise
        except GONE:
            self.unanswered += 1

    def _save(self, year: str) -> None:
        revision = self.revision + 1
        self.revision = revision
        form = {"answer": year, "revision": str(revision)}
        said = json.loads(self._ask(f"/attempts/{self.attempt}/questions/{YEAR_AT}/save", form))
        assert said["state"] == "saved", said
        self.acknowledged = (said["revision"], year)
        self.saves += 1

    def lost(self) -> str:
        """What is missing of what was acknowledged, in a sentence; empty where nothing is."""
        if not self.attempt:
            return ""
        state = json.loads(self._ask(f"/attempts/{self.attempt}/state"))
        page = self._ask(f"/attempts/{self.attempt}")
        if self.result:
            same = not state["open"] and score_in(page) == self.result
            return "" if same else f"attempt {self.attempt} was submitted with {self.result}"
        if not state["open"]:
            self.result = score_in(page)
            return ""
        revision, year = self.acknowledged
        kept = state["slots"][YEAR_AT - 1]["revision"]
        page = self._ask(f"/attempts/{self.attempt}/questions/{YEAR_AT}")
        if kept < revision or (kept == revision and year and f'value="{year}"' not in page):
            return f"attempt {self.attempt}: {year} was acknowledged as {revision}, and {kept} is kept"
        self.revision = kept
        return ""


def score_in(page: str) -> str:
    """The score that a review shows."""
    found = re.search(r"[\d.]+ of [\d.]+ marks", page)
    assert found is not None, page[:2000]
    return found[0]


@dataclass
class Report:
    """How it went: answers acknowledged, requests that were on their way at a kill, and what was lost."""

    rounds: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    lost: list[str] = field(default_factory=list)


def crash(folder: Path, rounds: int, seed: int, say: Callable[[str], None] = lambda _: None) -> Report:
    """Kill a server under load so many times, and look after each restart."""
    chance, server, report = random.Random(seed), server_in(folder), Report()
    students = [Student(server) for _ in range(STUDENTS)]
    server.start()
    try:
        for _ in range(rounds):
            with ThreadPoolExecutor(STUDENTS) as pool:
                working = [
                    pool.submit(student.answer_until_the_server_goes, random.Random(chance.random()))
                    for student in students
                ]
                time.sleep(0.8 + chance.random() * 1.5)
                server.kill()
            for work in working:
                work.result()
            server.start()
            report.lost += [lost for student in students if (lost := student.lost())]
            report.rounds += 1
            report.acknowledged = sum(student.saves for student in students)
            report.unanswered = sum(student.unanswered for student in students)
            say(f"{report.rounds}: {report.acknowledged} acknowledged so far, {len(report.lost)} lost")
    finally:
        server.kill()
    return report


def main() -> int:
    """Run it and print the report; 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = crash(Path(folder), chosen.rounds, chosen.seed, print)
    print(
        f"{report.rounds} kills (seed {chosen.seed}): {report.acknowledged} answers acknowledged, "
        f"{report.unanswered} on their way when the server went, {len(report.lost)} lost"
    )
    for lost in report.lost:
        print(f"  {lost}")
    return 1 if report.lost else 0


if __name__ == "__main__":
    sys.exit(main())
