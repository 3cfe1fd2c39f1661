"""A class that works on a real server while something goes wrong, and what the server says of itself meanwhile."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Event, Thread

from tests.proof.students import Answer, Form, Line, Student, Values
from tests.server import Server

STUDENTS = 6
AGAIN = 0.2
"""Seconds until a student sends again what was refused."""
HONEST = ("could not be saved at this moment", "cannot use its database at this moment", "signing in at this moment")
"""What a refusal says."""


class Enough(OSError):
    """The student stops for today."""


@dataclass
class PatientLine(Line):
    """A connection of somebody who sends again what was honestly refused, until it is taken."""

    until: float = float("inf")
    refused: int = 0

    def ask(self, path: str, form: Form | None = None) -> tuple[int, str, str]:
        """As ever, but for refusals, which are counted."""
        while time.monotonic() < self.until:
            answer = super().ask(path, form)
            if answer[0] != 503:
                return answer
            assert any(words in answer[1] for words in HONEST), answer[1]
            self.refused += 1
            time.sleep(AGAIN)
        raise Enough


@dataclass
class PatientStudent(Student):
    """A student whose answers are sent until they are acknowledged, as the page's scripts do."""

    def _send(self, position: int, answer: Answer, path: str) -> tuple[int, str, str]:
        before = self._line.refused
        status, text, location = super()._send(position, answer, path)
        if status == 409 and self._line.refused > before:
            # It was saved, though the server could not say so any more.
            self._acknowledge(position, Answer(answer.revision, self._told(position, answer)), "after all")
            raise Enough
        return status, text, location

    def _told(self, position: int, answer: Answer) -> Values:
        return self._found(position, answer.values, "")

    @property
    def _line(self) -> PatientLine:
        assert isinstance(self.line, PatientLine)
        return self.line


@dataclass
class Seen:
    """What the server said of itself at one time: the status (0 for no answer at all), the word, and the seconds."""

    path: str
    status: int
    word: str
    took: float


@dataclass
class School:
    """A server, and students who answer on it."""

    server: Server
    students: list[PatientStudent]
    pool: ThreadPoolExecutor
    seen: list[Seen] = field(default_factory=list)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Let everybody work meanwhile, and stop afterwards."""
        for student in self.students:
            student._line.until = float("inf")
        work: list[Future[None]] = [self.pool.submit(student.work) for student in self.students]
        try:
            yield
        finally:
            for student in self.students:
                student._line.until = 0
            for each in work:
                each.result(timeout=60)
            for student in self.students:
                student._line.until = float("inf")

    def lost(self) -> list[str]:
        """What is missing of what was acknowledged."""
        return [lost for found in self.pool.map(Student.look, self.students) for lost in found]

    @property
    def refused(self) -> int:
        """Requests that were refused so far."""
        return sum(student._line.refused for student in self.students)

    @property
    def acknowledged(self) -> int:
        """Answers that were acknowledged so far."""
        done = sum((student.done for student in self.students), Counter[str]())
        return done["by script"] + done["by form"] + done["after all"]

    @contextmanager
    def watched(self) -> Iterator[list[Seen]]:
        """Ask for health and readiness all the while; gives what was said."""
        seen: list[Seen] = []
        over = Event()
        asking = [Thread(target=self._ask, args=(path, seen, over)) for path in ("/healthz", "/readyz")]
        for thread in asking:
            thread.start()
        try:
            yield seen
        finally:
            over.set()
            for thread in asking:
                thread.join(timeout=60)

    def _ask(self, path: str, seen: list[Seen], over: Event) -> None:
        while not over.wait(0.3):
            seen.append(look(self.server.port, path))

    def is_ready_within(self, seconds: float) -> bool:
        """Whether the server says so within so many seconds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if look(self.server.port, "/readyz").status == 200:
                return True
            time.sleep(0.2)
        return False


def look(port: int, path: str) -> Seen:
    """Ask once."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        status, word = response.status, response.read().decode().strip()
    except (HTTPException, OSError) as error:
        status, word = 0, type(error).__name__
    finally:
        connection.close()
    return Seen(path, status, word, time.monotonic() - began)


def words_of(seen: list[Seen], path: str) -> set[str]:
    """What was said at an address."""
    return {each.word for each in seen if each.path == path}


def slowest(seen: list[Seen], path: str) -> float:
    """The longest that an answer took, in seconds."""
    return max(each.took for each in seen if each.path == path)


@contextmanager
def school_on(server: Server, students: int = STUDENTS) -> Iterator[School]:
    """Start the server, and let students arrive; all is ended afterwards."""
    chance = Random(7)
    with ThreadPoolExecutor(students) as pool:
        school = School(
            server,
            [
                PatientStudent(
                    PatientLine(server.port),
                    Random(chance.random()),
                    username=f"student-{number}" if number % 2 else "",
                )
                for number in range(students)
            ],
            pool,
        )
        try:
            server.start()
            list(pool.map(Student.arrive, school.students))
            yield school
        finally:
            server.kill()
            for student in school.students:
                student._line.until = 0
                student.line.hang_up()
