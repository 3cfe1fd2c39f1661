"""Two published tests, taken by a thousand students each, give the published figures.

One student of each pattern takes them through the services, and all others alike; as a `long` test every student does.
"""

from collections.abc import Iterator
from itertools import islice

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.item_analysis.quizzes import Reliability
from quizapp.formats.bank_yaml import read_bank
from quizapp.models import Quiz, User, db
from quizapp.services import banks
from quizapp.services.item_analysis import figures, tallying
from quizapp.services.item_analysis.figures import QuizFigures
from tests.conftest import NOW, make_app, quiz_named
from tests.item_analysis import files_with, fold, new_students, take_alike, takes
from tests.lsat import LSAT6, LSAT7, Patterns

TESTS = {"lsat6": LSAT6, "lsat7": LSAT7}


@pytest.fixture(scope="module", params=["alike", pytest.param("each", marks=pytest.mark.long)])
def taken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A thousand students have taken both tests, and their answers are folded."""
    app = make_app(tmp_path_factory.mktemp("lsat"))
    with app.app_context():
        db.create_all()
        session = db.session()
        banks.load_bank(session, read_bank(files_with(*TESTS)), "digest", NOW)
        students = new_students(session, 1000)
        for test, patterns in TESTS.items():
            take(session, students, quiz_named(session, test), patterns, alike=request.param == "alike")
        yield session
        db.session.remove()
        db.engine.dispose()


def take(session: Session, students: list[User], quiz: Quiz, patterns: Patterns, alike: bool) -> None:
    """The students take a test, so many by each pattern, and what they answered is folded."""
    rest = iter(students)
    for pattern, count in patterns.items():
        some = list(islice(rest, count))
        choices = [1 - int(right) for right in pattern]
        attempts = [takes(session, student, quiz, choices) for student in (some[:1] if alike else some)]
        if len(attempts) < count:
            take_alike(session, attempts[0], some[1:])
    session.commit()
    assert fold(session, quiz) == 1000


def found(session: Session, test: str) -> QuizFigures:
    """The figures of a test."""
    return figures.quiz_figures(session, quiz_named(session, test).id)


@pytest.mark.parametrize(
    ("test", "facility", "corrected"),
    [
        ("lsat6", [0.924, 0.709, 0.553, 0.763, 0.870], [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]),
        ("lsat7", [0.828, 0.658, 0.772, 0.606, 0.843], [0.2457, 0.2467, 0.3132, 0.2228, 0.1748]),
    ],
)
def test_every_question_has_its_published_figures(
    taken: Session, test: str, facility: list[float], corrected: list[float]
) -> None:
    asked = [one.figures for one in found(taken, test).versions]
    assert [one.facility.value for one in asked if one.facility] == pytest.approx(facility, abs=1e-9)
    assert [one.discrimination.value for one in asked if one.discrimination] == pytest.approx(corrected, abs=5e-5)


def test_the_whole_test_has_its_published_figures(taken: Session) -> None:
    six, seven = found(taken, "lsat6"), found(taken, "lsat7")
    assert isinstance(six.scores.reliability, Reliability)
    assert isinstance(seven.scores.reliability, Reliability)
    assert six.scores.mean is not None
    assert six.scores.sd is not None
    assert six.possible == 5
    marks = 5 * six.scores.mean.value, 5 * six.scores.sd, 5 * six.scores.reliability.sem
    assert marks == pytest.approx((3.819, 1.03504, 0.86907), abs=5e-6)
    assert six.scores.reliability.alpha.value == pytest.approx(0.2950, abs=5e-5)
    assert seven.scores.reliability.alpha.value == pytest.approx(0.45341, abs=5e-6)
    without = [one.without for one in six.versions]
    assert without == pytest.approx([0.2754, 0.2376, 0.2168, 0.2459, 0.2663], abs=5e-5)


def test_the_best_against_the_weakest_are_as_published(taken: Session) -> None:
    values = [one.figures.upper_lower.value for one in found(taken, "lsat6").versions if one.figures.upper_lower]
    assert values == pytest.approx([0.1966, 0.6315, 0.8109, 0.5370, 0.3203], abs=5e-5)


def test_a_thousand_answers_are_kept_as_few_sums_which_the_answers_themselves_give(taken: Session) -> None:
    quiz = quiz_named(taken, "lsat6").id
    kept = tallying.kept(taken, quiz)
    assert kept == tallying.rebuilt(taken, quiz)
    assert len(kept) == 5 * 2 * 5
