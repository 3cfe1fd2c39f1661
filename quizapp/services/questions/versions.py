"""The versions of a question: what each changed, and an old one made current again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.kinds import KINDS
from quizapp.kinds.fields import Part, Whole, parts_changed
from quizapp.models import Objective, Question, QuestionVersion, User
from quizapp.services import authoring
from quizapp.services.banks import add_version
from quizapp.services.banks.exporting import question_document


class NoSuchVersion(Exception):
    """The question has no version of this number."""


class NoLongerFits(Exception):
    """A version cannot be made current again, because what it rests on has changed; `why` is one of `REASONS`.

    `what` names it: the quote, the claims, the number of the objective, the kind.
    """

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(why)
        self.why, self.what = why, what


REASONS = ("evidence", "claims", "objective", "kind", "content")


@dataclass(frozen=True)
class VersionRow:
    """A version in the list: who made it (None: it came from the bank's files, or they left) and what it changed."""

    number: int
    created: datetime
    author: str | None
    from_files: bool
    changed: tuple[Part, ...]
    ruled: bool
    """Whether a correction rules how answers to it are marked."""
    stem: str


def versions_of(session: Session, question: Question) -> list[VersionRow]:
    """The versions of a question, the latest first; each with what it changed of the one before it."""
    names: dict[int, str] = dict(
        session.execute(
            select(User.id, User.display_name)
            .join(QuestionVersion, QuestionVersion.author_id == User.id)
            .where(QuestionVersion.question_id == question.id)
        ).all()
    )
    rows: list[VersionRow] = []
    before: Whole | None = None
    for version in question.versions:
        whole = whole_of(version)
        rows.append(
            VersionRow(
                version.number,
                version.created,
                names.get(version.author_id) if version.author_id is not None else None,
                version.author_id is None,
                parts_changed(before, whole) if before is not None else (),
                version.ruling is not None,
                whole["content"]["stem"],
            )
        )
        before = whole
    return rows[::-1]


def version_numbered(question: Question, number: int) -> QuestionVersion:
    """The version of this number. Raises NoSuchVersion."""
    found = next((version for version in question.versions if version.number == number), None)
    if found is None:
        raise NoSuchVersion
    return found


def whole_of(version: QuestionVersion) -> dict[str, Any]:
    """A version as plain data, as `kinds.fields` takes it, with all fields that its kind has now."""
    return {
        "kind": version.kind,
        "content": full_content(version.kind, version.content),
        "frame": version.frame,
        "level": version.level,
        "objective": version.objective,
        "claims": list(version.claims),
    }


def full_content(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """A content as plain data with all its fields; as it is where its kind is gone or no longer takes it."""
    try:
        data: dict[str, Any] = KINDS[kind].load_content(content).model_dump(mode="json")
    except (KeyError, ValidationError):
        return content
    return data


def restore(
    session: Session, question: Question, number: int, seen_version: int, author_id: int, now: datetime
) -> bool:
    """Make what an earlier version says current again, as a new version; False where nothing differs.

    `seen_version` is the number that was current when this was asked for. Raises NoSuchVersion, ChangedMeanwhile,
    NoLongerFits.
    """
    old = version_numbered(question, number)
    authoring.take_turn(session, question)
    if question.current.number != seen_version:
        raise authoring.ChangedMeanwhile
    try:
        if old.kind not in KINDS:
            raise NoLongerFits("kind", old.kind)
        document = question_document(question, old)
        authoring.check_evidence(session, question.bank, document.content)
        authoring.check_claims(session, question.bank, document.claims)
    except ValidationError as error:
        raise NoLongerFits("content") from error
    except authoring.EvidenceNotFound as error:
        raise NoLongerFits("evidence", error.quote) from error
    except authoring.UnknownClaims as error:
        raise NoLongerFits("claims", ", ".join(error.codes)) from error
    if old.objective not in objectives_of(session, question.bank_id):
        raise NoLongerFits("objective", str(old.objective))
    if document.digest() == question.current.digest:
        return False
    question.edited_here = True
    add_version(session, question, document, author_id, now)
    return True


def objectives_of(session: Session, bank_id: int) -> Sequence[int]:
    """The numbers of the bank's objectives, in order."""
    return session.scalars(
        select(Objective.number).where(Objective.bank_id == bank_id).order_by(Objective.number)
    ).all()
