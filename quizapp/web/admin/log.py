"""The audit log: who did what to which record, to be searched and downloaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Response, render_template, request
from flask_babel import gettext

from quizapp.domain.access import Audience
from quizapp.domain.wording import mark_for_translation as _
from quizapp.formats.csv_text import Cell
from quizapp.models import db
from quizapp.services import accounts, audit
from quizapp.services.own_data import Table
from quizapp.web.admin import bp
from quizapp.web.deeds import RECORDS, WORDS
from quizapp.web.downloads import csv_download
from quizapp.web.guard import open_to
from quizapp.web.numbers import whole_number

NOBODY = 0
"""No account has this number."""
MOST_DOWNLOADED = 100_000
"""Entries in a file; a longer time is downloaded in parts."""
_LONGEST_TYPED = 80
_COLUMNS = (
    _("number"),
    _("time"),
    _("person"),
    _("username"),
    _("by command"),
    _("deed"),
    _("kind of record"),
    _("record"),
    _("request"),
    _("details"),
)


@dataclass(frozen=True)
class Asked:
    """What was typed into the search, as it was typed, and what it means. `says` is what could not be understood."""

    typed: Mapping[str, str]
    wanted: audit.Wanted
    says: tuple[str, ...]


def _asked() -> Asked:
    names = ("person", "deed", "record", "number", "request", "from", "to")
    typed = {name: request.args.get(name, "").replace("\x00", "").strip()[:_LONGEST_TYPED] for name in names}
    since, until = _day(typed["from"]), _day(typed["to"])
    wanted = audit.Wanted(
        actor_id=_person(typed["person"]),
        deed=typed["deed"] if typed["deed"] in WORDS else None,
        record=typed["record"] if typed["record"] in RECORDS else None,
        record_id=_number(typed["number"]),
        request_id=typed["request"] or None,
        since=since,
        until=None if until is None else until + timedelta(days=1),
    )
    return Asked({name: text for name, text in typed.items() if text}, wanted, tuple(_not_understood(typed, wanted)))


def _not_understood(typed: Mapping[str, str], wanted: audit.Wanted) -> list[str]:
    """What must not be passed over in silence: else more would be shown than was asked for."""
    says = []
    if wanted.actor_id == NOBODY:
        says.append(gettext("Nobody has the username “%(name)s” now.", name=typed["person"]))
    if (typed["from"] and wanted.since is None) or (typed["to"] and wanted.until is None):
        says.append(gettext("Write dates as 2026-03-14."))
    if typed["number"] and (wanted.record_id == NOBODY or wanted.record is None):
        says.append(gettext("With the number of a record, choose its kind; the number is a whole number."))
    return says


def _person(typed: str) -> int | None:
    """The number typed, or that of the account with this username; NOBODY where there is none."""
    if not typed:
        return None
    number = whole_number({"number": typed.removeprefix("#")}, "number", NOBODY)
    found = None if number else accounts.find(db.session(), typed)
    return number or (NOBODY if found is None else found.id)


def _number(typed: str) -> int | None:
    return whole_number({"number": typed.removeprefix("#")}, "number", NOBODY) if typed else None


def _day(typed: str) -> datetime | None:
    """The beginning of that day, in UTC; None for no date, and for one too near the ends of the calendar."""
    try:
        day = datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
    return day if 1900 <= day.year < 9999 else None


@bp.get("/log")
@open_to(Audience.ADMINS)
def log() -> str:
    """The entries that are asked for, the latest first."""
    asked = _asked()
    before = whole_number(request.args, "before", 0) or None
    page = audit.Page((), None) if asked.says else audit.find(db.session(), asked.wanted, before)
    return render_template("admin/log.html", page=page, asked=asked, first=before is None, deeds=WORDS, records=RECORDS)


@bp.get("/log.csv")
@open_to(Audience.ADMINS)
def log_file() -> Response:
    """The same as a file."""
    asked = _asked()
    found = () if asked.says else audit.every(db.session(), asked.wanted, MOST_DOWNLOADED)
    return csv_download(Table("log", _COLUMNS, tuple(_row(entry) for entry in found)), "audit-log.csv")


def _row(entry: audit.Entry) -> tuple[Cell, ...]:
    event = entry.event
    return (
        event.id,
        event.at,
        event.actor_id,
        entry.username,
        event.by_command,
        event.deed,
        event.record,
        event.record_id,
        event.request_id,
        told(event.details),
    )


@bp.app_template_filter("told")
def told(details: Mapping[str, object] | None) -> str:
    """What more an entry says, in a line."""
    return "; ".join(f"{name} {_joined(value)}" for name, value in sorted((details or {}).items()))


def _joined(value: object) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
