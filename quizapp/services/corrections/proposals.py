"""What a teacher proposes, worked out into rulings and new content. Only the question is read, nothing written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from quizapp.domain.rulings import Ruling
from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import BadResponse, Fields
from quizapp.kinds.choices import ChoiceContent
from quizapp.kinds.content import Content
from quizapp.kinds.corrections import BadCorrection, Carry, carried
from quizapp.models import Deed
from quizapp.services.corrections.shapes import Shape, Version, content_by

NEW = 0
"""Stands for the id of the version that a correction will make."""
MOST_CHARACTERS = 2000
"""Of a reason, and of a new explanation twice as many."""


class CorrectionRefused(ValueError):
    """A correction that cannot be made so; the text, marked for translation, says what to change."""


@dataclass(frozen=True)
class Proposal:
    """A correction as a teacher wants it. `versions` are the ids of those concerned.

    `by` is an existing version to mark by, None for a key given in `fields`; `explanation` replaces the one there is
    where a new version is made, unless it is empty. `lowers` lets marks fall; `retires` takes the question out of use.
    """

    deed: Deed
    versions: tuple[int, ...]
    reason: str
    by: int | None = None
    fields: Fields = field(default_factory=dict)
    explanation: str = ""
    lowers: bool = False
    retires: bool = False


@dataclass(frozen=True)
class Prepared:
    """A proposal worked out: the rulings by version id, with `NEW` for the version to be made of `content`, if any.

    `own_ruling` is what holds for answers to that version itself; `details` say in words what the deed names.
    """

    rulings: Mapping[int, Ruling]
    details: Mapping[str, Any]
    content: Content | None = None
    own_ruling: Ruling | None = None


def prepare(shape: Shape, versions: Mapping[int, Version], proposal: Proposal) -> Prepared:
    """What a proposal comes to, for the versions of a question. Raises CorrectionRefused."""
    _check_words(proposal)
    concerned = [versions[number] for number in proposal.versions if number in versions]
    if not concerned:
        raise CorrectionRefused(_("Choose the versions whose answers this is about."))
    try:
        prepared = _DEEDS[proposal.deed](shape, versions, proposal, concerned)
    except (BadCorrection, BadResponse) as error:
        raise CorrectionRefused(str(error)) from error
    except ValidationError as error:
        raise CorrectionRefused(
            _("The question would not be whole any more: write the new key in the editor.")
        ) from error
    changed = {
        number: ruling for number, ruling in prepared.rulings.items() if ruling != (versions[number].ruling or Ruling())
    }
    if not changed:
        raise CorrectionRefused(_("This holds already: nothing would change."))
    return Prepared(changed, prepared.details, prepared.content, prepared.own_ruling)


def _check_words(proposal: Proposal) -> None:
    if not proposal.reason.strip():
        raise CorrectionRefused(_("Say why, in words for the students."))
    if len(proposal.reason) > MOST_CHARACTERS or len(proposal.explanation) > 2 * MOST_CHARACTERS:
        raise CorrectionRefused(_("This is too long: shorten the reason to 2,000 characters."))


def _void(_shape: Shape, _versions: Mapping[int, Version], _proposal: Proposal, concerned: list[Version]) -> Prepared:
    return Prepared({version.id: _now(version).voided() for version in concerned}, {})


def _everyone(
    _shape: Shape, _versions: Mapping[int, Version], _proposal: Proposal, concerned: list[Version]
) -> Prepared:
    return Prepared({version.id: _now(version).for_everyone() for version in concerned}, {})


def _key(shape: Shape, versions: Mapping[int, Version], proposal: Proposal, concerned: list[Version]) -> Prepared:
    if proposal.by is not None:
        return _by_existing(versions, proposal.by, concerned)
    content = _explained(shape.kind.with_key(shape.content, proposal.fields), proposal)
    rulings = {version.id: _by_new(version, shape, content) for version in concerned}
    details = {"key": _in_words(shape, content), "before": _in_words(shape, shape.content)}
    return Prepared(rulings, details, content, _kept(Ruling(dropped=shape.dropped())))


def _by_existing(versions: Mapping[int, Version], by: int, concerned: list[Version]) -> Prepared:
    target = versions.get(by)
    if target is None:
        raise CorrectionRefused(_("Choose one of the versions of this question to mark by."))
    rulings = {}
    for version in concerned:
        if version.id == by:
            continue
        if version.kind.name != target.kind.name or not _carries(version, target.content):
            raise CorrectionRefused(
                _("The versions differ in more than the key, so that one cannot mark for the other.")
            )
        rulings[version.id] = _now(version).marking_by(by)
    details = {"by": target.number, "key": ", ".join(target.kind.anatomy(target.content).keys)}
    return Prepared(rulings, details)


def _accept(shape: Shape, _versions: Mapping[int, Version], proposal: Proposal, concerned: list[Version]) -> Prepared:
    accepted = shape.kind.accepted(shape.content, proposal.fields)
    details = {"accepted": _accepted_words(shape, proposal)}
    if accepted.content is not None:
        content = _explained(accepted.content, proposal)
        rulings = {version.id: _by_new(version, shape, content, keeping_accepted=True) for version in concerned}
        return Prepared(rulings, details, content, _kept(_carried_over(shape)))
    rulings = {}
    for version in concerned:
        response = shape.kind.carry_response(accepted.response, _back(shape, version))
        rulings[version.id] = _now(version).accepting(response.model_dump(mode="json"))
    return Prepared(rulings, details)


def _drop(shape: Shape, versions: Mapping[int, Version], proposal: Proposal, concerned: list[Version]) -> Prepared:
    option = _option(shape, proposal)
    rulings = {}
    for version in concerned:
        own = carried(_back(shape, version).options, (option,))[0]
        by = content_by(version, versions)
        there = version.kind.carry(version.content, by, version.dropped) or Carry()
        gone = [there.options.get(index, index) for index in version.dropped]
        if there.options.get(own, own) not in version.kind.droppable(by, gone):
            raise CorrectionRefused(_("In one of the versions chosen this option is the key: leave that version out."))
        rulings[version.id] = _now(version).dropping(own)
    details: dict[str, Any] = {"option": _option_words(shape, option)}
    return Prepared(rulings, details, *_without(shape, option, proposal))


def _without(shape: Shape, option: int, proposal: Proposal) -> tuple[Content | None, Ruling | None]:
    """The question without the option, to be asked from now on, and what holds for it; None where it cannot be."""
    if not shape.current:
        return None, None
    try:
        content = shape.kind.without(shape.content, option)
    except BadCorrection:
        return None, None
    carry = shape.kind.carry(shape.content, content, (option,))
    kept = _carried_over(shape)
    if carry is None or not isinstance(content, ChoiceContent):
        return _explained(content, proposal), None
    last = len(content.choices)
    accepted = [shape.kind.carry_response(shape.kind.load_response(data), carry) for data in kept.accepts]
    ruling = Ruling(
        accepts=tuple(response.model_dump(mode="json") for response in accepted if response.chosen < last),
        dropped=tuple(place for place in carried(carry.options, kept.dropped) if place < last),
    )
    return _explained(content, proposal), _kept(ruling)


def _option(shape: Shape, proposal: Proposal) -> int:
    values = proposal.fields.get("option", ())
    droppable = {str(index): index for index in shape.kind.droppable(shape.content, shape.dropped())}
    if len(values) != 1 or values[0] not in droppable:
        raise CorrectionRefused(_("Choose the option that should not count; the only key cannot be dropped."))
    return droppable[values[0]]


_DEEDS: dict[Deed, Callable[[Shape, Mapping[int, Version], Proposal, list[Version]], Prepared]] = {
    Deed.KEY: _key,
    Deed.ACCEPT: _accept,
    Deed.DROP: _drop,
    Deed.EVERYONE: _everyone,
    Deed.VOID: _void,
}


def _now(version: Version) -> Ruling:
    return version.ruling or Ruling()


def _kept(ruling: Ruling) -> Ruling | None:
    return ruling if ruling != Ruling() else None


def _carried_over(shape: Shape) -> Ruling:
    """What was accepted and dropped before, for a version that says the same as `shape.content`."""
    carry = shape.carry(shape.head)
    ruling = _now(shape.head)
    if carry is None:
        return Ruling()
    responses = [shape.kind.carry_response(shape.kind.load_response(data), carry) for data in ruling.accepts]
    return Ruling(accepts=tuple(r.model_dump(mode="json") for r in responses), dropped=shape.dropped())


def _by_new(version: Version, shape: Shape, content: Content, keeping_accepted: bool = False) -> Ruling:
    if version.kind.name != shape.kind.name or not _carries(version, content):
        raise CorrectionRefused(_("The versions differ in more than the key, so that one cannot mark for the other."))
    return _now(version).marking_by(NEW, keeping_accepted)


def _carries(version: Version, content: Content) -> bool:
    """Whether answers to the version can be marked by the content, and a key is left among what is not dropped."""
    carry = version.kind.carry(version.content, content, version.dropped)
    if carry is None:
        return False
    gone = [carry.options.get(index, index) for index in version.dropped]
    return not isinstance(content, ChoiceContent) or bool(content.keys() - set(gone))


def _back(shape: Shape, version: Version) -> Carry:
    """Where the parts of the shape's content stand in a version. Raises CorrectionRefused."""
    carry = shape.carry(version) if version.kind.name == shape.kind.name else None
    if carry is None:
        raise CorrectionRefused(_("The versions differ in more than the key, so that one cannot mark for the other."))
    return Carry(
        options={new: old for old, new in carry.options.items()}, rows={new: old for old, new in carry.rows.items()}
    )


def _explained(content: Content, proposal: Proposal) -> Content:
    words = proposal.explanation.replace("\r\n", "\n").strip()
    if not words:
        return content
    return type(content).model_validate({**content.model_dump(), "explanation": words})


def _in_words(shape: Shape, content: Content) -> str:
    anatomy = shape.kind.anatomy(content)
    if anatomy.verdict is not None:
        return "true" if anatomy.verdict else "false"
    return ", ".join(anatomy.keys)


def _option_words(shape: Shape, option: int) -> str:
    return shape.kind.anatomy(shape.content).options[option].text


def _accepted_words(shape: Shape, proposal: Proposal) -> str:
    value = next(iter(proposal.fields.get("accepted", ())), "").strip()
    options = shape.kind.anatomy(shape.content).options
    return options[int(value)].text if options and value.isdecimal() and int(value) < len(options) else value
