"""From Markdown to safe HTML, with quotes marked in it, and the other filters of the templates."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import nh3
from flask import Flask
from flask_babel import (
    format_date,
    format_datetime,
    format_number,
    format_percent,
    format_time,
    get_locale,
    gettext,
    ngettext,
)
from jinja2 import BaseLoader, ChoiceLoader, FunctionLoader
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from quizapp.domain.dates import first_day, sort_key
from quizapp.domain.passages import with_markers
from quizapp.kinds import KINDS
from quizapp.services.reading import PassageView
from quizapp.web import furniture, wording
from quizapp.web.charts import line_chart
from quizapp.web.quiz_wording import feedback_columns, feedback_rows

_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "br", "mark", "span", "sup"}
_ATTRIBUTES = {"a": {"href", "class", "aria-label", "id"}, "mark": {"class"}, "span": {"class"}, "sup": {"class"}}
_OPEN, _CLOSE = 0xE000, 0xE400
_MOST_MARKS = 0x400
_MARKERS = re.compile("([\ue000-\ue7ff])")


def _render_text(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    """A text token, cut at the markers; each piece is wrapped on its own, so that marks never cross other tags."""
    active: list[int] = env.setdefault("active", [])
    links: Mapping[int, str] = env.get("links", {})
    pieces: list[str] = []
    for piece in _MARKERS.split(tokens[index].content):
        code = ord(piece) if len(piece) == 1 else 0
        if _OPEN <= code < _CLOSE:
            active.append(code - _OPEN)
        elif _CLOSE <= code < _CLOSE + _MOST_MARKS:
            if code - _CLOSE in active:
                active.remove(code - _CLOSE)
            pieces.append(links.get(code - _CLOSE, ""))
        elif piece:
            pieces.append(_wrapped(str(Markup.escape(piece)), active, env))
    return "".join(pieces)


def _wrapped(text: str, active: Sequence[int], env: Mapping[str, Any]) -> str:
    """A piece of text inside the marks it stands under; of two links on the same words the first holds."""
    classes = [env["classes"][mark] for mark in active]
    target = next((env["targets"][mark] for mark in active if mark in env["targets"]), None)
    if target:
        text = f'<a class="lore" href="#{target}">{text}</a>'
    marks = [name for name in ("evidence", "against") if name in classes]
    if marks:
        text = f'<mark class="{" ".join(marks)}">{text}</mark>'
    return f'<span class="noted">{text}</span>' if "noted" in classes else text


def _render_line_break(
    _self: RendererHTML, _tokens: Sequence[Token], _index: int, _options: Any, env: dict[str, Any]
) -> str:
    """A line break of the file is a space on the page, inside the marks that run across it, and no link of its own."""
    return _wrapped(" ", env.get("active", ()), {**env, "targets": {}})


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    markdown.add_render_rule("text", _render_text)
    markdown.add_render_rule("softbreak", _render_line_break)
    return markdown


_MARKDOWN = _markdown()


def _safe(html: str) -> Markup:
    return Markup(nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"}))  # noqa: S704


@lru_cache(maxsize=4096)
def markdown(text: str) -> Markup:
    """Paragraphs of Markdown as safe HTML; raw HTML in it is shown as text."""
    return _safe(_MARKDOWN.render(_MARKERS.sub("", text)))


@lru_cache(maxsize=8192)
def inline_markdown(text: str) -> Markup:
    """A line of Markdown as safe HTML, without a paragraph around it."""
    return _safe(_MARKDOWN.renderInline(_MARKERS.sub("", text)))


@lru_cache(maxsize=4096)
def passage_html(passage: PassageView, prefix: str = "") -> Markup:
    """A passage as HTML: evidence and misread words marked, noted words underlined and linked to their notes.

    Names and dates lead to the lists of people and events of the page, where the passage says where they stand.

    `prefix` keeps the anchors apart where one page shows a passage twice.
    """
    quotes: dict[str, str] = {}
    classes: list[str] = []
    links: dict[int, str] = {}
    for note in passage.notes:
        links[len(classes)] = _note_link(prefix + note.anchor, note.number)
        quotes[str(len(classes))] = note.quote
        classes.append("noted")
    for name, words in (("evidence", passage.evidence), ("against", passage.against)):
        for quote in words:
            quotes[str(len(classes))] = quote
            classes.append(name)
    targets: dict[int, str] = {}
    for reference in passage.references:
        targets[len(classes)] = reference.anchor
        quotes[str(len(classes))] = reference.quote
        classes.append("")
    opening = {name: chr(_OPEN + int(name)) for name in quotes}
    closing = {name: chr(_CLOSE + int(name)) for name in quotes}
    text = with_markers(_MARKERS.sub("", passage.text), quotes, opening, closing)
    return _safe(_MARKDOWN.render(text, {"classes": classes, "links": links, "targets": targets}))


def _note_link(anchor: str, number: int) -> str:
    label = Markup.escape(gettext("Record note %(number)s", number=number))
    return f'<sup><a class="note-mark" href="#{anchor}" id="{anchor}-mark" aria-label="{label}">{number}</a></sup>'


def percent(share: float | None) -> str:
    """A fraction 0–1 as a percentage without decimals; a dash for None."""
    return "–" if share is None else _with_minus(format_percent(round(share, 2), "#,##0%"))


def marks(value: float | None) -> str:
    """Marks with at most two decimals."""
    return "–" if value is None else _with_minus(format_number(round(value, 2)))


def expected(number: float) -> str:
    """How many to expect, with at most one decimal; nothing for none, so that a table shows where something is."""
    return marks(round(number, 1)) if round(number, 1) else ""


def _with_minus(number: str) -> str:
    """A number with a minus sign, where the language writes a hyphen for it."""
    return number.replace("-", "−")


def duration(span: timedelta | None) -> str:
    """A span of time in the largest two units that matter to a reader."""
    if span is None:
        return "–"
    seconds = int(span.total_seconds())
    if seconds < 60:
        return str(gettext("%(seconds)s s", seconds=seconds))
    minutes, hours = seconds // 60 % 60, seconds // 3600
    if not hours:
        return str(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    return str(gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes))


def day(moment: datetime | None) -> str:
    """The date alone."""
    return "–" if moment is None else str(format_date(moment, "d MMM yyyy"))


def dated(written: str) -> str:
    """A date as history gives it, in words: a year, a month or a day."""
    shape = {1: "yyyy", 2: "MMMM yyyy", 3: "d MMMM yyyy"}[len(sort_key(written))]
    return str(format_date(first_day(written), shape))


def moment(value: datetime | None) -> str:
    """Date and time."""
    return "–" if value is None else str(format_datetime(value, "d MMM yyyy, HH:mm"))


def clock_time(value: datetime | None) -> str:
    """The time of day."""
    return "–" if value is None else str(format_time(value, "HH:mm"))


def _kind_template(name: str) -> str | None:
    """`kinds/<kind>/<file>` from the kind's own folder: a kind brings its templates with it."""
    head, _, rest = name.partition("/")
    kind, _, file = rest.partition("/")
    path: Path | None = KINDS[kind].folder() / file if head == "kinds" and kind in KINDS else None
    return path.read_text(encoding="utf-8") if path is not None and path.is_file() else None


def _loader(own: BaseLoader) -> BaseLoader:
    return ChoiceLoader([own, FunctionLoader(_kind_template)])


def init(app: Flask) -> None:
    """Give the templates their filters and the kinds' folders."""
    assert app.jinja_loader is not None  # noqa: S101  the package has a templates folder
    app.jinja_loader = _loader(app.jinja_loader)
    app.jinja_env.filters.update(
        markdown=markdown,
        inline_markdown=inline_markdown,
        passage_html=passage_html,
        percent=percent,
        marks=marks,
        expected=expected,
        duration=duration,
        day=day,
        dated=dated,
        moment=moment,
        clock_time=clock_time,
    )
    app.jinja_env.globals.update(
        get_locale=get_locale,
        KINDS=KINDS,
        WORDING=wording,
        line_chart=line_chart,
        feedback_rows=feedback_rows,
        feedback_columns=feedback_columns,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    furniture.init(app)
