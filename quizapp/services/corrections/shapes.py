"""The versions of a question by their shape: answers to versions of one shape can be marked by any of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from quizapp.domain.rulings import Ruling
from quizapp.kinds import kind_named
from quizapp.kinds.base import Kind
from quizapp.kinds.content import Content
from quizapp.kinds.corrections import Carry
from quizapp.models import Question, QuestionVersion
from quizapp.services.attempts.showing import as_ruling


@dataclass(frozen=True)
class Version:
    """A version ready to be marked by. `ruling` is what holds for answers to it, None where it says it all itself."""

    id: int
    number: int
    kind: Kind[Any, Any]
    content: Content
    ruling: Ruling | None

    @property
    def dropped(self) -> tuple[int, ...]:
        """The options that are treated as not being there."""
        return () if self.ruling is None else self.ruling.dropped


@dataclass(frozen=True)
class Shape:
    """Versions of one shape, the newest first. `content` is what answers to the newest one are marked by."""

    versions: tuple[Version, ...]
    content: Content
    current: bool
    """Whether the question's current version is among them; then it stands first."""

    @property
    def head(self) -> Version:
        """The version of which a correction is said."""
        return self.versions[0]

    @property
    def kind(self) -> Kind[Any, Any]:
        """The kind of them all."""
        return self.head.kind

    def dropped(self) -> tuple[int, ...]:
        """The options dropped already, by their indexes in `content`."""
        carry = self.carry(self.head)
        gone = self.head.dropped
        return gone if carry is None else tuple(carry.options.get(index, index) for index in gone)

    def carry(self, version: Version) -> Carry | None:
        """Where the parts of a version stand in `content`; None where they do not."""
        return version.kind.carry(version.content, self.content, version.dropped)


def versions_of(question: Question) -> dict[int, Version]:
    """The versions of a question by their ids."""
    return {version.id: _version(version) for version in question.versions}


def _version(version: QuestionVersion) -> Version:
    kind = kind_named(version.kind)
    return Version(version.id, version.number, kind, kind.load_content(version.content), as_ruling(version.ruling))


def content_by(version: Version, versions: Mapping[int, Version]) -> Content:
    """The content that answers to a version are marked by."""
    by = None if version.ruling is None else version.ruling.by_version
    return version.content if by is None or by not in versions else versions[by].content


def shapes(question: Question) -> list[Shape]:
    """The versions by their shape, that of the current one first."""
    versions = versions_of(question)
    newest_first = sorted(versions.values(), key=lambda v: (v.id != question.current_version_id, -v.number))
    found: list[Shape] = []
    for version in newest_first:
        place = next(_places(found, version), None)
        if place is None:
            current = version.id == question.current_version_id
            found.append(Shape((version,), content_by(version, versions), current))
        else:
            shape = found[place]
            found[place] = replace(shape, versions=(*shape.versions, version))
    return found


def _places(found: list[Shape], version: Version) -> Iterator[int]:
    return (
        place
        for place, shape in enumerate(found)
        if shape.kind.name == version.kind.name and shape.carry(version) is not None
    )
