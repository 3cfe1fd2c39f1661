"""The kinds' own templates: many questions on one page, and an answer of which only some is told."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from flask import Flask, render_template

from quizapp.domain.feedback import Aspect
from quizapp.kinds import KINDS
from quizapp.kinds.base import Kind
from quizapp.kinds.explained import Explained
from tests.kinds.contents import CONTENTS, ORDERS
from tests.kinds.test_every_kind import RIGHT
from tests.kinds.test_explained import EVERYTHING, SECRETS, WRONG, explained

NOTHING_JUDGED = frozenset({Aspect.RESPONSE, Aspect.MARK, Aspect.NOTE})
SIGNS = re.compile("[✓✕]|Right|Why not|Full points|model answer|in its usual form")
"""What a page says only of what is judged."""


@pytest.fixture(params=KINDS, ids=str)
def kind(request: pytest.FixtureRequest) -> Kind[Any, Any]:
    """Each kind in turn."""
    return KINDS[request.param]


@pytest.fixture(autouse=True)
def _on_a_page(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def asked(kind: Kind[Any, Any], given: Sequence[str] = (), **names: str) -> str:
    """The controls of a question of this kind."""
    prompt = kind.prompt(kind.load_content(CONTENTS[kind.name]), ORDERS.get(kind.name, []))
    return render_template(f"kinds/{kind.name}/answer.html", prompt=prompt, given=given, **names)


def reviewed(kind: Kind[Any, Any], told: Explained, **context: Any) -> str:
    """The review of an answer."""
    return render_template(f"kinds/{kind.name}/review.html", explained=told, **context)


def parsed(html: str) -> Any:
    """The elements of a piece of a page, which must be well formed."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)


def test_twenty_questions_on_one_page_keep_their_names_and_labels_apart() -> None:
    kinds = list(KINDS.values())
    questions = [asked(kinds[n % len(kinds)], name=f"answer-{n}", uid=f"your-{n}") for n in range(20)]
    controls = [set(re.findall(r'name="([^"]+)"', question)) for question in questions]
    assert controls == [{f"answer-{n}"} for n in range(20)]
    page = "".join(questions)
    parsed(page)
    ids = Counter(re.findall(r'\sid="([^"]+)"', page))
    assert set(ids.values()) == {1}
    assert set(re.findall(r'\s(?:for|aria-describedby|aria-labelledby)="([^"]+)"', page)) <= ids.keys()


def test_a_question_alone_on_its_page_has_the_plain_name(kind: Kind[Any, Any]) -> None:
    page = asked(kind)
    assert set(re.findall(r'name="([^"]+)"', page)) == {"answer"}
    assert all(name.startswith("your-") for name in re.findall(r'\sid="([^"]+)"', page))


def test_every_control_has_words_of_its_own(kind: Kind[Any, Any]) -> None:
    page = parsed(asked(kind, name="answer-3", uid="your-3"))
    labelled = {label.get("for") for label in page.iter("label")}
    inside = {control for label in page.iter("label") for control in label.iter("input")}
    controls = [control for tag in ("input", "select", "textarea") for control in page.iter(tag)]
    assert controls
    for control in controls:
        assert control in inside or control.get("aria-label") or control.get("id") in labelled


def sent(page: Any) -> list[str]:
    """The values that a browser would send of these controls."""
    values: list[str] = []
    for control in page.iter():
        if control.tag == "textarea":
            values.append(control.text or "")
        elif control.tag == "select":
            options = list(control.iter("option"))
            values.append(next((o for o in options if o.get("selected") is not None), options[0]).get("value"))
        elif control.tag == "input" and (control.get("type") is None or control.get("checked") is not None):
            values.append(control.get("value"))
    return values


@pytest.mark.parametrize("values", [RIGHT, WRONG], ids=["right", "wrong"])
def test_an_answer_stands_in_its_controls_as_it_was_given(kind: Kind[Any, Any], values: dict[str, Any]) -> None:
    page = asked(kind, values[kind.name], name="answer-7", uid="your-7")
    assert sent(parsed(page)) == list(values[kind.name])


@pytest.mark.parametrize("text", ["\nfirst", "\n\n<b> & “two”\n", "  indented\n\n\nafter"])
def test_an_essay_comes_back_with_every_line_and_blank(text: str) -> None:
    assert sent(parsed(asked(KINDS["essay"], [text]))) == [text]


@pytest.mark.parametrize(
    ("words", "says"),
    [((40, 120), "between 40 and 120 words"), ((1, None), "at least 1 word."), ((None, 120), "at most 120 words")],
)
def test_the_length_hoped_for_is_said_in_words(words: tuple[int | None, int | None], says: str) -> None:
    content = KINDS["essay"].load_content(
        {**CONTENTS["essay"], **dict(zip(("words_least", "words_most"), words, strict=True))}
    )
    prompt = KINDS["essay"].prompt(content, [])
    page = render_template("kinds/essay/answer.html", prompt=prompt, given=[])
    assert says in page
    assert 'aria-describedby="your-length"' in page


def test_an_essay_of_no_length_hoped_for_says_nothing_of_it() -> None:
    content = KINDS["essay"].load_content({**CONTENTS["essay"], "words_least": None, "words_most": None})
    page = render_template("kinds/essay/answer.html", prompt=KINDS["essay"].prompt(content, []), given=[])
    assert "your-length" not in page


@pytest.mark.parametrize("values", [RIGHT, WRONG, dict.fromkeys(KINDS)], ids=["right", "wrong", "blank"])
def test_where_nothing_is_judged_no_sign_of_right_or_wrong_is_shown(
    kind: Kind[Any, Any], values: dict[str, Any]
) -> None:
    page = reviewed(kind, explained(kind, values[kind.name]).limited_to(NOTHING_JUDGED))
    parsed(page)
    assert SIGNS.findall(page) == []
    assert not re.search(r'class="[^"]*\b(right|wrong)\b', page)


@pytest.mark.parametrize("values", [RIGHT, WRONG], ids=["right", "wrong"])
def test_where_everything_is_told_signs_say_what_is_right(kind: Kind[Any, Any], values: dict[str, Any]) -> None:
    assert SIGNS.findall(reviewed(kind, explained(kind, values[kind.name])))


def test_where_nothing_is_judged_the_answer_itself_is_still_shown(kind: Kind[Any, Any]) -> None:
    page = reviewed(kind, explained(kind, WRONG[kind.name]).limited_to(NOTHING_JUDGED))
    telling = {"ordering": "You gave it place 4", "essay": "I do not know.", "cloze": "They came by boat"}
    assert telling.get(kind.name, "Your answer") in page


@pytest.mark.parametrize("name", SECRETS)
def test_without_the_key_a_review_of_a_wrong_answer_has_no_word_of_it(name: str) -> None:
    page = reviewed(KINDS[name], explained(KINDS[name], WRONG[name]).limited_to(EVERYTHING - {Aspect.KEY}))
    parsed(page)
    assert "Right answer" not in page
    words = [secret for secret in SECRETS[name] if not secret.startswith("'")]
    assert [secret for secret in words if secret in page] == []


def test_without_reasons_no_empty_box_is_left_for_them(kind: Kind[Any, Any]) -> None:
    told = explained(kind, WRONG[kind.name]).limited_to(EVERYTHING - {Aspect.EXPLANATION})
    page = parsed(reviewed(kind, told))
    assert list(page.iter("details")) == []
    assert [element for element in page.iter() if not element.text and not len(element) and element.tag != "br"] == []


@pytest.mark.parametrize("values", [RIGHT, WRONG, dict.fromkeys(KINDS)], ids=["right", "wrong", "blank"])
def test_a_whole_review_is_well_formed(kind: Kind[Any, Any], values: dict[str, Any]) -> None:
    parsed(reviewed(kind, explained(kind, values[kind.name])))


def essay(text: str = "Wool.", comment: str = "", shown: frozenset[Aspect] = EVERYTHING, **context: Any) -> str:
    """The review of an essay."""
    of_answer = SimpleNamespace(slot=SimpleNamespace(comment=comment), shown=shown)
    return reviewed(KINDS["essay"], explained(KINDS["essay"], [text]), reviewed=of_answer, **context)


def test_an_essay_says_that_it_waits_for_a_teacher_until_one_has_marked_it() -> None:
    assert "waits for a teacher’s mark" in essay(waiting=True)
    assert "waits for a teacher’s mark" not in essay(waiting=False)


def test_a_teacher_s_points_stand_at_their_criteria_with_the_comment() -> None:
    page = essay(comment="Well read.\n\nAnd <well> put.", marking={0: 3, 1: 0})
    assert re.findall(r"\d of \d points?", page) == ["3 of 4 points", "0 of 1 point"]
    assert '<p dir="auto">And &lt;well&gt; put.</p>' in page


def test_a_comment_comes_with_the_mark_and_not_before_it() -> None:
    assert "Well read." not in essay(comment="Well read.", shown=EVERYTHING - {Aspect.MARK})


def test_an_essay_is_shown_as_text_with_its_paragraphs_and_lines() -> None:
    page = essay("One *is* <one>\r\nnext\r\n\r\n\r\nTwo")
    assert '<p dir="auto">One *is* &lt;one&gt;<br>next</p>' in page
    assert '<p dir="auto">Two</p>' in page
    assert "5 words" in page


def test_a_model_answer_and_what_full_points_need_are_shown_with_the_key() -> None:
    page = essay()
    assert "<p>And <em>why</em> so?</p>" in page
    assert "Full points need: why both: the wool = the tin" in page
