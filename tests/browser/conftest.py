"""A real Chromium on a real server: one browser for the session, a fresh profile for each test."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import ClassVar
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Response

from tests.conftest import PASSWORD

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("chromium-browser")
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


class Door:
    """Lets requests in until it is shut, after which none reaches the app, which then belongs to another test.

    Static files are the same for all tests and half of all requests: what the app once gave of them is given again.
    """

    given: ClassVar[dict[str, tuple[list[tuple[str, str]], bytes]]] = {}

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.changed = Condition()
        self.inside = 0
        self.is_open = True

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request; a late one by nothing."""
        with self.changed:
            if not self.is_open:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return []
            self.inside += 1
        try:
            return [self._answer(environ, start_response)]
        finally:
            with self.changed:
                self.inside -= 1
                self.changed.notify_all()

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> bytes:
        path = environ["PATH_INFO"]
        if path in self.given:
            headers, body = self.given[path]
            start_response("200 OK", headers)
            return body
        response = Response.from_app(self.app, environ)
        body = response.get_data()
        if path.startswith("/static/") and environ["REQUEST_METHOD"] == "GET" and response.status_code == 200:
            self.given[path] = response.headers.to_wsgi_list(), body
        start_response(response.status, response.headers.to_wsgi_list())
        return body

    def shut(self) -> None:
        """Let nobody in any more, and wait for those inside."""
        with self.changed:
            self.is_open = False
            assert self.changed.wait_for(lambda: not self.inside, timeout=60)


class Silent(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the app, served from a thread."""
    door = Door(app)
    server = make_server("127.0.0.1", 0, door, threaded=True, request_handler=Silent)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    door.shut()
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
        """Sign in as one of the cast, as the form would, without opening a page."""
        self.send("/account/sign-in", username=username, password=PASSWORD)
        return self.page

    def begin(self, quiz: str) -> int:
        """Begin a quiz or go on with it, open its page, and give the attempt's id."""
        there = self.send(f"/quizzes/{quiz}/attempts")
        self.page.goto(self.site + there)
        return int(there.split("/")[2])

    def send(self, path: str, **form: str) -> str:
        """Send a form as the browser would, without opening a page, and tell where it leads."""
        asked = self.page.context.request
        token = re.search(r'name="csrf_token" value="([^"]+)"', asked.get(self.site + "/account/sign-in").text())
        assert token is not None
        sent = asked.post(self.site + path, form={"csrf_token": token[1], **form}, max_redirects=0)
        assert sent.status == 303, sent.text()
        return sent.headers["location"]

    def sign_in_by_hand(self, username: str) -> Page:
        """Sign in on the page for it."""
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


def ready(page: Page) -> Page:
    """A page that was come to by a press, once its modules have run, for keys that are pressed on no element of it."""
    page.wait_for_load_state()
    return page


def await_modules(page: Page) -> None:
    """Let whatever is done to an element, or expected of it, wait until the page it stands on has loaded.

    The modules of a page hear nothing that is done before they have run.
    """
    page.add_init_script("addEventListener('load', () => document.documentElement.setAttribute('data-loaded', ''))")
    page.add_locator_handler(page.locator("html:not([data-loaded])"), lambda: None)


def visit_of(context: BrowserContext, site: str, scripts: bool = True) -> Visit:
    """A visit in this context, listening to what the browser says."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    if scripts:
        await_modules(page)
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
    yield visit_of(context, site, scripts=False)
    context.close()
