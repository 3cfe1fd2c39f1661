"""Taking a quiz, as a browser without JavaScript does it."""

from tests.conftest import Browser


def test_a_visitor_practises_without_an_account(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    page = visitor.get(f"/attempts/{attempt}", follow_redirects=True).text
    assert "who founded Saltmouth?" in page


def test_practice_shows_mine_right_why_and_the_marked_words_after_each_answer(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    visitor.answer(attempt, 1, visitor.option(attempt, 1, "The crown"))
    page = visitor.get(f"/attempts/{attempt}/questions/1").text
    assert "Your answer" in page
    assert "A person founded it." in page
    assert '<mark class="evidence' in page
    assert "The town’s own charter is dated 1804." in page
    assert 'href="/read/harbour#beginnings"' in page
