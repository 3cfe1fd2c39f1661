"""Every word a person reads goes through the catalogue."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from jinja2 import Environment, nodes

from quizapp.config import PACKAGE
from quizapp.kinds import KINDS

ALL = (*(PACKAGE / "templates").rglob("*.html"), *(PACKAGE / "kinds").rglob("*.html"))
TEMPLATES = sorted(path for path in ALL if path.parent.name != "styleguide")
"""All but the style guide, which is for developers and whose words are samples."""
_TAG = re.compile(r"<[^>]*>|[a-z0-9-]+=\"[^\"]*\"")
_SPOKEN = re.compile(r"""\b(?:aria-label|placeholder|title|alt)=["']([^"']*[A-Za-z]{2}[^"']*)["']""")


def written(template: Path) -> str:
    """What a template says by itself: its own text, with everything that Jinja fills in left out."""
    source = re.sub(r"{% block (?:main_class|skip_to) %}.*?{% endblock %}", "", template.read_text(encoding="utf-8"))
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)
    return "".join(data.data for data in tree.find_all(nodes.TemplateData))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_template_says_a_word_of_its_own(template: Path) -> None:
    text = written(template)
    loose = re.findall(r"[A-Za-z]{2,}", _TAG.sub(" ", text))
    assert [word for word in loose if word not in {"doctype", "html", "UTC"}] == []
    assert _SPOKEN.findall(text) == []


def test_the_words_of_kinds_forms_and_errors_are_found_by_the_extractor() -> None:
    found = {
        message if isinstance(message, str) else message[0]
        for _, _, message, _, _ in extract_from_dir(
            PACKAGE,
            method_map=[("**.py", "python"), ("templates/**.html", "jinja2"), ("kinds/**.html", "jinja2")],
            keywords={"_": None, "gettext": None, "ngettext": (1, 2), "mark_for_translation": None},
        )
    }
    wanted = {"Choose a username.", "Check my answer", "There is nothing at this address", "%(num)s question"}
    wanted |= {kind.title for kind in KINDS.values()} | {kind.instruction for kind in KINDS.values()}
    assert wanted - found == set()
