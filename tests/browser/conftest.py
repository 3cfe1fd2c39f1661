"""A real Chromium on a real server: one browser for the session, a fresh profile for each test."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from tests.conftest import PASSWORD

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    if CHROMIUM is None:
        reason = "no Chromium is installed; these tests open pages in a real browser"
        if os.environ.get("QUIZAPP_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=60_000)
        yield browser
        browser.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the app, served from a thread."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Visit:
    """A person at a browser: the page, and everything the browser complained of or asked elsewhere."""

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.site + path)
        return self.page

    def sign_in(self, username: str) -> Page:
        """Sign in as one of the cast."""
        self.open("/account/sign-in")
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/")
        return self.page

    def answer(self, words: str) -> None:
        """Choose an option by its words, or type them, and send."""
        typed = self.page.get_by_label("Your answer")
        if typed.count():
            typed.fill(words)
        else:
            self.page.get_by_label(words, exact=True).check()
        self.page.get_by_role("button", name="Check my answer").or_(
            self.page.get_by_role("button", name="Save and go on")
        ).click()


def visit_of(context: BrowserContext, site: str) -> Visit:
    """A visit in this context, listening to what the browser says."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    visit = Visit(page, site)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)
    page.on(
        "request", lambda asked: None if asked.url.startswith((site, "data:")) else visit.complaints.append(asked.url)
    )
    return visit


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Visit]:
    """Somebody new."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield visit_of(context, site)
    context.close()


@pytest.fixture
def without_scripts(chromium: Browser, site: str) -> Iterator[Visit]:
    """Somebody whose browser runs no JavaScript, on a phone."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    yield visit_of(context, site)
    context.close()
