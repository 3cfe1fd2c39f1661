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


def pairs(count: int = 3) -> list[dict[str, Any]]:
    """Pairs A and a, B and b, C and c, …"""
    return [{"left": name, "right": name.lower(), "feedback": f"why {name}"} for name in "ABCDEFGH"[:count]]


def items(*dates: str | None) -> list[dict[str, Any]]:
    """Items A, B, C, …, one for each date."""
    return [
        {"text": name, "date": date, "feedback": f"why {name}"}
        for name, date in zip("ABCDEFGH"[: len(dates)], dates, strict=True)
    ]


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
    "matching": {
        **COMMON,
        "pairs": [{**pairs(1)[0], "evidence": [{"passage": "silting", "quote": "The river Ouzel"}]}, *pairs()[1:]],
        "extras": [{"text": "z", "feedback": "why z"}],
        "ask": 3,
    },
    "ordering": {**COMMON, "items": items("1862", "1862-03", None, "1874-11-02"), "ordered_by": "time"},
    "cloze": {
        **COMMON,
        "text": "They came by [[1]], for the price of [[2]]\n\nand [[3]].",
        "blanks": [
            {"accept": ["cart"], "choices": ["boat", "cart"]},
            {"accept": ["Persian silk", "silk"], "reject": [{"text": "Iraqi wool", "feedback": "why not = this"}]},
            {"accept": ["7.5 pence"]},
        ],
    },
    "essay": {
        **COMMON,
        "rubric": [
            {"text": "Names both goods", "points": 4, "hint": "why both: the wool = the tin"},
            {"text": "Says which\nwas never carried", "points": 1},
        ],
        "words_least": 40,
        "words_most": 120,
        "model_answer": "They carried two things.\n\nAnd *why* so?",
    },
}

ORDERS: dict[str, list[int]] = {
    "single_choice": [0, 1, 2, 3],
    "multiple_response": [0, 1, 2, 3, 4],
    "matching": [0, 1, 2, 0, 1, 2, 3],
    "ordering": [2, 0, 3, 1],
}
"""An order in which an attempt may show them: choices and options as they are written, items never so."""
