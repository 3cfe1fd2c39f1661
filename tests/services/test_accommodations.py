"""What is arranged for a student."""

import pytest
from sqlalchemy.orm import Session

from quizapp.models import Accommodation, db
from quizapp.services.accommodations import Accommodations, accommodation_of, set_accommodation
from tests.conftest import person


def test_a_student_for_whom_nothing_is_arranged_gets_what_everybody_gets(session: Session) -> None:
    assert accommodation_of(session, person(session, "ayesha").id) == Accommodations(1.0, 0)


def test_what_is_arranged_anew_takes_the_place_of_what_was(session: Session) -> None:
    ayesha, ben = person(session, "ayesha").id, person(session, "ben").id
    set_accommodation(session, ayesha, Accommodations(1.5, 2))
    set_accommodation(session, ayesha, Accommodations(1.25, 0))
    assert accommodation_of(session, ayesha) == Accommodations(1.25, 0)
    assert accommodation_of(session, ben) == Accommodations()
    assert session.scalar(db.select(db.func.count(Accommodation.id))) == 1


@pytest.mark.parametrize(("factor", "extra"), [(0.5, 0), (5.1, 0), (float("nan"), 0), (1.0, -1), (1.0, 101)])
def test_nothing_is_taken_away_and_nothing_is_without_bounds(factor: float, extra: int) -> None:
    with pytest.raises(ValueError, match="from"):
        Accommodations(factor, extra)
