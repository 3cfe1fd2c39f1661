"""Who may do what."""

import pytest

from quizapp.domain.access import Audience, Role, admits, may_start

NOBODY, GUEST, STUDENT, TEACHER = None, Role.GUEST, Role.STUDENT, Role.TEACHER


@pytest.mark.parametrize(
    ("audience", "admitted"),
    [
        (Audience.EVERYONE, {NOBODY, GUEST, STUDENT, TEACHER}),
        (Audience.LEARNERS, {GUEST, STUDENT, TEACHER}),
        (Audience.ACCOUNTS, {STUDENT, TEACHER}),
        (Audience.TEACHERS, {TEACHER}),
    ],
)
def test_a_page_admits_its_audience_and_nobody_else(audience: Audience, admitted: set[Role | None]) -> None:
    assert {role for role in (NOBODY, *Role) if admits(audience, role)} == admitted


def test_anyone_may_practise_and_a_test_needs_an_account() -> None:
    assert {role for role in (NOBODY, *Role) if may_start("test", role)} == {STUDENT, TEACHER}
    assert all(may_start("practice", role) for role in (NOBODY, *Role))
