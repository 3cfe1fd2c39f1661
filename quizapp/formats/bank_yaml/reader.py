"""From the files of a bank to one checked document, or to the list of everything that is wrong with them."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from quizapp.domain.settings import QuizSettings
from quizapp.formats.bank_yaml.checks import check_links, check_quotes
from quizapp.formats.bank_yaml.lore import Lore, UnknownReference, filled_in, lore_of
from quizapp.formats.bank_yaml.places import File, Places, parse
from quizapp.formats.document import BankDocument, PassageDocument, QuestionDocument, SectionDocument
from quizapp.formats.problems import MalformedBank, Problem
from quizapp.kinds import KINDS
from quizapp.kinds.content import Content

ModelT = TypeVar("ModelT", bound=BaseModel)
Path = tuple[str | int, ...]
HEAD = "bank.yaml"
_HEADER_FIELDS = frozenset(QuestionDocument.model_fields) - {"content"}


@dataclass(frozen=True)
class Examined:
    """What files could be read as: the bank without its unreadable parts (None: no bank at all), and what is wrong.

    `complete` is whether nothing had to be left out.
    """

    bank: BankDocument | None
    problems: tuple[Problem, ...]
    places: Places
    complete: bool


def read_bank(files: Mapping[str, str]) -> BankDocument:
    """The bank in `files` (name → text). Raises MalformedBank with every problem found, each with file and line."""
    found = examine(files)
    problems = list(found.problems)
    if found.bank is not None:
        problems += check_quotes(found.bank, found.places.sections, found.complete)
    if problems or found.bank is None:
        raise MalformedBank(problems)
    return found.bank


def examine(files: Mapping[str, str]) -> Examined:
    """The bank in `files` as far as it can be read, with every problem but the quotes of questions."""
    problems: list[Problem] = []
    parsed = {file.name: file for file in _parse_all(files, problems)}
    head = parsed.get(HEAD)
    if head is None:
        if HEAD not in files:
            problems.append(Problem(HEAD, 0, "the file is missing; it names the bank and its sections"))
        return Examined(None, tuple(problems), Places(None, ()), complete=False)
    listed = head.root.get("sections")
    names = [str(name) for name in listed] if isinstance(listed, list) else []
    lore = lore_of(head.root)
    sections: list[tuple[File, SectionDocument]] = []
    for index, name in enumerate(names):
        file = parsed.get(f"{name}.yaml")
        if file is None:
            if f"{name}.yaml" not in files:
                problems.append(head.problem(("sections", index), f"there is no file {name}.yaml for section {name}"))
            continue
        section = _read_section(file, lore, problems)
        if section is not None:
            sections.append((file, section))
    problems += _unlisted(files, names)
    bank = _read_head(head, tuple(section for _, section in sections), problems)
    places = Places(head, tuple(file for file, _ in sections))
    complete = not problems
    if bank is not None:
        problems += check_links(bank, head, places.sections, whole=complete)
    return Examined(bank, tuple(problems), places, complete)


def _parse_all(files: Mapping[str, str], problems: list[Problem]) -> Iterator[File]:
    for name, text in files.items():
        try:
            yield parse(name, text)
        except MalformedBank as error:
            problems += error.problems


def _unlisted(files: Mapping[str, str], names: Sequence[str]) -> Iterator[Problem]:
    for file in files:
        if file != HEAD and file.removesuffix(".yaml") not in names:
            yield Problem(file, 0, f"the file is not listed under `sections` of {HEAD}; list it or remove it")


def _read_head(head: File, sections: tuple[SectionDocument, ...], problems: list[Problem]) -> BankDocument | None:
    data = {key: value for key, value in head.root.items() if key != "sections"}
    return _validate(BankDocument, {**data, "sections": sections}, head, (), problems)


def _read_section(file: File, lore: Lore, problems: list[Problem]) -> SectionDocument | None:
    """The section with those of its parts that can be read, so that one mistake does not hide the others."""
    root = file.root
    passages = [
        _validate(PassageDocument, data, file, ("passages", index), problems)
        for index, data in enumerate(_list(file, "passages", problems))
    ]
    questions = [
        _read_question(file, index, data, lore, problems)
        for index, data in enumerate(_list(file, "questions", problems))
    ]
    fields = {key: value for key, value in root.items() if key not in ("section", "passages", "questions")}
    section = {
        **fields,
        "id": root.get("section"),
        "passages": tuple(passage for passage in passages if passage is not None),
        "questions": tuple(question for question in questions if question is not None),
    }
    return _validate(SectionDocument, section, file, (), problems)


def _list(file: File, part: str, problems: list[Problem]) -> list[Any]:
    """The entries of a list of the file; none, and a problem, where something else stands in its place."""
    entries = file.root.get(part)
    if entries is None or isinstance(entries, list):
        return entries or []
    problems.append(file.problem((part,), f"`{part}` should be a list, each entry with a hyphen before it"))
    return []


def _read_question(file: File, index: int, data: Any, lore: Lore, problems: list[Problem]) -> QuestionDocument | None:
    path: Path = ("questions", index)
    if not isinstance(data, Mapping):
        problems.append(file.problem(path, "a question should be a mapping of fields such as `id: …`"))
        return None
    name = data.get("kind")
    if not isinstance(name, str) or name not in KINDS:
        problems.append(file.problem((*path, "kind"), f"unknown kind {name!r}; the kinds are {', '.join(KINDS)}"))
        return None
    header = {key: value for key, value in data.items() if key in _HEADER_FIELDS}
    fields = {key: value for key, value in data.items() if key not in _HEADER_FIELDS}
    try:
        fields = filled_in(fields, lore)
    except UnknownReference as error:
        problems.append(file.problem((*path, *error.path), str(error)))
        return None
    content = _validate(KINDS[name].content_model, fields, file, path, problems)
    shell = {**header, "content": content if content is not None else _STAND_IN}
    question = _validate(QuestionDocument, shell, file, path, problems)
    return question if content is not None else None


_STAND_IN = {"stem": "-", "explanation": "-", "evidence": []}


def _validate(model: type[ModelT], data: Any, file: File, path: Path, problems: list[Problem]) -> ModelT | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors():
            location = tuple(step for step in detail["loc"] if step != "content")
            if model is QuestionDocument and detail["loc"][:1] == ("content",):
                continue
            message = f"{_quiz_named(data, location)}{_message(detail, model)}"
            problems.append(file.problem((*path, *location), message))
        return None


def _quiz_named(data: Any, location: Path) -> str:
    """The quiz that a place in the head leads into, as an opening of a message; empty elsewhere."""
    match location:
        case ("quizzes", int(number), *_) if isinstance(data["quizzes"][number], Mapping):
            return f"quiz {data['quizzes'][number].get('id', f'number {number + 1}')}: "
    return ""


_MOMENT = "this should be a date, a time and its zone, such as 2026-06-01T12:00Z"
_PLAIN = {
    "string_type": "this should be text; put it in quotation marks",
    "tuple_type": "this should be a list, such as [one, two]",
    "dict_type": "this should be fields with their values, such as {title: …}",
    "model_type": "this should be fields with their values, such as {title: …}",
    "model_attributes_type": "this should be fields with their values, such as {title: …}",
    "float_parsing": "this should be a number, in digits",
    "float_type": "this should be a number, in digits",
    "int_parsing": "this should be a whole number, in digits",
    "int_type": "this should be a whole number, in digits",
    "bool_parsing": "this should be true or false",
    "bool_type": "this should be true or false",
    "int_from_float": "this should be a whole number, in digits",
    "timezone_aware": _MOMENT,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
}
"""What the commonest slips are called in plain words."""


def _message(detail: Any, model: type[BaseModel]) -> str:
    field = ".".join(str(step + 1) if isinstance(step, int) else step for step in detail["loc"])
    kind = detail["type"]
    if kind == "missing":
        return f"`{field}` is missing"
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(detail["loc"][-1]), sorted(_known_fields(detail["loc"], model)), n=1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        return f"`{field}` is not a field of this{hint}"
    says = _PLAIN.get(kind) or str(detail["msg"]).removeprefix("Value error, ")
    return f"`{field}`: {says}" if field else says


def _known_fields(location: Path, model: type[BaseModel]) -> frozenset[str]:
    """The fields there are where a field is unknown."""
    if "settings" in location[:-1]:
        return frozenset(QuizSettings.model_fields)
    return frozenset(model.model_fields) | (_HEADER_FIELDS if issubclass(model, Content) else frozenset())
