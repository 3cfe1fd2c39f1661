"""Ids for what is made in the browser, which are names in addresses and anchors on pages."""

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from quizapp.models import Bank, Passage, Section, Source
from quizapp.services.authoring import first_free, slug_from

_TAKEN_BANKS = frozenset({"new"})
"""The last part of an address of the teacher's pages that is no bank."""
_TAKEN_ANCHORS = frozenset({"main", "toc", "timeline", "people", "passages", "sections", "sharing", "shares"})
"""Anchors that the pages have of their own."""
_UNTITLED = slug_from("")


def free_bank_slug(session: Session, title: str) -> str:
    """An id for a bank and its source."""
    taken = set(session.scalars(union(select(Bank.slug), select(Source.slug)))) | _TAKEN_BANKS
    base = slug_from(title)
    return first_free("text" if base == _UNTITLED else base, taken)


def anchors(session: Session, source_id: int) -> set[str]:
    """The ids that sections and passages of a source have: they are anchors of one page."""
    both = union(
        select(Section.slug).where(Section.source_id == source_id),
        select(Passage.slug).where(Passage.source_id == source_id),
    )
    return set(session.scalars(both)) | _TAKEN_ANCHORS


def free_anchor(title: str, taken: set[str], otherwise: str) -> str:
    """An id for a section or passage, taken from now on; `otherwise` names one whose title has no Latin letter."""
    base = slug_from(title)
    slug = first_free(otherwise if base == _UNTITLED else base, taken)
    taken.add(slug)
    return slug
