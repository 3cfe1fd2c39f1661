"""The list of questions, and what is done to many of them."""

import re

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.models import Bank, Question, db
from quizapp.services import sharing
from tests.conftest import Browser, question_named

LIST = "/teach/banks/harbour/questions"


def ids(app: Flask, *slugs: str) -> list[int]:
    """The ids of questions."""
    with app.app_context():
        return [question_named(db.session(), slug).id for slug in slugs]


def may_only(app: Flask, right: Right | None) -> None:
    """Every teacher may do no more than this with the small bank."""
    with app.app_context():
        db.session.scalars(db.select(Bank)).one().everyone = right
        db.session.commit()


def stems(page: str) -> list[str]:
    """The stems in the list, in their order."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


def planned(browser: Browser, numbers: list[int], deed: str, to: str) -> dict[str, str]:
    """What the page that shows the plan sends back."""
    page = browser.post(f"{LIST}/bulk", {"question": numbers, "deed": deed, f"to-{deed}": to})
    assert page.status_code == 200, page.location
    (stamps,) = re.findall(r'name="stamps" value="([^"]+)"', page.text)
    return {"deed": deed, f"to-{deed}": to, "stamps": stamps}


def test_the_filter_and_the_order_stand_in_the_address(tahir: Browser) -> None:
    page = tahir.get(f"{LIST}?section=fall&level=recall&sort=stem&down=1").text
    found = stems(page)
    assert len(found) == 3
    assert found == sorted(found, key=str.casefold, reverse=True)
    assert '<option selected value="fall">' in page
    assert 'aria-sort="descending"' in page


@pytest.mark.parametrize("asked", ["sort=x&down=7&page=x", "page=99", "page=-1", "objective=x&tag=%00", "figures=x"])
def test_an_address_that_makes_no_sense_is_no_failure(tahir: Browser, asked: str) -> None:
    assert tahir.get(f"{LIST}?{asked}").status_code == 200


def test_a_long_list_has_pages_that_keep_the_filter(
    app: Flask, tahir: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.web.teach.question_list.PAGE", 2)
    page = tahir.get(f"{LIST}?section=fall&sort=stem&page=2").text
    assert len(stems(page)) == 2
    assert "page 2 of 3" in page
    assert f"{LIST}?section=fall&amp;sort=stem&amp;page=3" in page


def test_a_change_is_shown_first_and_then_done(app: Flask, tahir: Browser) -> None:
    numbers = ids(app, "walls", "river")
    sent = planned(tahir, numbers, "tag", "exam")
    assert "exam" not in tahir.get(LIST).text
    done = tahir.post(f"{LIST}/bulk/apply", {**sent, "section": "fall"})
    assert done.location == f"{LIST}?section=fall"
    assert len(stems(tahir.get(f"{LIST}?tag=exam").text)) == 2


def test_what_cannot_be_done_is_told_with_its_reason(app: Flask, tahir: Browser) -> None:
    page = tahir.post(f"{LIST}/bulk", {"question": ids(app, "walls"), "deed": "status", "to-status": "published"}).text
    assert "It is so already." in page
    assert "stamps" not in page


def test_all_on_the_list_are_taken_whatever_is_ticked(tahir: Browser) -> None:
    page = tahir.post(f"{LIST}/bulk", {"all": "1", "section": "fall", "deed": "move", "to-move": "rise"}).text
    assert "5 questions change." in page


def test_where_somebody_was_faster_nothing_is_done_and_the_plan_shown_anew(app: Flask, tahir: Browser) -> None:
    sent = planned(tahir, ids(app, "walls", "river"), "status", "retired")
    with app.app_context():
        question_named(db.session(), "river").tags = ["theirs"]
        db.session.commit()
    told = tahir.post(f"{LIST}/bulk/apply", sent)
    assert told.status_code == 409
    assert "Nothing was done: a question has been changed by somebody else" in told.text
    with app.app_context():
        assert {question.status for question in db.session.scalars(db.select(Question))} == {"published"}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"deed": "tag", "to-tag": "x"}, "Tick the questions that it is for"),
        ({"all": "1"}, "Choose what is to be done"),
        ({"all": "1", "deed": "burn"}, "Choose what is to be done"),
        ({"all": "1", "deed": "tag", "to-tag": " "}, "Write at least one tag."),
        ({"all": "1", "deed": "move", "to-move": "x"}, "Choose a section of this text."),
        ({"question": ["x", "-1", "9" * 30], "deed": "tag", "to-tag": "x"}, "Tick the questions"),
    ],
    ids=str,
)
def test_what_is_missing_is_said_above_the_list(tahir: Browser, data: dict[str, str], says: str) -> None:
    assert says in tahir.post(f"{LIST}/bulk", data, follow_redirects=True).text


def test_who_may_only_look_sees_the_list_and_changes_nothing(app: Flask, tahir: Browser) -> None:
    sent = planned(tahir, ids(app, "walls"), "tag", "exam")
    may_only(app, Right.VIEW)
    page = tahir.get(LIST).text
    assert len(stems(page)) == 8
    assert 'name="deed"' not in page
    assert tahir.post(f"{LIST}/bulk", {"all": "1", "deed": "tag", "to-tag": "x"}).status_code == 403
    assert tahir.post(f"{LIST}/bulk/apply", sent).status_code == 403


def test_who_has_no_right_finds_no_list(app: Flask, tahir: Browser) -> None:
    may_only(app, None)
    assert tahir.get(LIST).status_code == 404
    assert tahir.post(f"{LIST}/bulk", {"all": "1", "deed": "tag", "to-tag": "x"}).status_code == 404
    with app.app_context():
        bank = db.session.scalars(db.select(Bank)).one()
        sharing.share(db.session(), bank, "tahir", Right.EDIT)
        db.session.commit()
    assert tahir.get(LIST).status_code == 200


def test_a_plan_is_not_carried_out_by_following_a_link(tahir: Browser) -> None:
    assert tahir.get(f"{LIST}/bulk").status_code == 405
    assert tahir.get(f"{LIST}/bulk/apply").status_code == 405
