"""Where in a YAML file something stands, so that every message can name its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from quizapp.formats.problems import MalformedBank, Problem


@dataclass(frozen=True)
class File:
    """A parsed YAML file: its name and its top mapping, which remembers the lines."""

    name: str
    root: CommentedMap

    def line(self, path: Sequence[str | int]) -> int:
        """The line (from 1) of the deepest step of `path` that the file has."""
        node: Any = self.root
        line = 1
        for step in path:
            found = _line_of(node, step)
            if found is None:
                break
            line, node = found + 1, node[step]
        return line

    def problem(self, path: Sequence[str | int], message: str) -> Problem:
        """A problem at `path`, naming the question the path leads into."""
        return Problem(self.name, self.line(path), message, self._question(path))

    def has(self, part: str, name: str) -> bool:
        """Whether the list `part` has an entry with this id."""
        return any(isinstance(entry, Mapping) and entry.get("id") == name for entry in self._entries(part))

    def place_of(self, part: str, name: str) -> tuple[str, int]:
        """Where in the list `part` (passages, questions) the entry with this id stands; the last, where it is twice."""
        entries = self._entries(part)
        found = [n for n, entry in enumerate(entries) if isinstance(entry, Mapping) and entry.get("id") == name]
        return (part, found[-1] if found else 0)

    def _entries(self, part: str) -> Sequence[Any]:
        entries = self.root.get(part)
        return entries if isinstance(entries, list) else ()

    def _question(self, path: Sequence[str | int]) -> str:
        if len(path) < 2 or path[0] != "questions":
            return ""
        try:
            return str(self.root["questions"][path[1]]["id"])
        except (KeyError, IndexError, TypeError):
            return f"number {int(path[1]) + 1}"


@dataclass(frozen=True)
class Places:
    """The files of a bank, to find the line on which a part of it stands; `head` is None where it is missing."""

    head: File | None
    sections: tuple[File, ...]

    def of_question(self, name: str, field: Sequence[str | int] = ()) -> tuple[str, int]:
        """File and line of a question, or of a field of it; the first file and line 1 where it is in none."""
        return self._of("questions", name, field)

    def of_passage(self, name: str) -> tuple[str, int]:
        """File and line of a passage; the first file and line 1 where it is in none."""
        return self._of("passages", name, ())

    def _of(self, part: str, name: str, field: Sequence[str | int]) -> tuple[str, int]:
        for file in self.sections:
            if file.has(part, name):
                return file.name, file.line((*file.place_of(part, name), *field))
        return (self.head.name if self.head else "", 1)


def _line_of(node: Any, step: str | int) -> int | None:
    if isinstance(node, CommentedMap) and step in node:
        return int(node.lc.value(step)[0]) if isinstance(node[step], str) else int(node.lc.key(step)[0])
    if isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
        return int(node.lc.item(step)[0])
    return None


def parse(name: str, text: str) -> File:
    """The file parsed. Raises MalformedBank where it is no YAML mapping."""
    yaml = YAML(typ="rt", pure=True)
    try:
        root = yaml.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        says = " ".join(str(error.problem or error.context).split())
        raise MalformedBank([Problem(name, mark.line + 1 if mark else 0, f"not valid YAML: {says}")]) from error
    except YAMLError as error:
        raise MalformedBank([Problem(name, 0, f"not valid YAML: {error}")]) from error
    if not isinstance(root, CommentedMap):
        raise MalformedBank([Problem(name, 1, "the file should be a mapping of fields such as `title: …`")])
    return File(name, root)
