"""The words of a bank that are secret until a question is answered, and where they are said."""

import re
from collections.abc import Collection, Iterable
from random import Random
from typing import Any

from quizapp.formats.document import BankDocument, QuestionDocument
from quizapp.kinds import kind_named
from tests.contracts.saying import ASKED, words_of

SECRET = frozenset(
    {
        "accept", "answer", "date", "explanation", "feedback", "hint", "if_false", "if_true", "model_answer", "quote",
        "references", "reject",
    }
)  # fmt: skip
"""Fields of a content that are told with the key or after it."""


def asked(document: BankDocument) -> list[QuestionDocument]:
    """The nine questions, in the order in which they are asked."""
    questions = {question.id: question for section in document.sections for question in section.questions}
    return [questions[slug] for slug in ASKED]


def secrets_of(*questions: QuestionDocument) -> set[str]:
    """Key, reasons, references, evidence, hints and years of questions, as they are written.

    Which of the options is right has no word of its own.
    """
    return {secret for question in questions for secret in _secrets_in(question.content.model_dump(mode="json"), "")}


def _secrets_in(data: Any, name: str) -> Iterable[str]:
    """The secrets in a value that stands under this name; below a secret everything is one."""
    if isinstance(data, dict):
        return [found for key, entry in data.items() for found in _secrets_in(entry, name if name in SECRET else key)]
    if isinstance(data, list):
        return [found for entry in data for found in _secrets_in(entry, name)]
    if name not in SECRET or isinstance(data, bool) or not data:
        return []
    return [f"{data:g}" if isinstance(data, float) else data[:4] if name == "date" else data.replace("*", "")]


def words_asked(document: BankDocument) -> str:
    """All that the questions say before they are answered."""
    prompts = []
    for question in asked(document):
        kind = kind_named(question.kind)
        prompts.append(repr(kind.prompt(question.content, kind.order(question.content, Random(3)))))
    return words_of("\n".join(prompts))


def words_to_read(document: BankDocument) -> str:
    """The plain words of all passages."""
    texts = (passage.text.replace("*", "") for section in document.sections for passage in section.passages)
    return words_of("\n".join(texts))


def said_among(secrets: Collection[str], said: str, allowed: str = "") -> list[str]:
    """The secrets that were said, as whole words, but for those that stand in the allowed words."""
    words = words_of(said)
    return sorted(secret for secret in secrets if _stands_in(secret, words) and not _stands_in(secret, allowed))


def _stands_in(secret: str, words: str) -> bool:
    return secret in words and re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", words) is not None
