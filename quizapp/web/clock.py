"""The one clock of the web: views take the time from here and pass it on."""

from datetime import UTC, datetime


def utcnow() -> datetime:
    """Now, aware and in UTC."""
    return datetime.now(UTC)
