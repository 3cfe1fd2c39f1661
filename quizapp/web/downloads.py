"""Tables as files to be downloaded."""

from flask import Response
from flask_babel import gettext

from quizapp.formats.csv_text import csv_file
from quizapp.services.own_data import Table

ZIP = "application/zip"
CSV = "text/csv; charset=utf-8"


def csv_of(table: Table) -> bytes:
    """The table as the bytes of a CSV file, with the names of its columns on top."""
    return csv_file([[gettext(column) for column in table.columns], *table.rows])


def csv_download(table: Table, name: str) -> Response:
    """An answer that saves the table as a file of this name."""
    return saved_as(csv_of(table), name, CSV)


def saved_as(content: bytes, name: str, content_type: str) -> Response:
    """An answer that saves these bytes as a file of this name, which is plain ASCII."""
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
