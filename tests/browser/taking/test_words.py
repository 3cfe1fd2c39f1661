"""The words that the modules ask for are those that the pages bring."""

import re

from quizapp.config import PACKAGE

MODULES = PACKAGE / "static" / "js" / "taking"
GIVEN = PACKAGE / "templates" / "taking" / "_words.html"


def test_the_words_asked_for_are_the_words_given() -> None:
    code = "\n".join(file.read_text() for file in MODULES.glob("*.js"))
    given = set(re.findall(r"data-words-([a-z0-9-]+)=", GIVEN.read_text()))
    assert set(re.findall(r'words\("([a-z0-9-]+)"', code)) <= given
    assert given - {"say-10", "say-5", "say-1"} <= set(re.findall(r'"([a-z-]+)"', code))
