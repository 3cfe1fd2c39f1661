"""While another process keeps SQLite's write lock, one form at a time waits for it; all others are refused at once.

Otherwise everybody who saves would wait as long as a writer waits, and with all threads of the server waiting nobody
could read a page, nor a watcher ask whether the site lives.
"""

from threading import Lock

from flask import Flask, current_app, g, request

from quizapp.models import db
from quizapp.models.failures import StillLocked


class Gate:
    """Open, until somebody has waited for the write lock in vain; open again when somebody got it."""

    def __init__(self) -> None:
        self.is_shut = False
        self.turn = Lock()

    def shut(self) -> None:
        """Somebody has waited in vain."""
        g.waited_in_vain = self.is_shut = True

    def enter(self) -> None:
        """Let a form through. Raises StillLocked, where the gate is shut and another one waits."""
        if not self.is_shut or request.method != "POST":
            return
        if not self.turn.acquire(blocking=False):
            raise StillLocked
        g.waits_at_gate = True

    def leave(self, _error: BaseException | None) -> None:
        """Whether the one who waited got the lock, the others learn by the gate."""
        if self.turn.locked() and g.pop("waits_at_gate", False):
            self.is_shut = g.get("waited_in_vain", False)
            self.turn.release()


def shut_gate() -> None:
    """Note that a request has waited in vain; only SQLite has one lock for all who write."""
    if db.engine.dialect.name == "sqlite":
        gate: Gate = current_app.extensions["writers_gate"]
        gate.shut()


def init(app: Flask) -> None:
    """Put the gate before every request."""
    gate = app.extensions["writers_gate"] = Gate()
    app.before_request_funcs.setdefault(None, []).insert(0, gate.enter)
    app.teardown_request(gate.leave)
