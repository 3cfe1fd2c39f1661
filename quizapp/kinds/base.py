"""What a kind of question is: the one interface behind which single choice, numeric and the others stand."""

import importlib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any, ClassVar, Generic, TypeVar

from quizapp.kinds.content import Content, Evidence, Model

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
class Prompt:
    """All that may be known of a question before it is answered. It has no room for a key, feedback or evidence."""

    kind: str
    stem: str
    instruction: str
    options: tuple[Option, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class ExplainedOption:
    """An option after the answer: whether it is right, whether the student chose it, and why."""

    text: str
    correct: bool
    chosen: bool
    feedback: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Explained:
    """The answer set beside the key. Kinds with options fill `options`; the others `given` and `key`."""

    options: tuple[ExplainedOption, ...] = ()
    given: str = ""
    key: tuple[str, ...] = ()
    feedback: str = ""
    evidence: tuple[Evidence, ...] = field(default=())


class Kind(ABC, Generic[ContentT, ResponseT]):
    """A kind of question. One instance stands in the registry; it holds no state.

    A kind's folder also holds `answer.html`, `review.html`, `editor.html` and `editor.py` (the form of the editor).
    """

    name: ClassVar[str]
    title: ClassVar[str]
    instruction: ClassVar[str]
    content_model: type[ContentT]
    response_model: type[ResponseT]

    def load_content(self, data: Mapping[str, Any]) -> ContentT:
        """The content from plain data. Raises pydantic.ValidationError."""
        return self.content_model.model_validate(data)

    def load_response(self, data: Mapping[str, Any] | None) -> ResponseT | None:
        """A saved response from plain data; None for a blank. Raises pydantic.ValidationError."""
        return None if data is None else self.response_model.model_validate(data)

    def order(self, content: ContentT, chance: Random) -> list[int]:
        """The order in which an attempt shows the options, as indexes into the content; empty without options."""
        return []

    @abstractmethod
    def prompt(self, content: ContentT, order: Sequence[int]) -> Prompt:
        """The question as it may be shown before it is answered."""

    @abstractmethod
    def read(self, content: ContentT, order: Sequence[int], fields: Fields) -> ResponseT | None:
        """The response a form sent; None for a blank. Raises BadResponse for anything that is no answer."""

    @abstractmethod
    def given(self, response: ResponseT, order: Sequence[int]) -> tuple[str, ...]:
        """A response as the values of the form's answer field, to show it again as it was sent."""

    @abstractmethod
    def mark(self, content: ContentT, response: ResponseT) -> float:
        """The fraction 0–1 of the question's marks that a response earns. A blank, never passed here, earns 0."""

    @abstractmethod
    def explain(self, content: ContentT, order: Sequence[int], response: ResponseT | None) -> Explained:
        """The response beside the key, with the reasons."""

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


def single_value(fields: Fields, name: str) -> str:
    """The one value of a field, stripped; empty where it is missing. Raises BadResponse for several or a huge one."""
    values = fields.get(name, ())
    if len(values) > 1:
        raise BadResponse("Give one answer only.")
    value = values[0].strip() if values else ""
    if len(value) > MAX_ANSWER_LENGTH:
        raise BadResponse("This answer is too long: use at most 500 characters.")
    return value


MAX_ANSWER_LENGTH = 500
"""Characters of a typed answer; the longest key in use is far shorter."""


def shuffled(count: int, chance: Random) -> list[int]:
    """The indexes 0 … count − 1 in an order drawn from `chance`."""
    return chance.sample(range(count), count)
