"""What every question carries, whatever its kind."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from quizapp.domain.dates import real_date
from quizapp.domain.text import fold_typography

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Path = tuple[str | int, ...]
"""Where in a content something stands: field names and places in lists, from 0."""


def _of_the_calendar(written: str) -> str:
    try:
        return real_date(written)
    except ValueError as error:
        raise PydanticCustomError("historical_date", "{says}", {"says": str(error)}) from error


HistoricalDate = Annotated[str, AfterValidator(_of_the_calendar)]
"""A year, a month or a day: 1965, 1947-08, 1999-07-04."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class Model(BaseModel):
    """A value that is checked once, when it is made, and never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True)


def refuse_twins(texts: Iterable[str], what: str) -> None:
    """Raise ValueError where two of `what` (“choices”, say) say the same, case and typography aside."""
    seen: set[str] = set()
    for text in texts:
        folded = fold_typography(text).casefold()
        if folded in seen:
            raise ValueError(f"two {what} say the same: {folded!r}; change one of them")
        seen.add(folded)


def refuse_to_ask_more(ask: int | None, count: int, what: str) -> None:
    """Raise ValueError where an attempt should show more of `what` than there are."""
    if ask is not None and ask > count:
        raise ValueError(f"`ask` is {ask}, but there are {count} {what}")


class Evidence(Model):
    """The exact words of a passage that decide something. `passage` is the passage's id in the bank."""

    passage: Slug
    quote: Text


def quotes_in_rows(part: str, rows: Iterable[tuple[Evidence, ...]]) -> tuple[tuple[Path, Evidence], ...]:
    """The quotes of the entries of a list called `part`, each with where it stands."""
    return tuple(
        ((part, number, "evidence", place), quote)
        for number, quotes in enumerate(rows)
        for place, quote in enumerate(quotes)
    )


class Content(Model):
    """The words of a question: what is asked, and why the answer is right."""

    stem: Text
    explanation: Text
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    references: tuple[Text, ...] = ()

    def located_evidence(self) -> tuple[tuple[Path, Evidence], ...]:
        """Every quote the question points at and where it stands, the deciding ones first."""
        return tuple((("evidence", number), quote) for number, quote in enumerate(self.evidence))

    def all_evidence(self) -> tuple[Evidence, ...]:
        """Every quote the question points at, the deciding ones first."""
        return tuple(quote for _, quote in self.located_evidence())


class Choice(Model):
    """One option of a choice question; `feedback` says why it is right, or what a reader who picks it has misread."""

    text: Text
    correct: bool = False
    feedback: Text
    evidence: tuple[Evidence, ...] = ()
