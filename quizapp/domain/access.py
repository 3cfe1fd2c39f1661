"""Who may do what, as plain rules."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is to the product. A guest has no account yet; signing up turns the guest into a student."""

    GUEST = "guest"
    STUDENT = "student"
    TEACHER = "teacher"


class Audience(StrEnum):
    """Whom a page is for. Pages that name none are for account holders."""

    EVERYONE = "everyone"
    LEARNERS = "learners"
    ACCOUNTS = "accounts"
    TEACHERS = "teachers"


_MEMBERS: dict[Audience, frozenset[Role]] = {
    Audience.LEARNERS: frozenset(Role),
    Audience.ACCOUNTS: frozenset({Role.STUDENT, Role.TEACHER}),
    Audience.TEACHERS: frozenset({Role.TEACHER}),
}


def admits(audience: Audience, role: Role | None) -> bool:
    """Whether somebody of this `role` (None: not signed in, not even as a guest) may open a page for `audience`."""
    return audience is Audience.EVERYONE or (role is not None and role in _MEMBERS[audience])


def may_start(mode: str, role: Role | None) -> bool:
    """Whether somebody may start a quiz of this mode: anyone may practise, a test needs an account."""
    return mode == "practice" or admits(Audience.ACCOUNTS, role)
