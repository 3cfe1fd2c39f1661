"""A small good bank on an invented town, and questions of each kind with one thing changed."""

from collections.abc import Sequence
from typing import Any

from quizapp.formats.document import BankDocument, QuestionDocument

SECTION = "rise-and-fall"
PASSAGES = {
    "founding": (
        "The glassworks of Dunmere were founded in 1702 by Hesper Vale, a widow who had inherited a sand pit and no "
        "money. She borrowed forty crowns from the bishop, hired six blowers, and paid them in beer until the first "
        "panes were sold."
    ),
    "growth": (
        "Ten years later the kilns burned day and night. Dunmere sent panes to Arden, bottles to Corvale and lenses to "
        "Lund Hill, whose keeper wrote that “no clearer glass was to be had in all the seven valleys of the north”."
    ),
    "decline": (
        "By 1760 the beech woods were gone. Coal had to be carted over the pass, the bishop called in his debt, and "
        "Ines Carrow put out the last fire in 1781."
    ),
}


def choices(*texts: str, keys: Sequence[int] = (0,)) -> list[dict[str, Any]]:
    """Choices with these texts, those at `keys` right."""
    return [{"text": text, "correct": n in keys, "feedback": "The passage decides it."} for n, text in enumerate(texts)]


def quote(words: str, passage: str = "founding") -> dict[str, str]:
    """Evidence."""
    return {"passage": passage, "quote": words}


_COMMON = {
    "explanation": "The writer tells it in one sentence, and nothing later in the text takes it back.",
    "evidence": [quote("borrowed forty crowns")],
}
CONTENTS: dict[str, dict[str, Any]] = {
    "single_choice": {
        "stem": "According to the writer, who lent the money for the works?",
        "choices": choices("the bishop", "the miller", "the council", "the blowers"),
    },
    "multiple_response": {
        "stem": "Which goods does the writer say left the town? Select all that apply.",
        "choices": choices("panes", "bottles", "candles", "barrels", keys=(0, 1)),
        "evidence": [quote("panes to Arden, bottles to Corvale", "growth")],
    },
    "true_false": {
        "stem": "According to the writer, wages were at first paid in beer.",
        "answer": True,
        "if_true": "So the passage says.",
        "if_false": "The passage says that they were.",
    },
    "short_answer": {
        "stem": "According to the writer, who closed the kilns for good?",
        "accept": ["Ines Carrow", "Carrow"],
        "reject": [{"text": "Hesper Vale", "feedback": "She opened them."}],
        "evidence": [quote("Ines Carrow put out the last fire", "decline")],
    },
    "numeric": {
        "stem": "In which year, according to the writer, did Hesper Vale begin?",
        "answer": 1702,
        "unit": "year",
        "evidence": [quote("founded in 1702 by Hesper Vale")],
    },
    "matching": {
        "stem": "According to the writer, what did each of these places receive?",
        "pairs": [
            {"left": "Arden", "right": "panes", "feedback": "It had windows to mend."},
            {"left": "Corvale", "right": "bottles", "feedback": "It had wine to fill."},
            {"left": "Lund Hill", "right": "lenses", "feedback": "It had stars to watch."},
        ],
        "extras": [{"text": "beads", "feedback": "Beads are not named."}],
        "evidence": [quote("lenses to Lund Hill", "growth")],
    },
    "ordering": {
        "stem": "In which order does the writer say that these things happened?",
        "items": [
            {"text": "the first kiln was lit", "date": "1702"},
            {"text": "an observatory bought glass", "date": "1712"},
            {"text": "the woods ran out", "date": "1760-03"},
            {"text": "the last fire went out", "date": "1781-11-02"},
        ],
        "evidence": [quote("the last fire in 1781", "decline")],
    },
    "cloze": {
        "stem": "Fill in what the writer says of the lean years.",
        "text": "Nothing was left to burn but [[1]], which came over the pass; the [[2]] asked for his crowns back.",
        "blanks": [{"accept": ["coal"]}, {"accept": ["bishop", "the bishop"]}],
        "evidence": [quote("Coal had to be carted over the pass", "decline")],
    },
    "essay": {
        "stem": "According to the writer, why did the glassworks fail?",
        "rubric": [
            {"text": "Names the causes", "points": 4, "hint": "Fuel and debt."},
            {"text": "Keeps to the passage", "points": 2},
        ],
        "words_least": 80,
        "words_most": 200,
        "model_answer": "The beech woods had been burned, and the debt was called in.",
        "evidence": [quote("the beech woods were gone", "decline")],
    },
}  # fmt: skip
"""A good question of each kind: no rule has anything to say of it."""
HEADER_FIELDS = frozenset(QuestionDocument.model_fields)


def question(kind: str, **changed: Any) -> QuestionDocument:
    """The good question of a kind with some of its fields changed; the content is not checked by its kind again."""
    header = {name: value for name, value in changed.items() if name in HEADER_FIELDS}
    content = {**_COMMON, **CONTENTS[kind], **{name: value for name, value in changed.items() if name not in header}}
    return QuestionDocument.model_validate(
        {
            "id": "changed",
            "kind": kind,
            "frame": "essay",
            "level": "recall",
            "objective": 1,
            **header,
            "content": content,
        }
    )


def unchecked(kind: str, **changed: Any) -> QuestionDocument:
    """The same with content that its kind would refuse, as it might come from a future format."""
    good = question(kind)
    return good.model_copy(update={"content": good.content.model_copy(update=changed)})


def asking(stem: str, *options: str, keys: Sequence[int] = (0,), **changed: Any) -> QuestionDocument:
    """A choice with this stem and these options; a multiple response where several are right."""
    kind = "single_choice" if len(keys) == 1 else "multiple_response"
    return question(kind, stem=stem, choices=choices(*options, keys=keys), **changed)


def among(*options: str, keys: Sequence[int] = (0,), **changed: Any) -> QuestionDocument:
    """A choice with these options and a stem that has nothing in common with any."""
    return asking("Which of them does the writer name?", *options, keys=keys, **changed)


GOOD_QUESTIONS = [question(kind, id=f"good-{kind.replace('_', '-')}") for kind in CONTENTS]


def bank(*questions: QuestionDocument, **changed: Any) -> BankDocument:
    """A bank with these questions (the good ones, if there are none) and the three passages.

    Fields of the bank can be changed, and of its one section: `claims`, `passages`.
    """
    section = {
        "id": SECTION,
        "title": "Rise and fall",
        "dated": "1702–1781",
        "claims": changed.pop("claims", ()),
        "passages": changed.pop("passages", PASSAGE_LIST),
        "questions": questions or GOOD_QUESTIONS,
    }
    return BankDocument.model_validate(
        {
            "id": "dunmere",
            "title": "The glassworks of Dunmere",
            "source": {"title": "A short history of Dunmere", "author": "N. Body", "about": "Invented for tests."},
            "objectives": {1: "Know the town"},
            "sections": [section],
            **changed,
        }
    )


def passages(**changed: Any) -> list[dict[str, Any]]:
    """The passages, the first of them with some fields changed."""
    first, *rest = PASSAGE_LIST
    return [{**first, **changed}, *rest]


PASSAGE_LIST = [{"id": name, "title": name, "retells": "P1", "text": text} for name, text in PASSAGES.items()]
GOOD = bank()


def with_ids(*questions: QuestionDocument) -> list[QuestionDocument]:
    """The questions with ids of their own: q-1, q-2, …"""
    return [one.model_copy(update={"id": f"q-{number}"}) for number, one in enumerate(questions, start=1)]
