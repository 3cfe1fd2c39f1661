"""What those who run the site see of it: whether it works, what it counts, and what it writes into its log."""

from functools import partial

from flask import Blueprint, Flask

from quizapp.models import db
from quizapp.models.slow_statements import time_statements
from quizapp.services.passwords import Passwords
from quizapp.web.observing import log, numbering, refusals, request_lines, sharing

bp = Blueprint("observing", __name__)

from quizapp.web.observing import views  # noqa: E402  they register on bp

__all__ = ["bp", "init", "views"]


def init(app: Flask) -> None:
    """Number the requests, write the log, and count where the figures may be read. It comes after every other part."""
    log.init(app)
    views.init(app)
    watchers: list[numbering.Watch] = [request_lines.write] if app.config["LOG_REQUESTS"] else []
    slow = app.config["SLOW_QUERY_MS"] / 1000
    with app.app_context():
        if app.config["METRICS_TOKEN"]:
            watchers.append(_begin_to_count(app, slow))
        elif slow:
            time_statements(db.engine, slow, partial(request_lines.write_slow_statement, app.extensions["log"]))
    numbering.init(app, watchers)
    # Once the number is there, whatever happened before.
    app.after_request_funcs[None].insert(0, refusals.write)


def _begin_to_count(app: Flask, slow: float) -> numbering.Watch:
    """Count requests, statements, connections and hashing; gives what is to see every response."""
    if app.config["PROCESSES"] > 1:
        sharing.share_between_processes()
    # Only now: it looks for the folder that is shared, and a site that nobody measures need not load it.
    from quizapp.web.observing.metrics import Metrics

    counted = app.extensions["metrics"] = Metrics()
    passwords: Passwords = app.extensions["passwords"]
    passwords.turn = counted.watch_turns(passwords.turn)
    counted.watch_pool(db.engine)

    def tell(statement: str, seconds: float) -> None:
        counted.ran(statement, seconds)
        if slow and seconds >= slow:
            request_lines.write_slow_statement(app.extensions["log"], statement, seconds)

    time_statements(db.engine, 0, tell)
    return counted.saw
