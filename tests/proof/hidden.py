"""What a question hides until it may be told, found in its content whatever its kind."""

from collections.abc import Iterator
from typing import Any

from quizapp.domain.feedback import Aspect
from quizapp.kinds.content import Content

_FIELDS = {
    "feedback": Aspect.EXPLANATION,
    "if_true": Aspect.EXPLANATION,
    "if_false": Aspect.EXPLANATION,
    "explanation": Aspect.EXPLANATION,
    "references": Aspect.EXPLANATION,
    "quote": Aspect.EVIDENCE,
    "hint": Aspect.KEY,
    "model_answer": Aspect.KEY,
    "date": Aspect.KEY,
    "accept": Aspect.KEY,
}
"""The fields of contents that hold words which a page must not have too early."""


def hidden_words(content: Content) -> dict[str, Aspect]:
    """Every such word of a question, with the aspect it comes with; the shown words of its options are not hidden."""
    data = content.model_dump(mode="json")
    found = dict(_hidden(data))
    if "accept" not in data and isinstance(data.get("answer"), int | float) and not isinstance(data["answer"], bool):
        found[f"{data['answer']:g}"] = Aspect.KEY
    offered = {word for blank in data.get("blanks", ()) for word in blank["choices"]}
    return {word: aspect for word, aspect in found.items() if word and word not in offered}


def _hidden(data: Any) -> Iterator[tuple[str, Aspect]]:
    if isinstance(data, list):
        for entry in data:
            yield from _hidden(entry)
    if isinstance(data, dict):
        for name, value in data.items():
            if name in _FIELDS:
                yield from ((word, _FIELDS[name]) for word in ([value] if isinstance(value, str) else value or ()))
            else:
                yield from _hidden(value)
