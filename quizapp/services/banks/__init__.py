"""Banks in the database: loading one from its document, and writing it back as one."""

from quizapp.services.banks.exporting import export_bank, passage_document, question_document
from quizapp.services.banks.loading import (
    LoadReport,
    add_first_versions,
    add_passage_version,
    add_version,
    is_loaded,
    load_bank,
)

__all__ = [
    "LoadReport",
    "add_first_versions",
    "add_passage_version",
    "add_version",
    "export_bank",
    "is_loaded",
    "load_bank",
    "passage_document",
    "question_document",
]
