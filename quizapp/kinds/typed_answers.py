"""Whether a typed answer is one of the accepted ones, forgiving how it is written and small slips of the fingers."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

from quizapp.domain.text import fold_typography, western_digits
from quizapp.kinds.content import Model, Text

_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ـ": None, ".": None, "-": " ", ",": " "})
_ARTICLE = re.compile(r"^(the|an?) (?=\S)")
_LONGEST_ACRONYM = 5


class WrongAnswer(Model):
    """An answer often given and wrong, and why."""

    text: Text
    feedback: Text


def fold_answer(text: str) -> str:
    """`text` as answers are compared: without case, accents, harakat, tatweel, full stops or a leading article."""
    folded = western_digits(fold_typography(text)).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    words = " ".join(unicodedata.normalize("NFKC", bare).translate(_LETTERS).split())
    return _ARTICLE.sub("", words)


def slips_between(first: str, second: str) -> int:
    """Optimal-string-alignment distance: each insertion, deletion, substitution or swap of neighbours counts 1."""
    before: list[int] = []
    above = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        row = [i]
        for j, b in enumerate(second, start=1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, above = above, row
    return above[-1]


def allowed_slips(accepted: str) -> int:
    """How many slips an accepted answer, as its author wrote it, bears: none up to 3 characters, 1 up to 7, else 2.

    Short acronyms bear none: one letter makes another body of them.
    """
    length = len(fold_answer(accepted))
    acronym = accepted.replace(".", "")
    if acronym.isupper() and acronym.isalpha() and len(acronym) <= _LONGEST_ACRONYM:
        return 0
    return 0 if length <= 3 else 1 if length <= 7 else 2


def is_accepted(answer: str, accept: Collection[str], reject: Collection[str]) -> bool:
    """Whether `answer` is one of `accept`, slips forgiven.

    A slip is never forgiven in a digit, nor where one of the known wrong answers in `reject` is at least as near
    (accepting Iran must not accept Iraq).
    """
    typed = fold_answer(answer)
    if typed in {fold_answer(text) for text in accept}:
        return True
    nearest_wrong = min((slips_between(typed, fold_answer(text)) for text in reject), default=len(typed) + 1)
    for text in accept:
        wanted = fold_answer(text)
        slips = slips_between(typed, wanted)
        if slips <= allowed_slips(text) and slips < nearest_wrong and _digits(typed) == _digits(wanted):
            return True
    return False


def known_wrong(answer: str, reject: Collection[str]) -> str | None:
    """The known wrong answer that `answer` is, slips forgiven; None where it is none of them."""
    typed = fold_answer(answer)
    for text in reject:
        if slips_between(typed, fold_answer(text)) <= allowed_slips(text) and _digits(typed) == _digits(text):
            return text
    return None


def refuse_accepted_wrong_answers(accept: Collection[str], reject: Sequence[WrongAnswer]) -> None:
    """Raise ValueError where an answer listed as wrong would be taken as right."""
    listed = [wrong.text for wrong in reject]
    for text in listed:
        if is_accepted(text, accept, ()) and is_accepted(text, accept, listed):
            raise ValueError(f"{text!r} stands under reject, but would be accepted; remove it from one list")


def still_rejected(reject: Sequence[WrongAnswer], accept: Collection[str]) -> list[dict[str, str]]:
    """Of the answers listed as wrong those that are wrong still when these are accepted, as plain data."""
    known = [wrong.text for wrong in reject]
    return [wrong.model_dump() for wrong in reject if not is_accepted(wrong.text, accept, known)]


def lines_of(fields: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    """The answers that a form lists, one a line, each once."""
    lines = (line.strip() for value in fields.get(name, ()) for line in value.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _digits(text: str) -> str:
    return "".join(c for c in western_digits(text) if c.isdigit())
