"""The way of an ordinary answer past Flask, for a whole school that answers at one moment.

Saving an answer is one statement, but finding the view, opening its contexts and asking every extension before and
after it took twice as long as the statement itself. So the ordinary answer, one that a page's script sends and that is
saved, is read here by the same functions, saved by the same statement, and acknowledged with the headers that Flask
gave to the one before it.

Whatever is not ordinary goes to Flask as it came: what was not seen before (a cookie, a token, an attempt), what is
refused for any reason, what is sent in another form. So this module lets nobody in, refuses nobody and explains
nothing. A statement that failed is not tried again: its error is raised where the view would have met it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from time import perf_counter
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.wsgi import get_host

from quizapp.models import db
from quizapp.models.engine import writing_once
from quizapp.services.attempts.answering import Answerer, Sent, save_ordinary
from quizapp.web.clock import utcnow
from quizapp.web.extensions import csrf
from quizapp.web.guard import identity_in
from quizapp.web.numbers import LARGEST
from quizapp.web.observing import numbering
from quizapp.web.observing.log import at_hand
from quizapp.web.sessions import Sessions
from quizapp.web.taking.saving import FAILED, sent_in, told_saved
from quizapp.web.writers_gate import Gate

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_ADDRESS = re.compile(r"/attempts/([1-9][0-9]{0,9})/questions/([1-9][0-9]{0,9})/save")
_FORM = re.compile(r"application/x-www-form-urlencoded(?:; ?charset=utf-8)?", re.IGNORECASE)
_FIELDS = frozenset({"answer", "revision", "certainty", "flagged"})
_LARGEST_BODY = 64 * 1024
_MOST_HOSTS = 64
"""Names of this site whose headers are learned; without TRUSTED_HOSTS anybody can invent some."""
_LENGTH = "Content-Length"
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"))

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class _Learned:
    """How Flask acknowledged an answer that was sent to this host; `host` is its name as Flask has it."""

    host: str
    headers: Headers

    def headers_for(self, body: bytes, number: str) -> list[tuple[str, str]]:
        """The same headers for another acknowledgement."""
        own = {_LENGTH: str(len(body)), numbering.HEADER: number}
        return [(name, own.get(name, value)) for name, value in self.headers]


@dataclass(frozen=True)
class _Ordinary:
    """An answer that is saved without Flask, if nothing in the database stands against it."""

    who: Answerer
    attempt_id: int
    position: int
    sent: Sent


class QuickSave:
    """Saves the ordinary answer, and gives everything else to Flask."""

    def __init__(self, app: Flask) -> None:
        self._app, self.flask = app, app.wsgi_app
        self._learned: dict[tuple[str, str], _Learned] = {}
        self._gate: Gate = app.extensions["writers_gate"]
        self._route = next(app.url_map.iter_rules("taking.save")).rule
        with app.app_context():
            self._engines = db.engines

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        found = _ADDRESS.fullmatch(environ.get("PATH_INFO", "")) if environ["REQUEST_METHOD"] == "POST" else None
        if found is None:
            return self.flask(environ, start_response)
        host = environ["wsgi.url_scheme"], environ.get("HTTP_HOST", "")
        learned = self._learned.get(host)
        if learned is None:
            return self.flask(environ, self._learning(host, environ, start_response))
        ordinary = self._ordinary(environ, learned, int(found[1]), int(found[2]))
        if ordinary is not None:
            begun = environ[numbering.BEGUN] = numbering.begin(self._app, environ)
            if body := self._save(environ, ordinary, begun):
                start_response("200 OK", learned.headers_for(body, begun.number))
                return [body]
        return self.flask(environ, start_response)

    def _learning(
        self, host: tuple[str, str], environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> "StartResponse":
        """What Flask answers, looked at on its way."""

        def learn(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            names = [name for name, _value in headers]
            usual = names.count(_LENGTH) == names.count(numbering.HEADER) == 1 and "Set-Cookie" not in names
            if status == "200 OK" and usual and len(self._learned) < _MOST_HOSTS and host[1]:
                self._learned[host] = _Learned(get_host(environ), tuple(headers))
            return start_response(status, headers, *error)

        return learn

    def _ordinary(
        self, environ: "WSGIEnvironment", learned: _Learned, attempt_id: int, position: int
    ) -> _Ordinary | None:
        """The answer that was sent, if nothing about the request is unusual."""
        settings = self._app.config
        watched = settings["LOG_REQUESTS"] or settings["DEBUG"] or self._gate.is_shut
        if watched or not _is_form(environ) or max(attempt_id, position) > LARGEST:
            return None
        who = self._who(environ, learned.host)
        size = _size(environ, settings["MAX_CONTENT_LENGTH"], settings["MAX_FORM_MEMORY_SIZE"])
        form = None if who is None or size is None else _form(environ, size)
        return None if who is None or form is None else _Ordinary(who, attempt_id, position, sent_in(form))

    def _who(self, environ: "WSGIEnvironment", host: str) -> Answerer | None:
        """Who sends it, by a cookie and a token that are known, from a page of ours; None for anybody else."""
        cookie = _only_cookie(environ.get("HTTP_COOKIE", ""), self._app.config["SESSION_COOKIE_NAME"])
        token: str = environ.get("HTTP_X_CSRFTOKEN", "")
        if not (cookie and token and _from_here(environ, host)):
            return None
        interface = self._app.session_interface
        assert isinstance(interface, Sessions)  # noqa: S101  as `extensions` has it
        session = interface.known_session(self._app, cookie)
        if session is None or not csrf.knows(self._app.secret_key, session.get("csrf_token"), token):
            return None
        identity = identity_in(session)
        return None if identity is None else Answerer(*identity)

    def _save(self, environ: "WSGIEnvironment", ordinary: _Ordinary, begun: numbering.Begun) -> bytes | None:
        """Save it, and say so; None where it was not saved, and Flask is to say why."""
        who, now = ordinary.who, utcnow()
        about = {"request": begun.number, "method": "POST", "route": self._route, "person": who.user_id}
        at = at_hand.set(about)
        try:
            with writing_once(self._engines[None]) as connection:
                revision = save_ordinary(connection, who, ordinary.attempt_id, ordinary.position, ordinary.sent, now)
        except Exception as error:
            environ[FAILED] = error
            return None
        finally:
            at_hand.reset(at)
        if revision is None:
            return None
        body = f"{_JSON.encode(told_saved(now, revision=revision))}\n".encode()
        if counted := self._app.extensions.get("metrics"):
            counted.saw_saved(self._route, perf_counter() - begun.since)
        return body


def _from_here(environ: "WSGIEnvironment", host: str) -> bool:
    """Whether a page of ours sends it; by https one looks, as Flask-WTF does."""
    sender: str = environ.get("HTTP_REFERER", "")
    return environ["wsgi.url_scheme"] != "https" or sender.startswith(f"https://{host}/")


def _is_form(environ: "WSGIEnvironment") -> bool:
    """Whether it is sent as a page's script sends it: a form of a known size to an address without a query."""
    plain = not environ.get("QUERY_STRING") and "HTTP_TRANSFER_ENCODING" not in environ
    return plain and _FORM.fullmatch(environ.get("CONTENT_TYPE", "")) is not None


def _size(environ: "WSGIEnvironment", *limits: int | None) -> int | None:
    """The size of the form in bytes, if it is told and no larger than it may be."""
    told: str = environ.get("CONTENT_LENGTH", "")
    largest = min(_LARGEST_BODY, *[limit for limit in limits if limit is not None])
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 8 and int(told) <= largest else None


def _form(environ: "WSGIEnvironment", size: int) -> MultiDict[str, str] | None:
    """The form as Flask reads it, if it has the usual fields only. What was read can be read once more."""
    try:
        body: bytes = environ["wsgi.input"].read(size)
    except (OSError, ValueError):
        # Who sends it has gone meanwhile; Flask finds that out, too.
        return None
    environ["wsgi.input"] = BytesIO(body)
    if len(body) != size or not body.isascii():
        return None
    form = MultiDict(parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="werkzeug.url_quote"))
    return form if "revision" in form and form.keys() <= _FIELDS else None


def _only_cookie(header: str, name: str) -> str | None:
    """The value of the cookie of this name, if there is one such cookie."""
    parts = [part.strip().partition("=") for part in header.split(";")]
    found = [value for cookie, _, value in parts if cookie == name]
    return found[0] if len(found) == 1 else None


def init(app: Flask) -> None:
    """Put it between the server and Flask. It comes after every other part, and behind proxies that are believed."""
    app.wsgi_app = QuickSave(app)  # type: ignore[method-assign]
