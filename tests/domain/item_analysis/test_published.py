"""The figures of two published tests, to the digits published or computed from the published counts."""

import pytest

from quizapp.domain.item_analysis.questions import Figure, discrimination, efficiency, facility, upper_lower
from quizapp.domain.item_analysis.quizzes import Reliability, Scores, scores
from tests.lsat import LSAT6, LSAT7, Patterns, answers_to

QUESTIONS = range(5)


def values(found: list[Figure | None]) -> list[float]:
    """The figures alone."""
    return [figure.value for figure in found if figure is not None]


def whole(patterns: Patterns) -> Scores:
    """The figures of the test."""
    return scores({question: answers_to(patterns, question) for question in QUESTIONS})


@pytest.mark.parametrize(
    ("patterns", "published"),
    [(LSAT6, [0.924, 0.709, 0.553, 0.763, 0.870]), (LSAT7, [0.828, 0.658, 0.772, 0.606, 0.843])],
    ids=["LSAT6", "LSAT7"],
)
def test_facility(patterns: Patterns, published: list[float]) -> None:
    found = [facility(answers_to(patterns, question)) for question in QUESTIONS]
    assert values(found) == pytest.approx(published, abs=1e-12)


@pytest.mark.parametrize(
    ("patterns", "published"),
    [
        (LSAT6, [0.112833, 0.153178, 0.172779, 0.144428, 0.121596]),
        (LSAT7, [0.245732, 0.246674, 0.313179, 0.222751, 0.174786]),
    ],
    ids=["LSAT6", "LSAT7"],
)
def test_corrected_discrimination(patterns: Patterns, published: list[float]) -> None:
    found = [discrimination(answers_to(patterns, question)) for question in QUESTIONS]
    assert values(found) == pytest.approx(published, abs=5e-7)


def test_the_best_against_the_weakest_27_percent() -> None:
    found = [upper_lower(answers_to(LSAT6, question)) for question in QUESTIONS]
    assert values(found) == pytest.approx([0.1966, 0.6315, 0.8109, 0.5370, 0.3203], abs=5e-5)


@pytest.mark.parametrize(
    ("patterns", "alpha", "without"),
    [
        (LSAT6, 0.294997, [0.275356, 0.237584, 0.216799, 0.245933, 0.266294]),
        (LSAT7, 0.453409, [0.395975, 0.393831, 0.345391, 0.414601, 0.438462]),
    ],
    ids=["LSAT6", "LSAT7"],
)
def test_alpha_and_alpha_without_each_question(patterns: Patterns, alpha: float, without: list[float]) -> None:
    reliability = whole(patterns).reliability
    assert isinstance(reliability, Reliability)
    assert reliability.alpha.value == pytest.approx(alpha, abs=5e-7)
    assert list(reliability.without.values()) == pytest.approx(without, abs=5e-7)


def test_mean_spread_and_error_in_marks_of_five() -> None:
    found = whole(LSAT6)
    assert found.mean is not None
    assert found.sd is not None
    assert isinstance(found.reliability, Reliability)
    marks = [5 * found.mean.value, 5 * found.sd, 5 * found.reliability.sem]
    assert marks == pytest.approx([3.819, 1.035041, 0.869067], abs=5e-7)
    assert (found.n, found.columns) == (1000, (3, 0, 20, 0, 85, 0, 237, 0, 357, 298))


def test_an_efficiency_is_the_discrimination_on_the_scale_of_what_is_possible() -> None:
    for question in QUESTIONS:
        found, plain = efficiency(answers_to(LSAT6, question)), discrimination(answers_to(LSAT6, question))
        assert found is not None
        assert plain is not None
        assert plain.value < found.value < 1
        assert found.low / plain.low == pytest.approx(found.value / plain.value)
