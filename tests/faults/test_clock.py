"""The machine's clock is set back or forward while a class works."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.load import School, look, school_on
from tests.proof.students import Student
from tests.server import Server

pytestmark = pytest.mark.long
HOUR = 3600
LIMIT = 90
"""Minutes; longer than any time by which the clock goes wrong while answers are expected to be taken."""
SetClock = Callable[[int], None]


@pytest.fixture
def set_clock(server: Server, tmp_path: Path) -> SetClock:
    """Sets the clock of the server that starts later, by so many seconds from the right time."""
    file = tmp_path / "clock"
    file.write_text("0")
    server.settings |= {
        "PYTHONPATH": str(Path(__file__).parent / "other_clock"), "QUIZAPP_TEST_CLOCK": str(file),
    }  # fmt: skip

    def by(seconds: int) -> None:
        new = file.with_suffix(".new")
        new.write_text(str(seconds))
        new.rename(file)

    return by


@pytest.fixture
def school(set_clock: SetClock, server: Server) -> Iterator[School]:
    """Students on a server whose clock can be set; their test has a time limit."""
    bank = server.questions / "harbour" / "bank.yaml"
    limited = f"mode: test\n    settings: {{minutes: {LIMIT}}}\n"
    bank.write_text(bank.read_text(encoding="utf-8").replace("mode: test\n", limited), encoding="utf-8")
    with school_on(server) as school:
        yield school


def state_of(student: Student) -> dict[str, object]:
    found: dict[str, object] = json.loads(student.line.ask(f"/attempts/{student.attempt}/state")[1])
    return found


@pytest.mark.parametrize("seconds", [-HOUR, HOUR])
def test_every_answer_is_saved_whatever_the_clock_is_set_to(school: School, set_clock: SetClock, seconds: int) -> None:
    with school.working():
        time.sleep(1.5)
        set_clock(seconds)
        before = school.acknowledged
        time.sleep(3)
    assert school.refused == 0
    assert school.acknowledged > before
    assert school.lost() == []
    assert look(school.server.port, "/readyz").status == 200


def test_a_clock_that_was_set_back_makes_no_attempt_longer_than_until_its_deadline(
    school: School, set_clock: SetClock
) -> None:
    student = next(student for student in school.students if student.username)
    before = state_of(student)
    set_clock(-HOUR)
    after = state_of(student)
    assert isinstance(before["deadline"], int)
    assert (after["deadline"], after["open"]) == (before["deadline"], True)
    set_clock(2 * HOUR)
    assert state_of(student)["open"] is False
