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
    ADMINS = "admins"
    """Teachers who also run the site."""


class Right(StrEnum):
    """What a teacher may do with something that is shared; each one includes those before it."""

    VIEW = "view"
    """See it and use it: take questions into a quiz, set a quiz for a class, look at a gradebook."""
    EDIT = "edit"
    """Change it."""
    OWN = "own"
    """Share it, hand it on, put it away."""

    def includes(self, needed: "Right") -> bool:
        """Whether who has this right may also do what needs that one."""
        order = list(Right)
        return order.index(self) >= order.index(needed)


def best_right(*rights: Right | None) -> Right | None:
    """The most that any of these allows; None where there is none."""
    return max((right for right in rights if right is not None), key=list(Right).index, default=None)


_MEMBERS: dict[Audience, frozenset[Role]] = {
    Audience.LEARNERS: frozenset(Role),
    Audience.ACCOUNTS: frozenset({Role.STUDENT, Role.TEACHER}),
    Audience.TEACHERS: frozenset({Role.TEACHER}),
    Audience.ADMINS: frozenset({Role.TEACHER}),
}


def admits(audience: Audience, role: Role | None, administers: bool = False) -> bool:
    """Whether somebody of this `role` (None: not signed in, not even as a guest) may open a page for `audience`.

    `administers` says whether this teacher also runs the site.
    """
    if audience is Audience.ADMINS and not administers:
        return False
    return audience is Audience.EVERYONE or (role is not None and role in _MEMBERS[audience])


def may_start(mode: str, role: Role | None) -> bool:
    """Whether somebody may start a quiz of this mode: anyone may practise, a test needs an account."""
    return mode == "practice" or admits(Audience.ACCOUNTS, role)
