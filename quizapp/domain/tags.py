"""Tags: the words by which teachers find their questions."""

import re
from collections.abc import Iterable, Sequence

LONGEST = 40
"""Characters of a tag."""
MOST = 20
"""Tags of one question."""


class BadTags(ValueError):
    """A tag is too long (`tag` says which), or there are too many (`tag` is empty)."""

    def __init__(self, tag: str = "") -> None:
        super().__init__(tag)
        self.tag = tag


def read_tags(typed: str) -> tuple[str, ...]:
    """The tags typed with commas between them, each once whatever its case, in order. Raises BadTags."""
    return checked_tags(re.split(r"[,;\n]", typed.replace("\x00", "")))


def checked_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags with single blanks between their words, empty and repeated ones left out. Raises BadTags."""
    found: dict[str, str] = {}
    for tag in (" ".join(tag.split()) for tag in tags):
        if len(tag) > LONGEST:
            raise BadTags(tag)
        if tag:
            found.setdefault(tag.casefold(), tag)
    if len(found) > MOST:
        raise BadTags
    return tuple(found.values())


def has_tag(tags: Iterable[str], tag: str) -> bool:
    """Whether the tag is one of these, whatever its case."""
    return tag.casefold() in {known.casefold() for known in tags}


def with_tags(tags: Iterable[str], added: Iterable[str]) -> tuple[str, ...]:
    """The tags and those added, which stand last. Raises BadTags."""
    return checked_tags([*tags, *added])


def united(tags: Sequence[str], more: Iterable[str]) -> tuple[str, ...]:
    """The tags and more of them as long as there is room; none of the first is lost."""
    found = list(tags)
    found += [tag for tag in more if not has_tag(found, tag)]
    return tuple(found[: max(MOST, len(tags))])


def without_tags(tags: Iterable[str], removed: Iterable[str]) -> tuple[str, ...]:
    """The tags but for those removed."""
    gone = {tag.casefold() for tag in removed}
    return tuple(tag for tag in tags if tag.casefold() not in gone)
