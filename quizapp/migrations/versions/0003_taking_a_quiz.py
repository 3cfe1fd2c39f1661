"""Settings of quizzes; time, certainty and final answers of attempts; accommodations; reports on questions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NOW = sa.DateTime(timezone=True)
_NUMBERS_NEVER_COME_BACK = {"sqlite_autoincrement": True}


def upgrade() -> None:
    """To this revision."""
    op.add_column("quiz", sa.Column("settings", sa.JSON(), nullable=False, server_default="{}"))
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("user", recreate="always", table_kwargs=_NUMBERS_NEVER_COME_BACK):
            pass
    with op.batch_alter_table("attempt", table_kwargs=_NUMBERS_NEVER_COME_BACK) as attempt:
        attempt.add_column(sa.Column("purpose", sa.String(length=10), nullable=False, server_default="quiz"))
        attempt.add_column(sa.Column("origin_id", sa.Integer(), nullable=True))
        attempt.add_column(sa.Column("settings", sa.JSON(), nullable=False, server_default="{}"))
        attempt.add_column(sa.Column("awaiting", sa.Integer(), nullable=False, server_default="0"))
        attempt.alter_column("quiz_id", existing_type=sa.Integer(), nullable=True)
        attempt.create_foreign_key(
            op.f("fk_attempt_origin_id_attempt"), "attempt", ["origin_id"], ["id"], ondelete="SET NULL"
        )
        attempt.create_index("ix_attempt_state_deadline", ["state", "deadline"])
    with op.batch_alter_table("attempt_slot") as slot:
        slot.add_column(sa.Column("stands_for_id", sa.Integer(), nullable=True))
        slot.add_column(sa.Column("settled", NOW, nullable=True))
        slot.add_column(sa.Column("certainty", sa.Integer(), nullable=True))
        slot.add_column(sa.Column("marked", NOW, nullable=True))
        slot.add_column(sa.Column("points", sa.JSON(), nullable=False, server_default="[]"))
        slot.alter_column("revision", existing_type=sa.Integer(), type_=sa.BigInteger())
        slot.create_foreign_key(
            op.f("fk_attempt_slot_stands_for_id_question"), "question", ["stands_for_id"], ["id"], ondelete="SET NULL"
        )
    _settle_what_was_final()
    op.create_table(
        "accommodation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("time_factor", sa.Double(), nullable=False),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_accommodation_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accommodation")),
        sa.UniqueConstraint("user_id", name=op.f("uq_accommodation_user_id")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created", NOW, nullable=False),
        sa.Column("handled", NOW, nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_report_attempt_id_attempt"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["handled_by_id"], ["user.id"], name=op.f("fk_report_handled_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_version.id"],
            name=op.f("fk_report_question_version_id_question_version"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_report_user_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    for column in ("attempt_id", "question_version_id", "user_id"):
        op.create_index(op.f(f"ix_report_{column}"), "report", [column])


def _settle_what_was_final() -> None:
    """Answers checked in practice, and all of submitted attempts, could not be changed any more."""
    op.execute(
        "UPDATE attempt_slot SET settled = (SELECT submitted FROM attempt WHERE attempt.id = attempt_slot.attempt_id)"
    )
    op.execute("UPDATE attempt_slot SET settled = saved WHERE settled IS NULL AND fraction IS NOT NULL")


def downgrade() -> None:
    """Back from this revision; attempts that serve no quiz have no place there and go."""
    op.drop_table("report")
    op.drop_table("accommodation")
    op.execute(
        "DELETE FROM attempt_slot WHERE attempt_id IN (SELECT id FROM attempt WHERE quiz_id IS NULL)"
    )
    op.execute("DELETE FROM attempt WHERE quiz_id IS NULL")
    with op.batch_alter_table("attempt_slot") as slot:
        slot.drop_constraint(op.f("fk_attempt_slot_stands_for_id_question"), type_="foreignkey")
        slot.alter_column("revision", existing_type=sa.BigInteger(), type_=sa.Integer())
        for column in ("points", "marked", "certainty", "settled", "stands_for_id"):
            slot.drop_column(column)
    with op.batch_alter_table("attempt") as attempt:
        attempt.drop_index("ix_attempt_state_deadline")
        attempt.drop_constraint(op.f("fk_attempt_origin_id_attempt"), type_="foreignkey")
        attempt.alter_column("quiz_id", existing_type=sa.Integer(), nullable=False)
        for column in ("awaiting", "settings", "origin_id", "purpose"):
            attempt.drop_column(column)
    op.drop_column("quiz", "settings")
