"""Whatever a bank holds, the linter judges it, and judges it the same each time."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.domain.quizzes import FRAMES, LEVELS, Status
from quizapp.domain.text import fold_typography
from quizapp.formats.document import BankDocument, QuestionDocument
from quizapp.kinds import KINDS
from quizapp.kinds.typed_answers import is_accepted
from quizapp.lint import RULES, BankSubject, lint_bank, lint_question
from tests.conftest import examples

TELLING = (
    "not never always often a an is were the and of A B All None above both only It burned rose fell did “quoted” Name "
    "terrorists corrupt Germans According to writer Dunmere bishop 1702 1–5 10 more or under million % May ___ … — * ?"
)
"""Words that rules look for; chance alone would hardly ever write one."""
WORDS = st.one_of(
    st.lists(st.sampled_from(TELLING.split()), min_size=1, max_size=14).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
).filter(str.strip)
SHORT = st.sampled_from(["founding", "decline", "nowhere"])


def different(count: int, most: int) -> st.SearchStrategy[list[str]]:
    """So many texts, no two of them the same to a reader."""
    return st.lists(WORDS, min_size=count, max_size=most, unique_by=_as_compared)


def _as_compared(text: str) -> str:
    return fold_typography(text.strip()).casefold()


@st.composite
def choices(draw: st.DrawFn, several: bool) -> dict[str, Any]:
    """Three to eight choices, some of them right, at least one wrong."""
    texts = draw(different(3, 8))
    count = draw(st.integers(2, len(texts) - 1)) if several else 1
    right = draw(st.permutations(range(len(texts))))[:count]
    made = [{"text": text, "correct": n in right, "feedback": "Why."} for n, text in enumerate(texts)]
    return {"choices": made, "keep_order": draw(st.booleans())}


@st.composite
def short_answers(draw: st.DrawFn) -> dict[str, Any]:
    """Right answers, and wrong ones that are not taken as right."""
    accept, reject = draw(different(1, 3)), draw(different(0, 2))
    wrong = [{"text": text, "feedback": "Why."} for text in reject if not is_accepted(text, accept, reject)]
    return {"accept": accept, "reject": wrong}


@st.composite
def numbers(draw: st.DrawFn) -> dict[str, Any]:
    """A number, exact or not."""
    return {
        "answer": draw(st.floats(-1e12, 1e12)),
        "tolerance": draw(st.sampled_from([0.0, 1.5])),
        "unit": draw(st.sampled_from(["", " ", "year", "CE", "crowns"])),
    }


@st.composite
def pairs(draw: st.DrawFn) -> dict[str, Any]:
    """Pairs, and options more than pairs."""
    lefts = draw(different(3, 5))
    rights = draw(different(len(lefts), len(lefts) + 2))
    return {
        "pairs": [
            {"left": left, "right": right, "feedback": "Why."} for left, right in zip(lefts, rights, strict=False)
        ],
        "extras": [{"text": text, "feedback": "Why."} for text in rights[len(lefts) :]],
    }


@st.composite
def orders(draw: st.DrawFn) -> dict[str, Any]:
    """Items in the order of time or of the telling; some have no date."""
    texts = draw(different(3, 7))
    dates = draw(st.lists(st.sampled_from(["1702", "1702-05", "1702-05-04", "1781"]), min_size=7, max_size=7))
    hidden = draw(st.sets(st.integers(0, 6)))
    items = [
        {"text": text, "date": None if n in hidden else date}
        for n, (text, date) in enumerate(zip(texts, sorted(dates), strict=False))
    ]
    return {"items": items, "ordered_by": draw(st.sampled_from(["time", "telling"]))}


@st.composite
def gaps(draw: st.DrawFn) -> dict[str, Any]:
    """A text with one to five blanks; nothing in it looks like another one."""
    pieces = [piece.replace("[", "(") for piece in draw(st.lists(WORDS, min_size=1, max_size=5))]
    text = "".join(f"{piece} [[{n}]] " for n, piece in enumerate(pieces, start=1))
    return {"text": text, "blanks": [{"accept": draw(different(1, 2))} for _ in pieces]}


@st.composite
def essays(draw: st.DrawFn) -> dict[str, Any]:
    """A rubric, with hints and a model answer or without."""
    said = st.one_of(st.just(""), WORDS)
    return {
        "rubric": [
            {"text": text, "points": draw(st.integers(1, 20)), "hint": draw(said)} for text in draw(different(1, 4))
        ],
        "model_answer": draw(said),
    }


OWN_FIELDS: dict[str, Callable[[], st.SearchStrategy[dict[str, Any]]]] = {
    "single_choice": lambda: choices(several=False),
    "multiple_response": lambda: choices(several=True),
    "true_false": lambda: st.fixed_dictionaries({"answer": st.booleans(), "if_true": WORDS, "if_false": WORDS}),
    "short_answer": short_answers,
    "numeric": numbers,
    "matching": pairs,
    "ordering": orders,
    "cloze": gaps,
    "essay": essays,
}


@st.composite
def questions(draw: st.DrawFn) -> QuestionDocument:
    """A question of any kind, on any words; in a bank read in part two may have the same id."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    rules = draw(st.lists(st.sampled_from([*RULES, "no-such-rule"]), max_size=2))
    content = {
        "stem": draw(WORDS),
        "explanation": draw(WORDS),
        "evidence": [{"passage": draw(SHORT), "quote": draw(WORDS)}],
        "references": ["Ledger of Dunmere"],
        **draw(OWN_FIELDS[kind]()),
    }
    header = {
        "id": f"q-{draw(st.integers(1, 8))}",
        "kind": kind,
        "status": draw(st.sampled_from(list(Status))),
        "frame": draw(st.sampled_from(FRAMES)),
        "level": draw(st.sampled_from(LEVELS)),
        "objective": draw(st.integers(1, 3)),
        "claims": draw(st.lists(st.sampled_from(["P1.1", "P1.2", "P9.9"]), max_size=2)),
        "waivers": [{"rule": rule, "reason": "It cannot be put otherwise."} for rule in rules],
    }
    return QuestionDocument.model_validate({**header, "content": content})


@st.composite
def banks(draw: st.DrawFn) -> BankDocument:
    """A bank with up to six questions, with claims and a blueprint or without."""
    note = {"quote": "x", "verdict": "differs", "record": "y", "references": ["z"], "claims": ["P1.1"]}
    passages = [
        {"id": name, "title": name, "retells": "P1", "text": draw(WORDS), "notes": draw(st.sampled_from([[], [note]]))}
        for name in draw(st.sampled_from([(), ("founding",), ("founding", "decline")]))
    ]
    standings = draw(st.lists(st.sampled_from(["agrees", "opinion", "differs", "disputed"]), max_size=2))
    claims = [{"id": f"P1.{n}", "says": "So.", "standing": standing} for n, standing in enumerate(standings, start=1)]
    plan = st.fixed_dictionaries(
        {"sections": st.sampled_from([{}, {"part": {"recall": 2}, "gone": {"cause": 1}}]),
         "kinds": st.sampled_from([{}, {"cloze": {"recall": 1}}]),
         "per_objective": st.integers(0, 2), "per_claim": st.sampled_from([None, 1]), "per_passage": st.integers(0, 2)}
    )  # fmt: skip
    section = {
        "id": "part", "title": "Part", "dated": "1702", "claims": claims, "passages": passages,
        "questions": draw(st.lists(questions(), max_size=6)),
    }  # fmt: skip
    return BankDocument.model_validate(
        {
            "id": "any",
            "title": "Any",
            "language": draw(st.sampled_from(["en", "ur"])),
            "source": {"title": "Any", "author": draw(WORDS), "about": "Any."},
            "objectives": {1: "One", 2: "Two"},
            "blueprint": draw(st.none() | plan),
            "sections": [section],
        }
    )


@settings(
    max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(banks())
def test_any_bank_is_judged_and_always_alike(bank: BankDocument) -> None:
    report = lint_bank(bank)
    assert lint_bank(bank) == report
    assert all(found.found and found.where is not None for found in report.findings)
    names = {question.id for _, question in bank.questions()} | {""}
    assert {found.question for found in report.findings} <= names


@settings(
    max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(banks(), questions())
def test_any_question_is_judged_beside_any_bank(bank: BankDocument, question: QuestionDocument) -> None:
    found = lint_question(BankSubject(bank), question)
    assert [finding.severity for finding in found] == sorted([finding.severity for finding in found], reverse=True)
    assert lint_question(BankSubject(bank), question) == found
