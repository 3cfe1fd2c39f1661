"""Copies of a SQLite database: made while it is in use, verified, kept by their dates, and put in place again."""

from quizapp.services.backups.copies import copy_database, examine, put_back
from quizapp.services.backups.naming import dated, drop_oldest, last_copy, pattern_of, remember_last
from quizapp.services.backups.replacing import replace_database

__all__ = [
    "copy_database",
    "dated",
    "drop_oldest",
    "examine",
    "last_copy",
    "pattern_of",
    "put_back",
    "remember_last",
    "replace_database",
]
