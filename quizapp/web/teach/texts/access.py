"""The passage or section of an address, if this teacher may see it; the rights on it are those on its bank."""

from flask import abort

from quizapp.domain.access import Right
from quizapp.models import Bank, Passage, Section, db
from quizapp.services.texts.passages import bank_of, passage_with_versions
from quizapp.web.teach.access import check_right


def passage_or_404(passage_id: int, needed: Right = Right.VIEW) -> tuple[Bank, Passage]:
    """The passage and its bank."""
    passage = passage_with_versions(db.session(), passage_id) or abort(404)
    return _checked(passage, needed), passage


def section_or_404(section_id: int, needed: Right = Right.VIEW) -> tuple[Bank, Section]:
    """The section and its bank."""
    section = db.session.get(Section, section_id) or abort(404)
    return _checked(section, needed), section


def _checked(part: Passage | Section, needed: Right) -> Bank:
    bank = bank_of(db.session(), part)
    check_right(bank, needed)
    return bank
