"""The key never travels early: nothing sent before it may be told tells what is right or why.

No response depends on it: the same student does the same in two worlds that differ in their secrets alone, and what is
said is the same to the letter. A difference is a leak, in whatever words, order, number or encoding.
"""

import re
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from quizapp.formats.document import BankDocument
from quizapp.kinds import KINDS
from quizapp.kinds.matching.kind import Matching, MatchingContent
from quizapp.kinds.ordering.kind import Ordering, OrderingContent
from quizapp.models import db
from quizapp.web import clock
from quizapp.web.account import entering
from quizapp.web.assets import STATIC
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, Browser, Template, template_in
from tests.contracts.saying import (
    POSITIONS,
    Answers,
    answers,
    said_after_answer,
    said_of_open,
    said_of_submitted,
    text_of,
)
from tests.contracts.secret_words import asked, said_among, secrets_of, words_asked, words_to_read
from tests.contracts.two_worlds import (
    FOR_A_CLASS,
    FOR_EVER,
    MARKS_ALONE,
    OPEN,
    PRACTISED,
    PRACTISED_ON_ONE_PAGE,
    RIGHT_OR_WRONG,
    TOLD,
    UNTIL_CLOSING,
    Plan,
    ayesha_in,
    document_of,
)

SHIPPED = Path(__file__).parents[2] / "questions"
SEED = 1234567890
RIGHT_THERE: Answers = {
    1: ["Bela Stone"], 2: ["Wool", "Salt"], 3: ["true"], 4: ["Trent"], 5: ["1877"], 6: ["2", "1", "3"],
    7: ["3", "2", "1", "4"], 8: ["train", "golden"], 9: ["Because of the weather."],
}  # fmt: skip
"""Answers that are right in the other world and not in this one."""
AS_WRONG_THERE: Answers = {
    1: ["The crown"], 2: ["Wool", "Glass"], 3: [""], 4: ["Severn"], 5: ["1900"], 6: ["1", "4", ""],
    7: ["2", "1", "4", "3"], 8: ["boat", "bronze"], 9: ["Because of the weather."],
}  # fmt: skip
"""Answers with the same marks in both, part by part."""
MARKUP = ("<mark", 'class="note"', "note-mark", "noted", 'class="why')
"""What evidence, record notes and reasons are dressed in."""
_CHANCE = re.compile(r'(?:name="csrf_token" value=|"token": )"[^"]+"|X-Request-ID: \w+|give the number \w+')


@pytest.fixture(scope="module")
def here() -> BankDocument:
    """The bank of this world."""
    return document_of(other=False)


@pytest.fixture(scope="module")
def worlds(here: BankDocument, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Template, Template]]:
    """Both worlds, to be copied."""
    folders = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there")
    with template_in(folders[0], here) as this, template_in(folders[1], document_of(other=True)) as other:
        yield this, other


@pytest.fixture
def both(worlds: tuple[Template, Template]) -> tuple[Browser, Browser]:
    """Ayesha in this world and in the other one."""
    return ayesha_in(worlds[0]), ayesha_in(worlds[1])


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both clocks stand still and chance is the same, so that nothing but a secret can make a difference.

    Pairs and items stand in the content as they belong together; what tells their order is `test_order_tells_nothing`.
    """
    running = clock.utcnow
    for module in list(sys.modules.values()):
        if getattr(module, "utcnow", None) is running:
            monkeypatch.setattr(module, "utcnow", lambda: NOW)
    monkeypatch.setattr(entering, "time", SimpleNamespace(time=NOW.timestamp))
    monkeypatch.setattr("secrets.randbits", lambda _bits: SEED)
    monkeypatch.setattr(Matching, "order", lambda _kind, content, _chance: matching_by_alphabet(content))
    monkeypatch.setattr(Ordering, "order", lambda _kind, content, _chance: ordering_by_alphabet(content))


def matching_by_alphabet(content: MatchingContent) -> list[int]:
    """Entries and options in an order that does not depend on which belong together."""
    options = content.options()
    by_text = sorted(range(len(options)), key=options.__getitem__)
    return [*sorted(range(len(content.pairs)), key=lambda index: content.pairs[index].left), *by_text]


def ordering_by_alphabet(content: OrderingContent) -> list[int]:
    """Items in an order that does not depend on the right one."""
    return sorted(range(len(content.items)), key=lambda index: content.items[index].text)


def differing(here: list[str], there: list[str]) -> list[str]:
    """The lines said in one world and not in the other; the tokens aside, which are chance."""
    found: list[str] = []
    for first, second in zip(here, there, strict=True):
        texts = [_CHANCE.sub("token", text).splitlines() for text in (first, second)]
        found += unified_diff(texts[0], texts[1], n=0, lineterm="")
    return found


def kept_by(browser: Browser) -> dict[str, Any]:
    """What the browser keeps in its cookie, the token aside."""
    with browser.client.session_transaction() as kept:
        return {name: value for name, value in kept.items() if name != "csrf_token"}


@pytest.mark.parametrize("plan", OPEN, ids=lambda plan: plan.slug)
def test_all_that_is_said_of_an_open_attempt_is_the_same_whatever_the_key(
    both: tuple[Browser, Browser], here: BankDocument, plan: Plan
) -> None:
    said = []
    for browser in both:
        attempt = browser.start(plan.slug)
        given = answers(browser, attempt, RIGHT_THERE)
        said.append(said_of_open(browser, attempt, given, plan.slug, practice=plan.mode == "practice"))
    assert differing(*said) == []
    assert kept_by(both[0]) == kept_by(both[1])
    on_home_page = "/\n"
    said_of_it = "\n".join(text for text in said[0] if not text.startswith(on_home_page))
    assert_without_secrets(said_of_it, here, open_book=plan.settings["open_book"])


def assert_without_secrets(said: str, document: BankDocument, open_book: bool) -> None:
    """No word of the secrets, no markup of them, and not the seed of the options' order."""
    secrets = secrets_of(*asked(document))
    allowed = words_asked(document) + (words_to_read(document) if open_book else "")
    assert len(secrets) > 50
    assert said_among(secrets, said, allowed) == []
    assert [markup for markup in (*MARKUP, str(SEED)) if markup in said] == []


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (UNTIL_CLOSING, RIGHT_THERE),
        (FOR_EVER, RIGHT_THERE),
        (PRACTISED, RIGHT_THERE),
        (PRACTISED_ON_ONE_PAGE, RIGHT_THERE),
        (RIGHT_OR_WRONG, AS_WRONG_THERE),
        (MARKS_ALONE, AS_WRONG_THERE),
    ],
    ids=["until closing", "for ever", "practised", "practised on one page", "right or wrong told", "marks told"],
)
def test_what_is_held_back_makes_no_difference_after_the_answer_and_after_submission(
    both: tuple[Browser, Browser], plan: Plan, words: Answers
) -> None:
    said = []
    for browser in both:
        attempt = browser.start(plan.slug)
        given = answers(browser, attempt, words)
        answered = [said_after_answer(browser, attempt, position, given[position]) for position in POSITIONS]
        browser.post(f"/attempts/{attempt}/submit")
        said.append([*answered, *said_of_submitted(browser, attempt, plan.slug)])
    assert differing(*said) == []
    assert kept_by(both[0]) == kept_by(both[1])


def test_what_an_assignment_holds_back_until_it_closes_makes_no_difference(both: tuple[Browser, Browser]) -> None:
    said = []
    for browser in both:
        with browser.client.application.app_context():
            settings = dict(UNTIL_CLOSING.settings)
            number = assigned(db.session(), classroom_of(db.session()), FOR_A_CLASS.slug, settings=settings).id
        attempt = int(browser.post(f"/assignments/{number}/attempts").location.rsplit("/", 1)[1])
        given = answers(browser, attempt, RIGHT_THERE)
        while_open = said_of_open(browser, attempt, given, FOR_A_CLASS.slug, practice=False)
        browser.post(f"/attempts/{attempt}/submit")
        after = [text_of(browser.get(f"/assignments/{number}")), *said_of_submitted(browser, attempt, FOR_A_CLASS.slug)]
        said.append([*while_open, *after])
    assert "Set for you" in "".join(said[0])
    assert differing(*said) == []
    assert kept_by(both[0]) == kept_by(both[1])


def test_the_two_worlds_do_differ_and_marks_are_seen_once_the_key_is_told(both: tuple[Browser, Browser]) -> None:
    said = []
    for browser in both:
        attempt = browser.start("test-closed-book-one-a-page")
        browser.answer(attempt, 1, "1")
        browser.post(f"/attempts/{attempt}/submit")
        said.append(text_of(browser.get(f"/attempts/{attempt}/review")))
    found = "\n".join(differing(said[:1], said[1:]))
    assert [words for words in TOLD if words not in found] == []
    assert [markup for markup in MARKUP if markup not in said[0]] == []


@pytest.mark.parametrize("layout", ["one-a-page", "on-one-page"])
def test_practice_tells_of_one_question_nothing_about_those_to_come(
    both: tuple[Browser, Browser], here: BankDocument, layout: str
) -> None:
    ayesha = both[0]
    attempt = ayesha.start(f"practice-closed-book-{layout}")
    given = answers(ayesha, attempt, {**AS_WRONG_THERE, 3: ["true"]})
    allowed = words_asked(here) + words_to_read(here)
    for position in POSITIONS:
        assert ayesha.answer(attempt, position, given[position]).status_code == 303
        said = text_of(ayesha.get(f"/attempts/{attempt}/questions/{position}", follow_redirects=True))
        known, to_come = secrets_of(*asked(here)[:position]), secrets_of(*asked(here)[position:])
        assert said_among(known, said, allowed)
        assert said_among(to_come - known, said, allowed) == []


@pytest.mark.parametrize("name", KINDS)
def test_what_may_be_shown_before_the_answer_has_no_word_of_the_rest(here: BankDocument, name: str) -> None:
    question = next(question for question in asked(here) if question.kind == name)
    prompt = repr(KINDS[name].prompt(question.content, KINDS[name].order(question.content, Random(3))))
    to_choose_from = {"cart", "boat"}
    assert said_among(secrets_of(question) - to_choose_from, prompt) == []


def test_no_static_file_knows_a_reason_of_a_bank(visitor: Browser) -> None:
    reasons = {
        reason
        for file in SHIPPED.rglob("*.yaml")
        for reason in re.findall(r"(?:feedback|explanation|quote): ['\"“]?([^,}'\"“”]{25,60})", file.read_text("utf-8"))
    }
    files = [path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()]
    said = "\n".join(text_of(visitor.get(f"/static/x/{name}")) for name in files)
    assert len(reasons) > 100
    assert len(files) > 20
    assert [reason for reason in reasons if reason in said] == []
