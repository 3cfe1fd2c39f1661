"""Rules on fairness: words that load the dice against a people, and labels nobody answers for."""

import re
from collections.abc import Iterator
from typing import Any

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.content import Path
from quizapp.lint.findings import Hit, QuestionRule, Severity
from quizapp.lint.subjects import BankSubject, Item
from quizapp.lint.words import plain, without_quotations

_NOT_OURS = frozenset({"evidence", "references", "accept"})
"""Fields that hold the words of others: of passages, of references, of students."""


def _texts(value: Any, field: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a content that a student may read as ours, and where it stands."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*field, number))
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NOT_OURS:
                yield from _texts(inner, (*field, name))


def _loaded_words(item: Item, bank: BankSubject) -> Iterator[Hit]:
    lexicon = item.lexicon
    contempt = (
        rf"\b{lexicon.contempt} {lexicon.peoples}\b|\b{lexicon.peoples} (?:are|were|is|was) {lexicon.contempt}\b"
        rf"|{lexicon.dehumanising}"
    )
    for field, text in _texts(item.content.model_dump(mode="json")):
        said = plain(without_quotations(text))
        found = re.search(contempt, said)
        if found:
            yield Hit(_("“%(words)s” passes judgement on a people."), {"words": found[0]}, field)
        yield from _unattributed(said, field, item)


def _unattributed(said: str, field: Path, item: Item) -> Iterator[Hit]:
    for sentence in re.split(r"(?<=[.?!;])\s+", said):
        label = re.search(item.lexicon.contested_label, sentence)
        if label and not re.search(item.lexicon.labelled_by, sentence):
            yield Hit(_("“%(word)s” is somebody’s label; the sentence does not say whose."), {"word": label[0]}, field)


RULES = (
    QuestionRule(
        "loaded-words", Severity.WARNING,
        _("A question that insults or takes sides tests whether the reader shares its view."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 8; NBME Item-Writing Guide, on bias"),
        _("Name the body that acted, or the body that gives the label; leave the adjective out."),
        _loaded_words,
    ),
)  # fmt: skip
