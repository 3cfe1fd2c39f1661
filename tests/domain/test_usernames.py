"""Usernames made of names."""

import pytest

from quizapp.domain.usernames import may_be_username, username_from


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Zoë Ali", "zoe.ali"),
        ("Øyvind Straße", "oyvind.strasse"),
        ("O’Neil, Anne-Marie", "oneil.anne.marie"),
        ("Łukasz", "lukasz"),
        ("Li", "li.2"),
        ("عائشہ", "student.1"),
        ("李", "student.1"),
        ("x" * 90, "x" * 35),
    ],
)
def test_a_username_is_made_of_plain_letters(name: str, username: str) -> None:
    assert username_from(name, set()) == username
    assert may_be_username(username)


def test_a_username_that_is_taken_gets_the_next_free_number() -> None:
    assert username_from("Zoe Ali", {"zoe.ali", "zoe.ali.2"}) == "zoe.ali.3"
    assert username_from("李", {"student.1"}) == "student.2"


@pytest.mark.parametrize("text", ["ab", "a b c", "a" * 41, "a@b.org", ""])
def test_what_cannot_be_typed_at_sign_in_is_no_username(text: str) -> None:
    assert not may_be_username(text)
