"""The coverage map: a bank's passages shaded by what rests on them."""

from collections.abc import Sequence

from flask import render_template, request

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services.coverage import FEWEST_STUDENTS, CoveredPassage, CoveredSection
from quizapp.services.coverage import coverage as covered_sections
from quizapp.web.guard import open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import bank_or_404

_STEPS = 5
"""Shades of the map, beside the one for nothing."""


@bp.get("/banks/<slug>/coverage")
@open_to(Audience.TEACHERS)
def coverage(slug: str) -> str:
    """Passages by number of questions or by marks lost; which of the two stands in the address."""
    bank = bank_or_404(slug)
    sections = covered_sections(db.session(), bank)
    shade = "errors" if request.args.get("shade") == "errors" else "questions"
    passages = [passage for section in sections for passage in section.passages]
    return render_template(
        "teach/coverage.html",
        bank=bank,
        sections=sections,
        shade=shade,
        steps=_steps(sections, shade),
        answered=any(passage.error_rate is not None for passage in passages),
        fewest=FEWEST_STUDENTS,
    )


def _steps(sections: Sequence[CoveredSection], shade: str) -> dict[str, int]:
    """The shade of each passage, 0 for nothing to _STEPS: rates on their own scale, counts against the largest."""
    passages = [passage for section in sections for passage in section.passages]
    largest = max((passage.questions for passage in passages), default=0)

    def share(passage: CoveredPassage) -> float:
        return (passage.error_rate or 0.0) if shade == "errors" else passage.questions / max(largest, 1)

    return {passage.slug: _step(share(passage)) for passage in passages}


def _step(share: float) -> int:
    return 0 if share <= 0 else min(_STEPS, 1 + int(share * _STEPS))
