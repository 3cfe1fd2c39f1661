"""What can be read and asked: sources with their passages, banks with their questions, all in versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.domain.access import Right
from quizapp.domain.quizzes import Status
from quizapp.models.base import Base
from quizapp.models.people import User


class Source(Base):
    """A text."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    author: Mapped[str] = mapped_column(String(300))
    about: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    """BCP 47 tag of the text's language."""

    sections: Mapped[list["Section"]] = relationship(back_populates="source", order_by="Section.position")
    timeline: Mapped[list["TimelineEvent"]] = relationship(
        order_by="TimelineEvent.position", cascade="all, delete-orphan"
    )
    people: Mapped[list["Person"]] = relationship(order_by="Person.position", cascade="all, delete-orphan")


class Bank(Base):
    """The questions on one source; a folder of files is one bank."""

    __tablename__ = "bank"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    blueprint: Mapped[dict[str, Any] | None]
    """How many questions of which sort the bank should have, as plain data; None where nothing is planned."""
    files_digest: Mapped[str] = mapped_column(String(64), default="")
    """Fingerprint of the files last loaded: equal files need no second look; empty for a bank made in the browser."""
    everyone: Mapped[Right | None]
    """What every teacher may do with it, beside those it is shared with; None: nothing."""
    listed: Mapped[bool] = mapped_column(default=False)
    """Whether everybody finds it on the home page and may read its text; so it is with a bank from files."""

    source: Mapped[Source] = relationship()
    objectives: Mapped[list["Objective"]] = relationship(order_by="Objective.number")


class Objective(Base):
    """What a question lets a student show."""

    __tablename__ = "objective"
    __table_args__ = (UniqueConstraint("bank_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))


class TimelineEvent(Base):
    """A dated event that the source or the record tells of."""

    __tablename__ = "timeline_event"
    __table_args__ = (UniqueConstraint("source_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    date: Mapped[str] = mapped_column(String(10))
    """A year, a month or a day, such as 1947-08; `dated` is how it is shown."""
    dated: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(String(300))
    basis: Mapped[str] = mapped_column(String(10))
    """Who dates it so: `essay`, `record` or `both`."""
    mentions: Mapped[list[dict[str, Any]]]
    """The words of passages that speak of it: passage slug and exact quote."""
    references: Mapped[list[str]]


class Person(Base):
    """Somebody the source names."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("source_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    offices: Mapped[list[str]]
    called: Mapped[list[str]]
    """The names under which passages speak of them."""


class Claim(Base):
    """A statement of the source, by the code that notes and questions call it."""

    __tablename__ = "claim"
    __table_args__ = (UniqueConstraint("section_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    says: Mapped[str] = mapped_column(Text)
    standing: Mapped[str] = mapped_column(String(12))
    """How it stands to the record: `agrees`, `opinion`, `differs`, `disputed` or `unverified`."""


class Section(Base):
    """A part of a source."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("source_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(300))
    dated: Mapped[str] = mapped_column(String(300))
    """The years the section covers, as words."""
    position: Mapped[int]
    edited_here: Mapped[bool] = mapped_column(default=False)
    """Made or changed in the browser: a bank file does not overwrite its title and place."""

    source: Mapped[Source] = relationship(back_populates="sections")
    passages: Mapped[list["Passage"]] = relationship(back_populates="section", order_by="Passage.position")
    claims: Mapped[list[Claim]] = relationship(order_by="Claim.position", cascade="all, delete-orphan")


class Passage(Base):
    """A paragraph-sized piece of a section; its words are in its versions."""

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("source_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("passage_version.id", use_alter=True, name="fk_passage_current_version_id_passage_version")
    )
    edited_here: Mapped[bool] = mapped_column(default=False)
    """Made or changed in the browser: a bank file never overwrites it."""
    removed: Mapped[datetime | None]
    """When it was taken out of the text; attempts that rest on it keep it. None while it is part of the text."""

    section: Mapped[Section] = relationship(back_populates="passages")
    current: Mapped["PassageVersion"] = relationship(foreign_keys=[current_version_id], post_update=True)


class PassageVersion(Base):
    """The words of a passage and its notes at one time. Never changed: attempts are pinned to it."""

    __tablename__ = "passage_version"
    __table_args__ = (UniqueConstraint("passage_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    retells: Mapped[str] = mapped_column(String(300))
    """The paragraph of the original that this retells, such as P4."""
    text: Mapped[str] = mapped_column(Text)
    """Markdown."""
    digest: Mapped[str] = mapped_column(String(64))
    """Fingerprint of title, words and notes: an unchanged passage gets no new version."""
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    """Who wrote it in the browser; None where it came from a file."""
    created: Mapped[datetime]

    passage: Mapped[Passage] = relationship(foreign_keys=[passage_id])
    notes: Mapped[list["RecordNote"]] = relationship(order_by="RecordNote.position")
    author: Mapped[User | None] = relationship()


class RecordNote(Base):
    """An editor's note on an exact quote of a passage, where the historical record differs."""

    __tablename__ = "record_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    passage_version_id: Mapped[int] = mapped_column(ForeignKey("passage_version.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(12))
    """`differs`, `disputed`, `unverified` or `adds`."""
    record: Mapped[str] = mapped_column(Text)
    references: Mapped[list[str]]
    claims: Mapped[list[str]]


class Question(Base):
    """A question; what it asks is in its versions."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("bank_id", "slug"), Index("ix_question_bank_status", "bank_id", "status"))

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80))
    status: Mapped[Status]
    position: Mapped[int] = mapped_column(default=0)
    """Place in its section, for lists and export."""
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("question_version.id", use_alter=True, name="fk_question_current_version_id_question_version")
    )
    edited_here: Mapped[bool] = mapped_column(default=False)
    """Made or changed in the browser: a bank file never overwrites it."""
    waivers: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Rules of the linter that it breaks with good reason: rule and reason."""
    tags: Mapped[list[str]] = mapped_column(default=list)
    """Words by which teachers find it; they are no part of a version."""

    bank: Mapped[Bank] = relationship()
    section: Mapped[Section] = relationship()
    current: Mapped["QuestionVersion"] = relationship(foreign_keys=[current_version_id], post_update=True)
    versions: Mapped[list["QuestionVersion"]] = relationship(
        back_populates="question",
        foreign_keys="QuestionVersion.question_id",
        order_by="QuestionVersion.number",
    )


class QuestionVersion(Base):
    """What a question asks at one time. Never changed: attempts are pinned to it."""

    __tablename__ = "question_version"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    frame: Mapped[str] = mapped_column(String(10))
    level: Mapped[str] = mapped_column(String(20))
    objective: Mapped[int]
    """Number of the bank's objective."""
    claims: Mapped[list[str]]
    content: Mapped[dict[str, Any]]
    """The kind's content model, as plain data."""
    digest: Mapped[str] = mapped_column(String(64))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    """Who wrote it in the browser; None where it came from a file."""
    created: Mapped[datetime]
    ruling: Mapped[dict[str, Any] | None]
    """How answers to this version are marked since a correction, as plain data of `domain.rulings.Ruling`.

    None: as the version says. The one thing of a version that can change, because the version itself cannot.
    """

    question: Mapped[Question] = relationship(back_populates="versions", foreign_keys=[question_id])
    author: Mapped[User | None] = relationship()


class DecidingPassage(Base):
    """A passage whose words decide a question version: its content says so, and here it can be counted and joined."""

    __tablename__ = "deciding_passage"

    question_version_id: Mapped[int] = mapped_column(
        ForeignKey("question_version.id", ondelete="CASCADE"), primary_key=True
    )
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id", ondelete="CASCADE"), primary_key=True, index=True)
