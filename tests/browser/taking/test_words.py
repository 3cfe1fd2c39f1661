"""The words that the modules ask for are those that the pages bring."""

import re

from quizapp.config import PACKAGE

MODULES = PACKAGE / "static" / "js" / "taking"
PAGES = [*PACKAGE.glob("templates/taking/*.html"), *PACKAGE.glob("kinds/*/answer.html")]
SAID_OF_MINUTES = {"say-10", "say-5", "say-1"}


def test_the_words_asked_for_are_the_words_given() -> None:
    code = "\n".join(file.read_text() for file in MODULES.glob("*.js"))
    given = set(re.findall(r"data-words-([a-z0-9-]+)=", "\n".join(page.read_text() for page in PAGES)))
    assert set(re.findall(r'words\("([a-z0-9-]+)"', code)) <= given
    named = re.findall(r'"([a-z-]+)"', code) + re.findall(r"dataset\.words(\w+)", code)
    assert given - SAID_OF_MINUTES <= {name.lower() for name in named}
