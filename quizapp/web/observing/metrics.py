"""Figures for Prometheus. Loaded only where METRICS_TOKEN lets somebody read them."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from functools import lru_cache, partial
from pathlib import Path

from flask import Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import Engine, event

from quizapp.web.observing.sharing import FOLDER

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST"})
"""Anybody can invent others, and each would be a row of its own for ever."""
_REQUEST_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_STATEMENT_SECONDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 10)
_ANSWERS = {
    "taking.save": ("script", {200: "saved", 204: "saved"}),
    "taking.answer": ("form", {303: "saved"}),
}
"""The ways by which one answer comes, and the statuses that mean it is saved."""
_REFUSED = {
    400: "token",
    404: "unknown",
    409: "newer",
    410: "closed",
    413: "too large",
    422: "unreadable",
    503: "failed",
}
_VERB = re.compile(r"\s*(\w+)")
_VERBS = frozenset({"BEGIN", "COMMIT", "DELETE", "INSERT", "SELECT", "UPDATE", "WITH"})
_PID_OF_FILE = re.compile(r"_(\d+)\.db$")


class Metrics:
    """What is counted, in this process or in all that share the folder."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "quizapp_requests", "Requests answered.", ("route", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "quizapp_request_seconds",
            "Time until the answer to a request was ready.",
            ("route", "method"),
            buckets=_REQUEST_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "quizapp_answers", "Answers sent, by way and by what became of them.", ("by", "outcome"),
            registry=self._registry,
        )  # fmt: skip
        self._statements = Histogram(
            "quizapp_statement_seconds", "Time of SQL statements.", ("verb",), buckets=_STATEMENT_SECONDS,
            registry=self._registry,
        )  # fmt: skip
        self._hashing = self._gauge("quizapp_hashing_waiting", "Passwords that wait for their turn to be hashed.")
        self._connections = self._gauge("quizapp_connections_in_use", "Connections to the database in use.")

    def _gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(name, meaning, registry=self._registry, multiprocess_mode="livesum")

    def saw(self, response: Response, seconds: float) -> None:
        """Count a request."""
        route = "none" if request.url_rule is None else request.url_rule.rule
        method = request.method if request.method in _METHODS else "other"
        self._count(route, method, response.status_code, seconds)
        if request.endpoint in _ANSWERS and request.method == "POST":
            by, saved = _ANSWERS[request.endpoint]
            status = response.status_code
            outcome = g.get("outcome") or saved.get(status) or _REFUSED.get(status, "failed")
            self._answers.labels(by, outcome).inc()

    def saw_saved(self, route: str, seconds: float) -> None:
        """Count a request that saved an answer of a script and did not come to Flask."""
        self._count(route, "POST", 200, seconds)
        self._answers.labels("script", "saved").inc()

    def _count(self, route: str, method: str, status: int, seconds: float) -> None:
        self._requests.labels(route, method, status).inc()
        self._seconds.labels(route, method).observe(seconds)

    def ran(self, statement: str, seconds: float) -> None:
        """Count a statement."""
        self._statements.labels(_verb(statement)).observe(seconds)

    def watch_pool(self, engine: Engine) -> None:
        """Count the connections that are given away."""
        event.listen(engine, "checkout", lambda *_: self._connections.inc())
        event.listen(engine, "checkin", lambda *_: self._connections.dec())

    def watch_turns(self, turn: AbstractContextManager[object]) -> AbstractContextManager[object]:
        """The turn that hashing waits for, with those who wait counted."""
        return _Counted(turn, self._hashing)

    def exposition(self) -> tuple[bytes, str]:
        """All figures as Prometheus reads them, and the type of that text."""
        registry, pids = self._registry, [os.getpid()]
        if folder := os.environ.get(FOLDER):
            registry, pids = CollectorRegistry(), list(_living(Path(folder)))
            MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
        processes = CollectorRegistry()
        processes.register(_Processes(pids))
        return generate_latest(registry) + generate_latest(processes), CONTENT_TYPE_LATEST


class _Counted(AbstractContextManager[object]):
    """A turn, and a gauge of who waits for it."""

    def __init__(self, turn: AbstractContextManager[object], waiting: Gauge) -> None:
        self._turn, self._waiting = turn, waiting

    def __enter__(self) -> object:
        with self._waiting.track_inprogress():
            return self._turn.__enter__()

    def __exit__(self, *error: object) -> None:
        self._turn.__exit__(*error)  # type: ignore[arg-type]


class _Processes(Collector):
    """Memory, processor time and open files of each process."""

    def __init__(self, pids: Iterable[int]) -> None:
        self._pids = pids

    def collect(self) -> Iterator[Metric]:
        """Each figure, with the process as a label."""
        found: dict[str, Metric] = {}
        for pid in self._pids:
            for metric in ProcessCollector(pid=partial(int, pid), registry=None).collect():
                kept = found.setdefault(metric.name, Metric(metric.name, metric.documentation, metric.type))
                for sample in metric.samples:
                    kept.add_sample(sample.name, {"pid": str(pid)}, sample.value)
        yield from found.values()


@lru_cache(maxsize=1024)
def _verb(statement: str) -> str:
    found = _VERB.match(statement)
    verb = found[1].upper() if found else ""
    return verb if verb in _VERBS else "other"


def _living(folder: Path) -> Iterator[int]:
    """The processes that write into the folder; what those held that have ended is forgotten, what they did is not."""
    for pid in sorted({int(found[1]) for file in folder.glob("*.db") if (found := _PID_OF_FILE.search(file.name))}):
        if Path(f"/proc/{pid}").exists():
            yield pid
        else:
            mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
