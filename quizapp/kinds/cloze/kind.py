"""Cloze: a text with blanks to fill in."""

import re
from collections.abc import Collection, Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import Anatomy, BadResponse, Fields, Kind, Prompt, several_values, single_value
from quizapp.kinds.content import Content, Model, Text
from quizapp.kinds.corrections import Accepted, BadCorrection, Carry
from quizapp.kinds.explained import Explained, ExplainedPart
from quizapp.kinds.typed_answers import (
    WrongAnswer,
    is_accepted,
    known_wrong,
    lines_of,
    refuse_accepted_wrong_answers,
    still_rejected,
)

_BLANK = re.compile(r"\[\[(\d+)\]\]")


class Blank(Model):
    """A blank: `accept` lists what is right, the best form first; with `choices` it is chosen from a list."""

    accept: Annotated[tuple[Text, ...], Field(min_length=1)]
    reject: tuple[WrongAnswer, ...] = ()
    choices: Annotated[tuple[Text, ...], Field(max_length=8)] = ()

    @model_validator(mode="after")
    def _can_be_filled(self) -> Self:
        if self.choices and self.accept[0] not in self.choices:
            raise ValueError(f"the right word {self.accept[0]!r} should stand among the choices of its blank")
        refuse_accepted_wrong_answers(self.accept, self.reject)
        return self

    def accepts(self, text: str) -> bool:
        """Whether `text` is right: exactly one of the accepted where it was chosen, slips forgiven where typed."""
        if self.choices:
            return text in self.accept
        return is_accepted(text, self.accept, [wrong.text for wrong in self.reject])

    def feedback_on(self, text: str) -> str:
        """Why a known wrong word is wrong; empty for any other."""
        listed = [entry.text for entry in self.reject]
        wrong = text if self.choices else known_wrong(text, listed)
        return next((entry.feedback for entry in self.reject if entry.text == wrong), "")


class ClozeContent(Content):
    """A text in which [[1]], [[2]], … stand for the blanks, in this order."""

    text: Text
    blanks: Annotated[tuple[Blank, ...], Field(min_length=1, max_length=8)]

    @model_validator(mode="after")
    def _blanks_are_numbered(self) -> Self:
        found = [int(number) for number in _BLANK.findall(self.text)]
        if found != list(range(1, len(self.blanks) + 1)):
            wanted = ", ".join(f"[[{number}]]" for number in range(1, len(self.blanks) + 1))
            raise ValueError(f"the text should hold {wanted}, once each and in this order")
        return self

    def pieces(self) -> tuple[str, ...]:
        """The text around the blanks, one piece more than there are blanks."""
        return tuple(_BLANK.split(self.text)[::2])


class Filled(Model):
    """What stands in each blank; empty where nothing does."""

    words: tuple[str, ...]


class Cloze(Kind[ClozeContent, Filled]):
    """Cloze: a text with blanks to fill in."""

    name = "cloze"
    title = _("Fill in the blanks")
    instruction = _("Fill in the blanks. Every right one earns its share; small slips of spelling are forgiven.")
    content_model = ClozeContent
    response_model = Filled
    corrected_by = frozenset({"key", "accept"})

    def prompt(self, content: ClozeContent, order: Sequence[int]) -> Prompt:
        """The text around its blanks; words to choose from stand in the alphabet's order."""
        lists = tuple(tuple(sorted(blank.choices, key=str.casefold)) for blank in content.blanks)
        return Prompt(self.name, content.stem, self.instruction, pieces=content.pieces(), lists=lists)

    def read(self, content: ClozeContent, order: Sequence[int], fields: Fields) -> Filled | None:
        """The words filled in; None where every blank is empty."""
        words = several_values(fields, "answer", len(content.blanks))
        for word, blank in zip(words, content.blanks, strict=True):
            if word and blank.choices and word not in blank.choices:
                raise BadResponse(_("Choose from the words shown."))
        return Filled(words=tuple(words)) if any(words) else None

    def given(self, content: ClozeContent, order: Sequence[int], response: Filled) -> tuple[str, ...]:
        """The words filled in."""
        return response.words

    def mark(self, content: ClozeContent, response: Filled) -> float:
        """Right blanks out of all blanks."""
        filled = zip(response.words, content.blanks, strict=True)
        return sum(bool(word) and blank.accepts(word) for word, blank in filled) / len(content.blanks)

    def explain(self, content: ClozeContent, order: Sequence[int], response: Filled | None) -> Explained:
        """Each blank with the word filled in and the right one."""
        words = response.words if response else ("",) * len(content.blanks)
        return Explained(
            parts=tuple(_part(number, *pair) for number, pair in enumerate(zip(content.blanks, words, strict=True), 1)),
            given=_filled_in(content, [word or "…" for word in words]) if response else "",
            key=(_filled_in(content, [blank.accept[0] for blank in content.blanks]),),
            evidence=content.evidence,
        )

    def anatomy(self, content: ClozeContent) -> Anatomy:
        """The first accepted form of each blank is a key."""
        return Anatomy(keys=tuple(blank.accept[0] for blank in content.blanks), text="…".join(content.pieces()))

    def carry(self, old: ClozeContent, new: ClozeContent, dropped: Collection[int] = ()) -> Carry | None:
        """The blanks as they are numbered."""
        return Carry() if len(old.blanks) == len(new.blanks) else None

    def with_key(self, content: ClozeContent, fields: Fields) -> ClozeContent:
        """Other words are right in the blanks."""
        lists = [lines_of(fields, f"accept-{number}") for number in range(1, len(content.blanks) + 1)]
        if not all(lists):
            raise BadCorrection(_("Give at least one accepted word for every blank."))
        if lists == [blank.accept for blank in content.blanks]:
            raise BadCorrection(_("These words are accepted already: change a list."))
        return _accepting(content, lists)

    def accepted(self, content: ClozeContent, fields: Fields) -> Accepted:
        """One more word is right in a blank."""
        number, text = single_value(fields, "blank"), single_value(fields, "accepted")
        if number not in {str(place) for place in range(1, len(content.blanks) + 1)} or not text:
            raise BadCorrection(_("Choose a blank, and type the word that should be accepted there too."))
        place = int(number) - 1
        if content.blanks[place].accepts(text):
            raise BadCorrection(_("This word is accepted there already."))
        lists = [blank.accept for blank in content.blanks]
        return Accepted(content=_accepting(content, [*lists[:place], (*lists[place], text), *lists[place + 1 :]]))


def _accepting(content: ClozeContent, lists: Sequence[tuple[str, ...]]) -> ClozeContent:
    """With these words accepted, blank by blank. Raises BadCorrection for a word that its list does not offer."""
    blanks = []
    for blank, accept in zip(content.blanks, lists, strict=True):
        if blank.choices and not set(accept) <= set(blank.choices):
            raise BadCorrection(_("A word of a list to choose from must stand in that list."))
        blanks.append({**blank.model_dump(), "accept": accept, "reject": still_rejected(blank.reject, accept)})
    return ClozeContent.model_validate({**content.model_dump(), "blanks": blanks})


def _part(number: int, blank: Blank, word: str) -> ExplainedPart:
    right = bool(word) and blank.accepts(word)
    return ExplainedPart(str(number), word, blank.accept[0], right, "" if right else blank.feedback_on(word))


def _filled_in(content: ClozeContent, words: Sequence[str]) -> str:
    pieces = content.pieces()
    return "".join(piece + word for piece, word in zip(pieces, (*words, ""), strict=True))
