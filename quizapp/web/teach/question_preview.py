"""The question in the editor as a student sees it, kept up with what is typed; it need not be whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext
from pydantic import ValidationError

from quizapp.domain.access import Audience, Right
from quizapp.kinds import KINDS
from quizapp.kinds.base import Kind, Prompt
from quizapp.kinds.content import Content
from quizapp.kinds.explained import Explained
from quizapp.kinds.unfinished import as_far_as_written
from quizapp.models import Bank, Question, db
from quizapp.services import authoring
from quizapp.services.attempts.reviewing import passages_shown
from quizapp.services.reading import PassageView, passage_views
from quizapp.web.guard import only_reads, open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404, question_or_404
from quizapp.web.teach.forms import QuestionForm, content_data, question_form, seen_version
from quizapp.web.teach.question_problems import quote_says, still_missing


@dataclass(frozen=True)
class Preview:
    """The question as a student sees it. `explained` is None while nothing can be said of its answer yet.

    `missing` says what is still to be written; `overtaken` is who saved a newer version since the editor was opened.
    """

    kind: Kind[Any, Any]
    prompt: Prompt
    content: Content
    explained: Explained | None
    passages: tuple[PassageView, ...]
    missing: tuple[str, ...]
    overtaken: str | None = None


def kind_sent(question: Question) -> Kind[Any, Any]:
    """The kind that the editor was opened with: somebody may have made another of it meanwhile."""
    return KINDS.get(request.form.get("kind", "")) or KINDS[question.current.kind]


@bp.post("/banks/<slug>/questions/new/<kind_name>/preview")
@open_to(Audience.TEACHERS)
@only_reads
def preview_of_new(slug: str, kind_name: str) -> str:
    """A question not saved yet as a student will see it, as a part of a page."""
    bank = bank_or_404(slug, Right.EDIT)
    return _part(bank, KINDS.get(kind_name) or abort(404), None)


@bp.post("/questions/<int:question_id>/preview")
@open_to(Audience.TEACHERS)
@only_reads
def preview_of_edited(question_id: int) -> str:
    """A question as it stands in the editor as a student will see it, as a part of a page."""
    question = question_or_404(question_id)
    return _part(question.bank, kind_sent(question), question)


def _part(bank: Bank, kind: Kind[Any, Any], question: Question | None) -> str:
    form = question_form(kind)()
    return render_template("teach/_preview.html", preview=preview_of(bank, kind, form, question))


def preview_of(bank: Bank, kind: Kind[Any, Any], form: QuestionForm, question: Question | None) -> Preview:
    """What the form holds, before the answer and after it."""
    data = content_data(form, kind)
    found = as_far_as_written(kind, data)
    order = kind.plain_order(found.content, Random(0))  # noqa: S311  one fixed order for the preview
    explained = _explained(kind, found.content, order) if found.keyed else None
    return Preview(
        kind,
        kind.prompt(found.content, order),
        found.content,
        explained,
        _passages(bank, explained) if explained else (),
        tuple(_missing(bank, kind, data)),
        _overtaken(question, form),
    )


def _explained(kind: Kind[Any, Any], content: Content, order: list[int]) -> Explained | None:
    """The key with its reasons; None where the content is so unfinished that its kind cannot tell them."""
    try:
        return kind.explain(content, order, None)
    except (ValueError, IndexError):
        return None


def _passages(bank: Bank, explained: Explained) -> tuple[PassageView, ...]:
    quoted = {evidence.passage for evidence in explained.evidence}
    versions = [
        version.id for passage, version in authoring.current_passages(db.session(), bank) if passage.slug in quoted
    ]
    views = passage_views(db.session(), versions)
    return passages_shown(explained, [views[number] for number in versions])


def _missing(bank: Bank, kind: Kind[Any, Any], data: Mapping[str, Any]) -> list[str]:
    try:
        content = authoring.content_from(kind.name, data)
    except ValidationError as error:
        return still_missing(error)
    texts = authoring.passage_texts(db.session(), bank)
    quotes = dict.fromkeys((quote.passage, quote.quote) for quote in content.all_evidence())
    return [quote_says(quote) for passage, quote in quotes if not authoring.stands(texts, passage, quote)]


def _overtaken(question: Question | None, form: QuestionForm) -> str | None:
    seen = seen_version(form)
    if question is None or not seen or question.current.number <= seen:
        return None
    author = question.current.author
    return author.display_name if author else str(gettext("the bank's files"))
