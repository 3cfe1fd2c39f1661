"""From a bank to the text of its files, in the order of fields a person would write them."""

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

from quizapp.formats.bank_yaml.reader import HEAD
from quizapp.formats.document import BankDocument, QuestionDocument, SectionDocument

_CLOSING = ("explanation", "evidence", "references")
_LONG = 90
"""Characters from which a text without line breaks is written as a block."""


def write_bank(bank: BankDocument) -> dict[str, str]:
    """The files of the bank, name → text; reading them gives the same bank."""
    head = bank.model_dump(mode="json", exclude_defaults=True, exclude={"sections"})
    head["objectives"] = dict(sorted(bank.objectives.items()))
    lists: dict[str, Any] = {name: head.pop(name) for name in ("timeline", "people", "quizzes") if name in head}
    head["sections"] = [section.id for section in bank.sections]
    head.update(lists)
    files = {HEAD: _dump(head)}
    for section in bank.sections:
        files[f"{section.id}.yaml"] = _dump(_section(section))
    return files


def _section(section: SectionDocument) -> dict[str, Any]:
    return {
        "section": section.id,
        "title": section.title,
        "dated": section.dated,
        **({"claims": [claim.model_dump(mode="json") for claim in section.claims]} if section.claims else {}),
        "passages": [passage.model_dump(mode="json", exclude_defaults=True) for passage in section.passages],
        "questions": [_question(question) for question in section.questions],
    }


def _question(question: QuestionDocument) -> dict[str, Any]:
    header = question.model_dump(mode="json", exclude_defaults=True, exclude={"content"})
    content = question.content.model_dump(mode="json", exclude_defaults=True)
    closing: dict[str, Any] = {key: content.pop(key) for key in _CLOSING if key in content}
    return {**header, **content, **closing}


def _dump(data: dict[str, Any]) -> str:
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(_styled(data), out)
    return out.getvalue()


def _styled(value: Any) -> Any:
    """The value with long texts as blocks, which a person can read and edit."""
    if isinstance(value, dict):
        return {key: _styled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_styled(item) for item in value]
    if isinstance(value, str) and "\n" in value:
        return LiteralScalarString(value if value.endswith("\n") else f"{value}\n")
    if isinstance(value, str) and len(value) > _LONG:
        return FoldedScalarString(value)
    return value
