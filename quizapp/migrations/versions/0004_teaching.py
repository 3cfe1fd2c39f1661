"""Classes, assignments, sharing, corrections, kept sums, texts written in the browser."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NOW = sa.DateTime(timezone=True)
_NUMBERS_NEVER_COME_BACK = {"sqlite_autoincrement": True}
_CURRENT = {
    "passage": ("fk_passage_current_version_id_passage_version", "passage_version"),
    "question": ("fk_question_current_version_id_question_version", "question_version"),
}


def upgrade() -> None:
    """To this revision. What there is stays open to every teacher, as it was."""
    op.create_table(
        "classroom",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("join_code", sa.String(length=12), nullable=False),
        sa.Column("joining", sa.Boolean(), nullable=False),
        sa.Column("created", NOW, nullable=False),
        sa.Column("archived", NOW, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classroom")),
        sa.UniqueConstraint("join_code", name=op.f("uq_classroom_join_code")),
    )
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("classroom_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("joined", NOW, nullable=False),
        sa.Column("removed", NOW, nullable=True),
        sa.ForeignKeyConstraint(
            ["classroom_id"], ["classroom.id"], name=op.f("fk_enrolment_classroom_id_classroom"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_enrolment_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("classroom_id", "user_id", name=op.f("uq_enrolment_classroom_id")),
    )
    with op.batch_alter_table("enrolment") as table:
        table.create_index("ix_enrolment_user_id", ["user_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("classroom_id", sa.Integer(), nullable=False),
        sa.Column("quiz_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("opens", NOW, nullable=True),
        sa.Column("due", NOW, nullable=True),
        sa.Column("late", sa.String(length=10), nullable=False),
        sa.Column("late_percent", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("created", NOW, nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["classroom_id"], ["classroom.id"], name=op.f("fk_assignment_classroom_id_classroom"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_assignment_created_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name=op.f("fk_assignment_quiz_id_quiz")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment") as table:
        table.create_index(table.f("ix_assignment_classroom_id"), ["classroom_id"], unique=False)
        table.create_index(table.f("ix_assignment_quiz_id"), ["quiz_id"], unique=False)

    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=True),
        sa.Column("quiz_id", sa.Integer(), nullable=True),
        sa.Column("classroom_id", sa.Integer(), nullable=True),
        sa.Column("right", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN bank_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN quiz_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN classroom_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_share_of_one_thing"),
        ),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_share_bank_id_bank"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["classroom_id"], ["classroom.id"], name=op.f("fk_share_classroom_id_classroom"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name=op.f("fk_share_quiz_id_quiz"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_share_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("user_id", "bank_id", name="uq_share_bank"),
        sa.UniqueConstraint("user_id", "classroom_id", name="uq_share_classroom"),
        sa.UniqueConstraint("user_id", "quiz_id", name="uq_share_quiz"),
    )
    with op.batch_alter_table("share") as table:
        table.create_index(table.f("ix_share_bank_id"), ["bank_id"], unique=False)
        table.create_index(table.f("ix_share_classroom_id"), ["classroom_id"], unique=False)
        table.create_index(table.f("ix_share_quiz_id"), ["quiz_id"], unique=False)

    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lowers", sa.Boolean(), nullable=False),
        sa.Column("rulings_before", sa.JSON(), nullable=False),
        sa.Column("version_before_id", sa.Integer(), nullable=True),
        sa.Column("version_after_id", sa.Integer(), nullable=True),
        sa.Column("made", NOW, nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("undone", NOW, nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_correction_made_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_correction_question_id_question"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["user.id"], name=op.f("fk_correction_undone_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["version_after_id"],
            ["question_version.id"],
            name=op.f("fk_correction_version_after_id_question_version"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["version_before_id"],
            ["question_version.id"],
            name=op.f("fk_correction_version_before_id_question_version"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction") as table:
        table.create_index(table.f("ix_correction_question_id"), ["question_id"], unique=False)

    op.create_table(
        "tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quiz_id", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("timed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_version.id"],
            name=op.f("fk_tally_question_version_id_question_version"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name=op.f("fk_tally_quiz_id_quiz"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
        sa.UniqueConstraint(
            "quiz_id", "question_version_id", "total", "weight", "mark", "answer", name="uq_tally_answer"
        ),
    )
    with op.batch_alter_table("tally") as table:
        table.create_index(table.f("ix_tally_question_version_id"), ["question_version_id"], unique=False)

    op.create_table(
        "correction_effect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fraction_before", sa.Double(), nullable=True),
        sa.Column("fraction_after", sa.Double(), nullable=True),
        sa.Column("score_before", sa.Double(), nullable=True),
        sa.Column("score_after", sa.Double(), nullable=True),
        sa.Column("max_score_before", sa.Double(), nullable=False),
        sa.Column("max_score_after", sa.Double(), nullable=False),
        sa.Column("spared_before", sa.Boolean(), nullable=False),
        sa.Column("spared", sa.Boolean(), nullable=False),
        sa.Column("kept_before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("seen", NOW, nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_correction_effect_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["correction.id"],
            name=op.f("fk_correction_effect_correction_id_correction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_effect")),
    )
    with op.batch_alter_table("correction_effect") as table:
        table.create_index("ix_correction_effect_attempt_id", ["attempt_id"], unique=False)
        table.create_index("ix_correction_effect_correction_id", ["correction_id"], unique=False)

    with op.batch_alter_table("accommodation") as table:
        table.add_column(sa.Column("extra_days", sa.Integer(), nullable=False, server_default="0"))

    with op.batch_alter_table("attempt", table_kwargs=_NUMBERS_NEVER_COME_BACK) as table:
        table.add_column(sa.Column("assignment_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("trial_of_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("seen", NOW, nullable=True))
        table.add_column(sa.Column("tallied", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.drop_constraint(table.f("uq_attempt_user_id"), type_="unique")
        table.create_index("ix_attempt_assignment_id", ["assignment_id"], unique=False)
        table.create_index("ix_attempt_user_quiz", ["user_id", "quiz_id", "submitted"], unique=False)
        table.create_index(
            "ix_attempt_not_tallied",
            ["quiz_id"],
            unique=False,
            sqlite_where=sa.text("NOT tallied"),
            postgresql_where=sa.text("NOT tallied"),
        )
        table.create_index(
            "uq_attempt_number",
            ["user_id", "quiz_id", "number"],
            unique=True,
            sqlite_where=sa.text("assignment_id IS NULL"),
            postgresql_where=sa.text("assignment_id IS NULL"),
        )
        table.create_index(
            "uq_attempt_number_in_assignment",
            ["user_id", "assignment_id", "number"],
            unique=True,
            sqlite_where=sa.text("assignment_id IS NOT NULL"),
            postgresql_where=sa.text("assignment_id IS NOT NULL"),
        )
        table.create_foreign_key(
            table.f("fk_attempt_trial_of_id_quiz"), "quiz", ["trial_of_id"], ["id"], ondelete="CASCADE"
        )
        table.create_foreign_key(
            table.f("fk_attempt_assignment_id_assignment"), "assignment", ["assignment_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("attempt_slot") as table:
        table.add_column(sa.Column("spared", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("kept_ruling", sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table("bank") as table:
        table.add_column(sa.Column("everyone", sa.String(length=10), nullable=True))
        table.add_column(sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("passage") as table:
        table.add_column(sa.Column("edited_here", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("removed", NOW, nullable=True))

    with op.batch_alter_table("passage_version") as table:
        table.add_column(sa.Column("author_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            table.f("fk_passage_version_author_id_user"), "user", ["author_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("question") as table:
        table.add_column(sa.Column("tags", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("question_version") as table:
        table.add_column(sa.Column("ruling", sa.JSON(), nullable=True))

    with op.batch_alter_table("quiz") as table:
        table.add_column(sa.Column("everyone", sa.String(length=10), nullable=True))

    with op.batch_alter_table("section") as table:
        table.add_column(sa.Column("edited_here", sa.Boolean(), nullable=False, server_default=sa.false()))

    bank = sa.table("bank", sa.column("everyone", sa.String()), sa.column("listed", sa.Boolean()))
    op.execute(sa.update(bank).values(everyone="edit", listed=True))
    op.execute("UPDATE quiz SET everyone = 'edit'")
    if op.get_bind().dialect.name == "postgresql":
        for table, (name, versions) in _CURRENT.items():
            op.create_foreign_key(name, table, versions, ["current_version_id"], ["id"])


def _number_by_quiz() -> None:
    """Attempts are numbered by quiz again, whatever they were made for."""
    op.execute(
        "UPDATE attempt SET number = (SELECT count(*) FROM attempt AS earlier WHERE earlier.user_id = attempt.user_id"
        " AND earlier.quiz_id = attempt.quiz_id AND earlier.id <= attempt.id) WHERE quiz_id IS NOT NULL"
    )


def downgrade() -> None:
    """Back from this revision; trials of quizzes, classes and corrections have no place there and go."""
    if op.get_bind().dialect.name == "postgresql":
        for table, (name, _versions) in _CURRENT.items():
            op.drop_constraint(name, table, type_="foreignkey")
    op.execute("DELETE FROM attempt_slot WHERE attempt_id IN (SELECT id FROM attempt WHERE purpose = 'trial')")
    op.execute("DELETE FROM attempt WHERE purpose = 'trial'")
    with op.batch_alter_table("section") as table:
        table.drop_column("edited_here")

    with op.batch_alter_table("quiz") as table:
        table.drop_column("everyone")

    with op.batch_alter_table("question_version") as table:
        table.drop_column("ruling")

    with op.batch_alter_table("question") as table:
        table.drop_column("tags")

    with op.batch_alter_table("passage_version") as table:
        table.drop_constraint(table.f("fk_passage_version_author_id_user"), type_="foreignkey")
        table.drop_column("author_id")

    with op.batch_alter_table("passage") as table:
        table.drop_column("removed")
        table.drop_column("edited_here")

    with op.batch_alter_table("bank") as table:
        table.drop_column("listed")
        table.drop_column("everyone")

    with op.batch_alter_table("attempt_slot") as table:
        table.drop_column("kept_ruling")
        table.drop_column("spared")

    with op.batch_alter_table("attempt", table_kwargs=_NUMBERS_NEVER_COME_BACK) as table:
        table.drop_constraint(table.f("fk_attempt_assignment_id_assignment"), type_="foreignkey")
        table.drop_constraint(table.f("fk_attempt_trial_of_id_quiz"), type_="foreignkey")
        table.drop_index(
            "uq_attempt_number_in_assignment",
            sqlite_where=sa.text("assignment_id IS NOT NULL"),
            postgresql_where=sa.text("assignment_id IS NOT NULL"),
        )
        table.drop_index(
            "uq_attempt_number",
            sqlite_where=sa.text("assignment_id IS NULL"),
            postgresql_where=sa.text("assignment_id IS NULL"),
        )
        table.drop_index(
            "ix_attempt_not_tallied", sqlite_where=sa.text("NOT tallied"), postgresql_where=sa.text("NOT tallied")
        )
        table.drop_index("ix_attempt_user_quiz")
        table.drop_index("ix_attempt_assignment_id")
    _number_by_quiz()
    with op.batch_alter_table("attempt", table_kwargs=_NUMBERS_NEVER_COME_BACK) as table:
        table.create_unique_constraint(table.f("uq_attempt_user_id"), ["user_id", "quiz_id", "number"])
        table.drop_column("tallied")
        table.drop_column("seen")
        table.drop_column("trial_of_id")
        table.drop_column("assignment_id")

    with op.batch_alter_table("accommodation") as table:
        table.drop_column("extra_days")

    with op.batch_alter_table("correction_effect") as table:
        table.drop_index("ix_correction_effect_correction_id")
        table.drop_index("ix_correction_effect_attempt_id")

    op.drop_table("correction_effect")
    with op.batch_alter_table("tally") as table:
        table.drop_index(table.f("ix_tally_question_version_id"))

    op.drop_table("tally")
    with op.batch_alter_table("correction") as table:
        table.drop_index(table.f("ix_correction_question_id"))

    op.drop_table("correction")
    with op.batch_alter_table("share") as table:
        table.drop_index(table.f("ix_share_quiz_id"))
        table.drop_index(table.f("ix_share_classroom_id"))
        table.drop_index(table.f("ix_share_bank_id"))

    op.drop_table("share")
    with op.batch_alter_table("assignment") as table:
        table.drop_index(table.f("ix_assignment_quiz_id"))
        table.drop_index(table.f("ix_assignment_classroom_id"))

    op.drop_table("assignment")
    with op.batch_alter_table("enrolment") as table:
        table.drop_index("ix_enrolment_user_id")

    op.drop_table("enrolment")
    op.drop_table("classroom")
