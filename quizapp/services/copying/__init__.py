"""Copying everything between a SQLite file and a PostgreSQL database, each value compared on both sides."""

from quizapp.services.copying.moving import CannotCopy, Step, Tell
from quizapp.services.copying.whole import engine_of_file, file_into_postgres, postgres_into_file

__all__ = ["CannotCopy", "Step", "Tell", "engine_of_file", "file_into_postgres", "postgres_into_file"]
