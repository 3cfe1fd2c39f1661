"""The audit log, who administers the site, when somebody last signed in, and sign-ins elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NOW = sa.DateTime(timezone=True)

_FEW_OF_MANY = (
    ("ix_attempt_open_deadline", "deadline", "state = 'open'"),
    ("ix_attempt_awaiting", "user_id", "awaiting > 0"),
)


def upgrade() -> None:
    """To this revision. The first teacher there is administers the site from now on."""
    op.add_column("user", sa.Column("administers", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("user", sa.Column("signed_in", NOW, nullable=True))
    people = sa.table("user", sa.column("id"), sa.column("role"), sa.column("administers"))
    first = sa.select(sa.func.min(people.c.id)).where(people.c.role == "teacher").scalar_subquery()
    op.execute(people.update().where(people.c.id == first).values(administers=sa.true()))
    op.add_column("quiz", sa.Column("tally_revision", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("ix_attempt_state_deadline", "attempt")
    for name, column, condition in _FEW_OF_MANY:
        op.create_index(name, "attempt", [column], sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))
    op.create_index("ix_attempt_started", "attempt", ["started", "id"])
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created", NOW, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_identity_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer")),
    )
    op.create_index("ix_identity_user_id", "identity", ["user_id"])
    op.create_table(
        "audit_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", NOW, nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("by_command", sa.Boolean(), nullable=False),
        sa.Column("deed", sa.String(length=60), nullable=False),
        sa.Column("record", sa.String(length=30), nullable=True),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("details", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index("ix_audit_event_at", "audit_event", ["at"])
    op.create_index("ix_audit_event_actor_id", "audit_event", ["actor_id", "at"])
    op.create_index("ix_audit_event_record", "audit_event", ["record", "record_id", "at"])
    op.create_index("ix_audit_event_deed", "audit_event", ["deed", "at"])
    op.create_index("ix_audit_event_request_id", "audit_event", ["request_id"])
    for statement in _ONLY_ADDED_TO[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("audit_event")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_event_stays()")
    op.drop_table("identity")
    op.drop_index("ix_attempt_started", "attempt")
    for name, _column, _condition in _FEW_OF_MANY:
        op.drop_index(name, "attempt")
    op.create_index("ix_attempt_state_deadline", "attempt", ["state", "deadline"])
    op.drop_column("quiz", "tally_revision")
    op.drop_column("user", "signed_in")
    op.drop_column("user", "administers")


_ONLY_ADDED_TO = {
    "sqlite": (
        """
        CREATE TRIGGER audit_event_never_changes BEFORE UPDATE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END
        """,
        """
        CREATE TRIGGER audit_event_stays_a_year BEFORE DELETE ON audit_event
        WHEN OLD.at > datetime('now', '-365 days')
        BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END
        """,
    ),
    "postgresql": (
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
    ),
}
