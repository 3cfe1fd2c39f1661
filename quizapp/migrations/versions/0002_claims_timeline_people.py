"""Claims, timeline and people of a source; the plan of a bank; waivers; which passage decides which version."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_claim_section_id_section"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("section_id", "code", name=op.f("uq_claim_section_id")),
    )
    op.create_table(
        "timeline_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=False),
        sa.Column("dated", sa.String(length=300), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("references", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_timeline_event_source_id_source"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline_event")),
        sa.UniqueConstraint("source_id", "slug", name=op.f("uq_timeline_event_source_id")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("offices", sa.JSON(), nullable=False),
        sa.Column("called", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_person_source_id_source"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("source_id", "slug", name=op.f("uq_person_source_id")),
    )
    op.create_table(
        "deciding_passage",
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_deciding_passage_passage_id_passage"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_version.id"],
            name=op.f("fk_deciding_passage_question_version_id_question_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_version_id", "passage_id", name=op.f("pk_deciding_passage")),
    )
    op.create_index(op.f("ix_deciding_passage_passage_id"), "deciding_passage", ["passage_id"])
    op.add_column("bank", sa.Column("blueprint", sa.JSON(), nullable=True))
    op.add_column("question", sa.Column("waivers", sa.JSON(), nullable=False, server_default="[]"))
    _link_existing_versions()


def _link_existing_versions() -> None:
    """What the versions already there rest on stands in their content; it is written out once."""
    connection = op.get_bind()
    versions = connection.execute(
        sa.text(
            "SELECT question_version.id, question_version.content, bank.source_id FROM question_version"
            " JOIN question ON question.id = question_version.question_id JOIN bank ON bank.id = question.bank_id"
        )
    ).all()
    passages = {
        (source, slug): passage
        for passage, source, slug in connection.execute(sa.text("SELECT id, source_id, slug FROM passage"))
    }
    rows = []
    for version, content, source in versions:
        data = json.loads(content) if isinstance(content, str) else content
        slugs = {quote["passage"] for quote in data["evidence"]}
        rows += [
            {"version": version, "passage": passages[source, slug]} for slug in slugs if (source, slug) in passages
        ]
    if rows:
        connection.execute(
            sa.text("INSERT INTO deciding_passage (question_version_id, passage_id) VALUES (:version, :passage)"), rows
        )


def downgrade() -> None:
    """Back from this revision."""
    op.drop_column("question", "waivers")
    op.drop_column("bank", "blueprint")
    for table_name in ("deciding_passage", "person", "timeline_event", "claim"):
        op.drop_table(table_name)
