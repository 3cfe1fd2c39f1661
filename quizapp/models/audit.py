"""The audit log: who did what to which record. Entries are added, never changed, and go only when they are old."""

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, BigInteger, Index, Integer, String, event
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import DDLElement

from quizapp.models.base import Base, table_of


class AuditEvent(Base):
    """One deed. It refers to people and records by number only, so that who is erased has no name here either."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_at", "at"),
        Index("ix_audit_event_actor_id", "actor_id", "at"),
        Index("ix_audit_event_record", "record", "record_id", "at"),
        Index("ix_audit_event_deed", "deed", "at"),
        Index("ix_audit_event_request_id", "request_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    """The person who did it, without a foreign key; None for the command line, or for somebody not signed in."""
    by_command: Mapped[bool] = mapped_column(default=False)
    """Whether it was done on the command line of the machine."""
    deed: Mapped[str] = mapped_column(String(60))
    """What was done, as the registry of deeds names it."""
    record: Mapped[str | None] = mapped_column(String(30))
    """The kind of record it was done to, as its table is called; None where it is about none."""
    record_id: Mapped[int | None]
    """The number of that record."""
    request_id: Mapped[str | None] = mapped_column(String(64))
    """The request's, as its response and the log have it."""
    details: Mapped[dict[str, Any] | None]
    """More numbers and names of settings; never an answer, a password or a token."""


_SQLITE = (
    """
    CREATE TRIGGER audit_event_never_changes BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END
    """,
    """
    CREATE TRIGGER audit_event_stays_a_year BEFORE DELETE ON audit_event
    WHEN OLD.at > datetime('now', '-365 days')
    BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
      IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '365 days' THEN RETURN OLD; END IF;
      RAISE EXCEPTION 'the audit log is only added to';
    END $body$
    """,
    """
    CREATE TRIGGER audit_event_stays BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_stays()
    """,
)


def _on(dialect: str, statement: str) -> DDLElement:
    """The statement, run where the database is of this sort."""
    return DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]


for _statement in _SQLITE:
    event.listen(table_of(AuditEvent), "after_create", _on("sqlite", _statement))
for _statement in _POSTGRESQL:
    event.listen(table_of(AuditEvent), "after_create", _on("postgresql", _statement))
event.listen(table_of(AuditEvent), "after_drop", _on("postgresql", "DROP FUNCTION IF EXISTS audit_event_stays()"))
