"""The list of a bank's questions; the filter, the order and the page stand in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from quizapp.domain.access import Audience, Right
from quizapp.domain.quizzes import Status
from quizapp.models import Bank, db
from quizapp.services.item_analysis import figures
from quizapp.services.questions import listing
from quizapp.services.questions.listing import Figures, ListFilter, QuestionRow
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.tallying import fold_waiting
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404, may
from quizapp.web.teach.question_list_forms import NAMES, ListForm

PAGE = 100
"""Questions on one page of the list."""


@dataclass(frozen=True)
class Sorting:
    """By what the list is sorted, and where a column's heading leads."""

    slug: str
    filled: Mapping[str, str]
    order: str
    downwards: bool

    def address(self, order: str) -> str:
        """The same list by this column; the other way round where it is so sorted already."""
        return self._address(order, order == self.order and not self.downwards, 1)

    def page(self, number: int) -> str:
        """Another page of the same list."""
        return self._address(self.order, self.downwards, number)

    def state(self, order: str) -> str | None:
        """How a column is sorted, as `aria-sort` says it; None where it is not."""
        return ("descending" if self.downwards else "ascending") if order == self.order else None

    def _address(self, order: str, downwards: bool, page: int) -> str:
        told: dict[str, Any] = {
            **self.filled,
            "sort": "" if order == "place" else order,
            "down": "1" if downwards else "",
        }
        told["page"] = str(page) if page > 1 else ""
        return url_for(".questions", slug=self.slug, **{name: value for name, value in told.items() if value})


@bp.get("/banks/<slug>/questions")
@open_to(Audience.TEACHERS)
def questions(slug: str) -> str:
    """The bank's questions, narrowed and sorted as the address says."""
    bank = bank_or_404(slug)
    form = ListForm(request.args)
    form.choose_from(bank, listing.tags_of(db.session(), bank))
    wanted = form.wanted()
    order = request.args.get("sort", "place")
    order = order if order in listing.ORDERS else "place"
    downwards = request.args.get("down") == "1"
    fold_waiting(figures.quizzes_asking(db.session(), bank), utcnow())
    found = listing.listed(db.session(), bank, wanted, order, downwards, figures_of(bank))
    pages = max(1, -(-len(found) // PAGE))
    page = min(_page_asked(), pages)
    shown = listing.marked_orphans(db.session(), bank, found[(page - 1) * PAGE : page * PAGE])
    return render_template(
        "teach/questions.html",
        bank=bank,
        form=form,
        rows=shown,
        count=len(found),
        page=page,
        pages=pages,
        sorting=Sorting(slug, filled(wanted), order, downwards),
        filled=filled(wanted),
        with_figures=any(row.figures for row in found),
        statuses=list(Status),
        may_edit=may(bank, Right.EDIT),
    )


def _page_asked() -> int:
    typed = request.args.get("page", "1")
    return max(1, int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 1


def filled(wanted: ListFilter) -> dict[str, Any]:
    """The fields of a filter that narrow anything."""
    return {name: value for name in NAMES if (value := getattr(wanted, name))}


def figures_of(bank: Bank) -> Mapping[int, Figures]:
    """What item analysis says of the bank's questions."""
    return figures.question_figures(db.session(), bank)


def all_on(bank: Bank, wanted: ListFilter) -> list[QuestionRow]:
    """Every question on the list as it is narrowed, whatever the page."""
    return listing.listed(db.session(), bank, wanted, figures=figures_of(bank))
