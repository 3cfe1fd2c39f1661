"""The signed cookie that knows who asks and the token of a form: Flask's own and Flask-WTF's, not checked twice.

A class sends the same cookies and tokens with every answer. One that was found to be signed is known again, in the
process, by its very words and as long as the secret key is the same; a cookie's age is looked at each time. Whether
the sign-in that it names still holds is asked of the database each time, as ever.
"""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from threading import Lock
from time import time
from typing import Any, Generic, TypeVar

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf import CSRFProtect
from flask_wtf.csrf import same_origin
from itsdangerous import BadSignature, URLSafeTimedSerializer

ValueT = TypeVar("ValueT")
KNOWN_AT_ONCE = 32_768
"""Cookies, and tokens, that are known again: those of a large school at its exams. Each takes about a kilobyte."""


class _Known(Generic[ValueT]):
    """What was found good, the oldest going first."""

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, ValueT] = OrderedDict()
        self._lock = Lock()

    def get(self, words: Hashable) -> ValueT | None:
        """What was kept under these words; None for nothing."""
        return self._found.get(words)

    def keep(self, words: Hashable, found: ValueT) -> None:
        """Know it from now on."""
        with self._lock:
            self._found[words] = found
            if len(self._found) > KNOWN_AT_ONCE:
                self._found.popitem(last=False)


class _Signer(URLSafeTimedSerializer):
    """Signs cookies by one secret key, and knows the last ones again whose signature it has checked."""

    def __init__(self, *how: Any, **options: Any) -> None:
        super().__init__(*how, **options)
        self._known: _Known[tuple[str, float]] = _Known()

    def known(self, signed: str, max_age: int) -> Any:
        """What was signed, made anew each time, if it is known and at most `max_age` seconds old; None otherwise."""
        known = self._known.get(signed)
        return self.serializer.loads(known[0]) if known is not None and time() - known[1] <= max_age else None

    def read(self, signed: str, max_age: int) -> Any:
        """What was signed, made anew each time. Raises BadSignature, or SignatureExpired after `max_age` seconds."""
        known = self.known(signed, max_age)
        if known is not None:
            return known
        found, moment = self.loads(signed, max_age, return_timestamp=True)
        self._known.keep(signed, (self.serializer.dumps(found), moment.timestamp()))
        return found


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookies, whose signer is made once for a secret key."""

    _made: tuple[object, _Signer | None] = (None, None)

    def get_signing_serializer(self, app: Flask) -> _Signer | None:
        """The signer of the secret key that the app has now, and of those it takes besides."""
        keys = (app.secret_key, tuple(app.config["SECRET_KEY_FALLBACKS"] or ()))
        made = self._made
        if made[0] != keys:
            made = self._made = (keys, self._signer(app))
        return made[1]

    def _signer(self, app: Flask) -> _Signer | None:
        made = super().get_signing_serializer(app)
        if made is None:
            return None
        return _Signer(made.secret_keys, made.salt, made.serializer, signer_kwargs=made.signer_kwargs)

    def known_session(self, app: Flask, cookie: str) -> Mapping[str, Any] | None:
        """What a cookie holds whose signature was checked before and that is young enough; None for any other."""
        signer = self.get_signing_serializer(app)
        return None if signer is None else signer.known(cookie, _longest(app))

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the request's cookie; an empty one where it has none that is valid and young enough."""
        signer, cookie = self.get_signing_serializer(app), request.cookies.get(self.get_cookie_name(app))
        if signer is None or not cookie:
            return super().open_session(app, request)
        try:
            return self.session_class(signer.read(cookie, _longest(app)))
        except BadSignature:
            return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie where something in it has changed; Flask asks much before it finds that nothing has."""
        if session.modified or app.config["SESSION_REFRESH_EACH_REQUEST"]:
            super().save_session(app, session, response)
        elif session.accessed:
            response.vary.add("Cookie")


def _longest(app: Flask) -> int:
    """How long a cookie is good, in seconds."""
    return int(app.permanent_session_lifetime.total_seconds())


class Tokens(CSRFProtect):
    """Flask-WTF's check of the token, which is asked whenever one is not known to be good for this session."""

    def __init__(self) -> None:
        super().__init__()
        self._known: _Known[bool] = _Known()

    def knows(self, secret_key: object, of_session: object, sent: str) -> bool:
        """Whether this token was found good before, under this key and for a session with this one of its own."""
        return bool(self._known.get((secret_key, of_session, sent)))

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse a form without a token that is good for the session, or by https from another site."""
        if request.method != "POST":
            super().protect(apply_exemptions)
            return
        sent = request.form.get("csrf_token") if "csrf_token" in request.form else ""
        sent = sent or request.headers.get("X-CSRFToken")
        words = (current_app.secret_key, session.get("csrf_token"), sent)
        if self._known.get(words) and _from_here():
            g.csrf_valid = True
            return
        super().protect(apply_exemptions)
        if g.get("csrf_valid") and all(words) and current_app.config["WTF_CSRF_TIME_LIMIT"] is None:
            self._known.keep(words, True)


def _from_here() -> bool:
    """Whether the page that sends it is one of ours, as far as Flask-WTF wants to know: by https it looks."""
    return not request.is_secure or same_origin(request.referrer or "", f"https://{request.host}/")
