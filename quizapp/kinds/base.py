"""What a kind of question is: the one interface behind which single choice, numeric and the others stand."""

import importlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any, ClassVar, Generic, TypeVar

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.content import Content, Model
from quizapp.kinds.content import Path as Place
from quizapp.kinds.corrections import Accepted, BadCorrection, Carry
from quizapp.kinds.explained import Explained

ContentT = TypeVar("ContentT", bound=Content)
ResponseT = TypeVar("ResponseT", bound=Model)
Fields = Mapping[str, Sequence[str]]
"""What a form sent: each field's name and its values, in order."""


class BadResponse(ValueError):
    """What came from the form is no answer to this question; the text says what to do, marked for translation."""


@dataclass(frozen=True)
class Option:
    """An option as a student sees it before answering. `value` is its place on the page, so it tells nothing."""

    value: str
    text: str


@dataclass(frozen=True)
class Expectation:
    """What an answer is marked by, and its points, as a student sees it before answering; not what earns them."""

    text: str
    points: int


@dataclass(frozen=True)
class Prompt:
    """All that may be known of a question before it is answered. It has no room for a key, feedback or evidence."""

    kind: str
    stem: str
    instruction: str
    options: tuple[Option, ...] = ()
    unit: str = ""
    rows: tuple[str, ...] = ()
    """Entries to be matched or put in order, one control each."""
    pieces: tuple[str, ...] = ()
    """A text around its blanks: one piece more than there are blanks."""
    lists: tuple[tuple[str, ...], ...] = ()
    """For each blank the words to choose from; an empty list where the word is typed."""
    criteria: tuple[Expectation, ...] = ()
    words: tuple[int | None, int | None] = (None, None)
    """How many words are hoped for, at least and at most."""


@dataclass(frozen=True)
class OptionText:
    """An option as a writer of questions wrote it, and where it stands in the content."""

    text: str
    field: Place
    correct: bool = False


@dataclass(frozen=True)
class Anatomy:
    """What a question consists of, whatever its kind, for rules that judge the writing.

    `options` are rivals for one key and can be compared with one another; `keys` the right answers in words, and
    `asked` what each of them answers, where that is not the stem; `shuffled` whether the options' written order is not
    the order shown; `verdict` whether a statement that is to be judged is true, None where something is asked; `text`
    what else is to be read with the stem.
    """

    options: tuple[OptionText, ...] = ()
    keys: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    shuffled: bool = True
    verdict: bool | None = None
    text: str = ""

    @property
    def statement(self) -> bool:
        """Whether it is a statement to be judged, which asks nothing."""
        return self.verdict is not None


class Kind(ABC, Generic[ContentT, ResponseT]):
    """A kind of question. One instance stands in the registry; it holds no state.

    A kind's folder also holds `answer.html`, `review.html`, `editor.html` and `editor.py` (the form of the editor).
    """

    name: ClassVar[str]
    title: ClassVar[str]
    instruction: ClassVar[str]
    content_model: type[ContentT]
    response_model: type[ResponseT]
    marked_by_teacher: ClassVar[bool] = False
    """Whether a teacher must mark the answers: then `mark` gives None."""
    corrected_by: ClassVar[frozenset[str]] = frozenset()
    """What of a correction can be said on its page: `key`, `accept`, `drop`. For the first two there is `correct.html`.

    Any other key is written in the editor, and the version it makes is chosen to mark by.
    """

    names_one_key: ClassVar[bool] = False
    """Whether a content has room for one key only: a further right answer is then accepted beside it."""

    def load_content(self, data: Mapping[str, Any]) -> ContentT:
        """The content from plain data. Raises pydantic.ValidationError."""
        return self.content_model.model_validate(data)

    def load_response(self, data: Mapping[str, Any] | None) -> ResponseT | None:
        """A saved response from plain data; None for a blank. Raises pydantic.ValidationError."""
        return None if data is None else self.response_model.model_validate(data)

    def order(self, content: ContentT, chance: Random) -> list[int]:
        """The order in which an attempt shows the options, as indexes into the content; empty without options."""
        return []

    def plain_order(self, content: ContentT, chance: Random) -> list[int]:
        """The order where a quiz does not shuffle options; as `order`, where the shuffling is the question itself."""
        return self.order(content, chance)

    @abstractmethod
    def prompt(self, content: ContentT, order: Sequence[int]) -> Prompt:
        """The question as it may be shown before it is answered."""

    @abstractmethod
    def read(self, content: ContentT, order: Sequence[int], fields: Fields) -> ResponseT | None:
        """The response a form sent; None for a blank. Raises BadResponse for anything that is no answer."""

    @abstractmethod
    def given(self, content: ContentT, order: Sequence[int], response: ResponseT) -> tuple[str, ...]:
        """A response as the values of the form's answer field, to show it again as it was sent."""

    @abstractmethod
    def mark(self, content: ContentT, response: ResponseT) -> float | None:
        """The fraction 0–1 of the question's marks that a response earns; None where a teacher must mark it.

        A blank, never passed here, earns 0 whoever marks.
        """

    def guess_score(self, content: ContentT) -> float:
        """The fraction 0–1 that choosing at random earns on average; 0 where there is nothing to choose from.

        Source: Moodle's “random guess score”, by which select-all questions and orders count as 0.
        """
        return 0.0

    @abstractmethod
    def explain(self, content: ContentT, order: Sequence[int], response: ResponseT | None) -> Explained:
        """The response beside the key, with the reasons."""

    def anatomy(self, content: ContentT) -> Anatomy:
        """The question's parts for the linter; a kind whose answers cannot be told in words has none."""
        return Anatomy()

    def carry(self, old: ContentT, new: ContentT, dropped: Collection[int] = ()) -> Carry | None:
        """Where the parts of one version stand in another; None where answers to `old` cannot be marked by `new`.

        Options that are `dropped` may be missing in the new one.
        """
        return Carry()

    def carry_order(self, new: ContentT, order: Sequence[int], carry: Carry) -> list[int]:
        """An attempt's order of the old version as one of the new, without what that lacks."""
        return list(order)

    def carry_response(self, response: ResponseT, carry: Carry) -> ResponseT:
        """A response to the old version as one to the new."""
        return response

    def is_same(self, content: ContentT, response: ResponseT, other: ResponseT) -> bool:
        """Whether two responses give the same answer."""
        return response == other

    def mark_without(self, content: ContentT, response: ResponseT, dropped: Collection[int]) -> float | None:
        """What `mark` gives, as if the options with the indexes `dropped` had not been there."""
        return self.mark(content, response)

    def droppable(self, content: ContentT, dropped: Collection[int] = ()) -> tuple[int, ...]:
        """The options without which the question still has its answer, beside those `dropped` already."""
        return ()

    def without(self, content: ContentT, option: int) -> ContentT:
        """The content without an option, to be asked from now on. Raises BadCorrection where too few would remain."""
        raise BadCorrection(_("This kind of question has no options that could be dropped."))

    def with_key(self, content: ContentT, fields: Fields) -> ContentT:
        """The content with the key that a form gives. Raises BadCorrection."""
        raise BadCorrection(_("Write the new key in the editor, then choose that version to mark by."))

    def accepted(self, content: ContentT, fields: Fields) -> Accepted:
        """The answer that a form gives, as one more that is right. Raises BadCorrection."""
        raise BadCorrection(_("This kind of question takes no further answer: change its key."))

    def folder(self) -> Path:
        """Where the kind's templates live."""
        module_file = importlib.import_module(type(self).__module__).__file__
        assert module_file is not None  # noqa: S101  a kind is a file on disk, never a namespace
        return Path(module_file).parent

    def editor(self) -> ModuleType:
        """The kind's `editor` module: `Editor` (a form), `to_content(form)` and `from_content(content)`.

        Imported on demand, so that the kinds themselves know nothing of forms.
        """
        package = type(self).__module__.removesuffix(".kind")
        return importlib.import_module(f"{package}.editor")


def only_value(fields: Fields, name: str) -> str:
    """The one value of a field as it was sent; empty where it is missing. Raises BadResponse for several."""
    values = fields.get(name, ())
    if len(values) > 1:
        raise BadResponse(_("Give one answer only."))
    return values[0] if values else ""


def single_value(fields: Fields, name: str) -> str:
    """The one value of a field, stripped; empty where it is missing. Raises BadResponse for several or a huge one."""
    value = only_value(fields, name).strip()
    if len(value) > MAX_ANSWER_LENGTH:
        raise BadResponse(_("This answer is too long: use at most 500 characters."))
    return value


def several_values(fields: Fields, name: str, count: int) -> list[str]:
    """The values of a field that a page shows `count` times, stripped, in order; empty ones kept.

    Raises BadResponse for another number of them, or a huge one.
    """
    values = [value.strip() for value in fields.get(name, ())]
    if not values:
        return [""] * count
    if len(values) != count:
        raise BadResponse(_("This is not an answer to this question: open the question again and answer there."))
    if any(len(value) > MAX_ANSWER_LENGTH for value in values):
        raise BadResponse(_("This answer is too long: use at most 500 characters."))
    return values


MAX_ANSWER_LENGTH = 500
"""Characters of a typed answer; the longest key in use is far shorter."""


def shuffled(count: int, chance: Random) -> list[int]:
    """The indexes 0 … count − 1 in an order drawn from `chance`."""
    return chance.sample(range(count), count)
