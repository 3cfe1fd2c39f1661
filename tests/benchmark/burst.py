"""A burst of sign-ins: a thousand students come at one moment, while others answer."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from tests.benchmark.load import Hit, Shot, fire, percentile
from tests.benchmark.population import FIRST, QUESTIONS, Population
from tests.benchmark.serving import Serving
from tests.benchmark.students import open_pages
from tests.benchmark.workload import token_in
from tests.conftest import PASSWORD

QUIET = 2.0
"""Seconds before the burst."""
SAVES_PER_SECOND = 50.0
"""By others, meanwhile."""
_HEAD = "HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: benchmark\r\n"
_COOKIE = re.compile(rb"set-cookie: (quizapp=[^;]+)", re.IGNORECASE)
_RETRY = re.compile(rb"retry-after: (\d+)", re.IGNORECASE)
_FORM = "Content-Type: application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Burst:
    """How a burst went: seconds until all were in, the waiting for one's sign-in, and saves before and meanwhile."""

    people: int
    failed: int
    asked_back: int
    """How often somebody was told to come again in some seconds."""
    seconds: float
    p50: float
    """Seconds that half of the people waited at most."""
    p99: float
    saves: int
    """By others, until the last was in."""
    saves_failed: dict[str, int]
    """How many saves got which other status than 200; 0 is no answer at all."""
    save_p50_ms: float
    save_p99_ms: float


def measure(serving: Serving, population: Population, people: int, longest: float) -> Burst:
    """Let so many sign in at once, none of whom was here before.

    Others save until all are in, or for the longest time at the most, in seconds.
    """
    first, others = population.size + 1, max(50, people // 2)
    population.grow(population.size + people + others)
    answering = list(range(first + people, first + people + others))
    open_pages(serving, population, answering)
    saves = [
        Shot(n / SAVES_PER_SECOND, "save", population.save(answering[n % others], n // others + 1))
        for n in range(min(round((QUIET + longest) * SAVES_PER_SECOND), others * QUESTIONS))
    ]
    arrivals = [_arrival(number) for number in range(first, first + people)]
    volley = fire(serving.port, saves + arrivals, people + 100, longest, meanwhile="save")
    return judged(volley.hits, people)


def _arrival(number: int) -> Shot:
    """Somebody opens the page, and fills it in at once."""
    page = f"GET /account/sign-in {_HEAD}\r\n".encode()
    return Shot(QUIET, "sign-in page", page, lambda answer: _sign_in(number, answer))


def _sign_in(number: int, page: bytes) -> Shot:
    cookie = _COOKIE.search(page)
    assert cookie is not None
    form = {"csrf_token": token_in(page.decode()), "username": f"crowd{FIRST + number}", "password": PASSWORD}
    body = urlencode(form)
    head = (
        f"POST /account/sign-in {_HEAD}Cookie: {cookie[1].decode()}\r\n{_FORM}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return _asked_back(Shot(QUIET, "sign-in", (head + body).encode()))


def _asked_back(shot: Shot) -> Shot:
    """Who is told that too many sign in at this moment comes again when they are told to."""

    def again(answer: bytes) -> Shot | None:
        told = _RETRY.search(answer)
        return None if told is None else replace(shot, then=again, wait=float(told[1]))

    return replace(shot, then=again)


def judged(hits: Sequence[Hit], people: int) -> Burst:
    """What became of the burst and of the saves meanwhile."""
    waited = [hit.milliseconds / 1000 for hit in hits if hit.kind == "sign-in" and hit.status == 303]
    last = QUIET + max(waited, default=0.0)
    saves = [hit for hit in hits if hit.kind == "save" and QUIET <= hit.due < last]
    times = [hit.milliseconds for hit in saves] or [0.0]
    return Burst(
        people=people,
        failed=people - len(waited),
        asked_back=sum(hit.kind == "sign-in" and hit.status == 503 for hit in hits),
        seconds=round(max(waited, default=0.0), 1),
        p50=round(percentile(waited or [0.0], 0.5), 2),
        p99=round(percentile(waited or [0.0], 0.99), 2),
        saves=len(saves),
        saves_failed=dict(Counter(str(hit.status) for hit in saves if hit.status != 200)),
        save_p50_ms=round(percentile(times, 0.5), 1),
        save_p99_ms=round(percentile(times, 0.99), 1),
    )


def as_lines(found: Burst) -> list[str]:
    """The figures, for people."""
    return [
        f"  {found.people:,} sign in at one moment: all in after {found.seconds:.1f} s, half after {found.p50:.1f} s, "
        f"99 of 100 after {found.p99:.1f} s; {found.failed} failed "
        f"(argon2id at its real cost; {found.asked_back:,} times somebody was told to come again in some seconds)",
        f"  {found.saves:,} saves of others meanwhile: p50 {found.save_p50_ms:.0f} ms, p99 {found.save_p99_ms:.0f} ms, "
        f"failed: {found.saves_failed or 'none'}",
    ]
