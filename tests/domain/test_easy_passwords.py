"""Passwords that are guessed first."""

import pytest

from quizapp.domain.easy_passwords import is_easy

ABOUT = ("zara", "Zara Malik-Shah", "Read Closely")


@pytest.mark.parametrize(
    "password",
    [
        "1234567890", "0987654321", "123456789a", "12345678910", "1111111111", "1212121212", "1234512345", "abcdefghij",
        "qwertyuiop", "qwerty12345", "asdfghjkl;", "zxcvbnm123", "1q2w3e4r5t", "1qaz2wsx3edc", "qazwsxedcrfv",
        "password12", "Password1!", "pa$$w0rd11", "PASSWORD PASSWORD", "letmein123", "iloveyou12", "football12",
        "princess12", "sunshine!!", "basketball", "Summer2026!", "dragon1999", "unknown123", "welcome2school",
    ],
)  # fmt: skip
def test_what_most_people_choose_is_easy(password: str) -> None:
    assert is_easy(password)


@pytest.mark.parametrize(
    "password", ["zara123456", "Zara.Malik.2010", "malikshah12", "zara malik-shah", "readclosely1"]
)
def test_what_is_about_the_person_or_the_site_is_easy(password: str) -> None:
    assert is_easy(password, ABOUT)


def test_a_name_is_easy_only_for_who_has_it() -> None:
    assert is_easy("quetzalcoatlus", ["Quetzalcoatlus"])
    assert not is_easy("quetzalcoatlus", ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "a long password",
        "x7#Kq9!mPz",
        "ein Satz mit Umlauten: öäü",
        "لاہور میں بارش",
        "пароль-не-прост",
    ],
)
def test_a_few_words_of_one_s_own_or_signs_by_chance_are_not(password: str) -> None:
    assert not is_easy(password, ABOUT)


def test_the_longest_password_is_judged_at_once() -> None:
    assert is_easy("password" * 25)
    assert not is_easy("correct horse " * 14 + "x", ["x" * 80])
