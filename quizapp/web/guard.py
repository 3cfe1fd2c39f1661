"""Deny by default: every page is for account holders unless its view says otherwise."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response as BaseResponse

from quizapp.domain.access import Audience, Role, admits
from quizapp.models import User, db
from quizapp.models.engine import begin_writing
from quizapp.services.sign_ins import SignedIn, person_signed_in
from quizapp.web.extensions import login

ViewT = TypeVar("ViewT", bound=Callable[..., Any])
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


def open_to(audience: Audience) -> Callable[[ViewT], ViewT]:
    """Say whom a view is for."""

    def mark(view: ViewT) -> ViewT:
        view.audience = audience  # type: ignore[attr-defined]
        return view

    return mark


def begins_itself(view: ViewT) -> ViewT:
    """The view begins to write by itself, so that SQLite's write lock is not held from the start of the request.

    It hashes a password first, or writes without an ORM session (`writing`).
    """
    view.begins_itself = True  # type: ignore[attr-defined]
    return view


def only_reads(view: ViewT) -> ViewT:
    """The view changes nothing, though it is sent a form; it must not take SQLite's write lock from those who do."""
    view.only_reads = True  # type: ignore[attr-defined]
    return view


def takes_up_to(size: int) -> Callable[[ViewT], ViewT]:
    """The view is sent more than other forms may hold, such as a file: `size` bytes at most."""

    def mark(view: ViewT) -> ViewT:
        view.largest_form = size  # type: ignore[attr-defined]
        return view

    return mark


def checks_itself(view: ViewT) -> ViewT:
    """The view's own statement checks who asks (the hot path); the guard does not load the person."""
    view.checks_itself = True  # type: ignore[attr-defined]
    return view


def audience_of(view: Callable[..., Any]) -> Audience:
    """Whom a view is for."""
    audience: Audience = getattr(view, "audience", Audience.ACCOUNTS)
    return audience


def current_role() -> Role | None:
    """The role of who asks; None for somebody not known at all."""
    return current_user.role if current_user.is_authenticated else None


def administers() -> bool:
    """Whether who asks also runs the site."""
    return bool(current_user.is_authenticated and current_user.administers)


def _view() -> Callable[..., Any] | None:
    return current_app.view_functions.get(request.endpoint or "")


def _make_room() -> None:
    """What a view may be sent has to be known before the form is read, which happens when its token is checked."""
    size: int | None = getattr(_view(), "largest_form", None)
    if size is not None:
        request.max_content_length = request.max_form_memory_size = size


def _begin() -> None:
    """A request that may change something takes its turn as a writer before it reads anything."""
    view = _view()
    if view is None or request.method in _READS or hasattr(view, "begins_itself") or hasattr(view, "only_reads"):
        return
    begin_writing(db.session())


def _guard() -> BaseResponse | None:
    view = _view()
    if view is None or hasattr(view, "checks_itself"):
        return None
    audience = audience_of(view)
    if audience is Audience.EVERYONE or admits(audience, current_role(), administers()):
        return None
    if admits(Audience.ACCOUNTS, current_role()) or audience is Audience.LEARNERS:
        g.refused = "a page for others"
        abort(404)
    return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?") if request.method == "GET" else None))


class Session:
    """Who is signed in, as Flask-Login wants it: a person and the epoch of the sign-in."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, user: User | SignedIn) -> None:
        self._epoch = user.sign_in_epoch
        self.id = user.id
        self.role = user.role
        self.display_name = user.display_name
        self.username = user.username
        self.administers = user.administers

    def get_id(self) -> str:
        """The person's id and epoch: a raised epoch ends the sign-in."""
        return f"{self.id}:{self._epoch}"

    @property
    def user(self) -> User:
        """The person to work with, for the few pages that do."""
        return db.session.get_one(User, self.id)

    @property
    def is_guest(self) -> bool:
        """Whether this is somebody without an account."""
        return self.role == Role.GUEST

    @property
    def is_teacher(self) -> bool:
        """Whether this is a teacher."""
        return self.role == Role.TEACHER


def signed_in_as() -> tuple[int, int] | None:
    """The person's id and the epoch of the sign-in as the cookie says them, without asking the database."""
    return identity_in(session)


def identity_in(session: Mapping[str, Any]) -> tuple[int, int] | None:
    """The same of any session, asked for or not."""
    number, _, epoch = str(session.get("_user_id", "")).partition(":")
    return (int(number), int(epoch)) if number.isdecimal() and epoch.isdecimal() else None


@login.user_loader  # type: ignore[untyped-decorator]
def _load(_identity: str) -> Session | None:
    who = signed_in_as()
    person = person_signed_in(db.session(), *who) if who else None
    return Session(person) if person else None


def let_in(user: User) -> None:
    """Sign somebody in, in a session of its own that lasts as long as the settings say."""
    session.clear()
    session.permanent = True
    login_user(Session(user))


def let_out() -> None:
    """Sign out."""
    logout_user()
    session.clear()


def init(app: Flask) -> None:
    """Put the guard before every request."""
    app.before_request_funcs.setdefault(None, []).insert(0, _make_room)
    app.before_request(_begin)
    app.before_request(_guard)
    app.after_request(_no_store)


def _no_store(response: Response) -> Response:
    """Pages are personal: no shared cache keeps them, and Back asks again rather than showing an old state."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response
