"""A question of each kind, as content, for the tests of the kinds."""

from typing import Any

COMMON: dict[str, Any] = {
    "stem": "According to the writer, which is it?",
    "explanation": "The passage names it in its second sentence.",
    "evidence": [{"passage": "beginnings", "quote": "wool and tin"}],
}


def choices(keys: str, count: int = 5) -> list[dict[str, Any]]:
    """Choices A, B, C, …, of which those in `keys` are right."""
    return [{"text": name, "correct": name in keys, "feedback": f"why {name}"} for name in "ABCDEFGH"[:count]]


CONTENTS: dict[str, dict[str, Any]] = {
    "single_choice": {**COMMON, "choices": choices("B", 4)},
    "multiple_response": {**COMMON, "choices": choices("AC")},
    "true_false": {**COMMON, "answer": False, "if_true": "why not true", "if_false": "why false"},
    "short_answer": {
        **COMMON,
        "accept": ["Iran", "Persia"],
        "reject": [{"text": "Iraq", "feedback": "another country"}],
    },
    "numeric": {
        **COMMON,
        "answer": 7.5,
        "scale": "billion",
        "unit": "billion US dollars",
        "reject": [{"value": 1.5, "feedback": "one year only"}],
    },
}
