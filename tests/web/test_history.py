"""The score history."""

from tests.conftest import Browser


def test_a_visitor_is_told_what_will_stand_here(visitor: Browser) -> None:
    assert "There is nothing here yet." in visitor.get("/history").text


def test_a_finished_attempt_stands_in_chart_table_and_strengths(ayesha: Browser) -> None:
    attempt = ayesha.start("rise-practice")
    ayesha.answer(attempt, 2, "1851")
    ayesha.post(f"/attempts/{attempt}/submit")
    page = ayesha.get("/history").text
    assert '<circle class="point"' in page
    assert "Date the events" in page
    assert "50%" in page
    assert f'href="/attempts/{attempt}/review"' in page


def test_an_open_attempt_can_be_continued_from_here(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    page = ayesha.get("/history").text
    assert "not finished" in page
    assert f'href="/attempts/{attempt}"' in page


def test_nobody_sees_the_attempts_of_others(ayesha: Browser, ben: Browser) -> None:
    attempt = ayesha.start("rise-practice")
    assert f"/attempts/{attempt}" not in ben.get("/history").text
