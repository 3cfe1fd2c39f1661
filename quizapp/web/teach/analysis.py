"""Item analysis: what the answers say about a quiz and about a question, and what is worth a look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from flask import abort, render_template, request
from flask_babel import format_decimal, gettext
from flask_login import current_user

from quizapp.domain.access import Audience, Right
from quizapp.domain.item_analysis import showing
from quizapp.domain.item_analysis.flags import Flag
from quizapp.domain.item_analysis.quizzes import BINS, NoReliability
from quizapp.models import Assignment, Quiz, db
from quizapp.services import problem_reports
from quizapp.services.attempts.pinned import PinnedQuestion, pinned_questions
from quizapp.services.item_analysis import figures
from quizapp.web.charts import ColumnChart, column_chart
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.numbers import whole_number
from quizapp.web.rendering import percent
from quizapp.web.tallying import fold_waiting
from quizapp.web.teach import bp
from quizapp.web.teach.access import check_right, may, question_or_404, quiz_or_404


@dataclass(frozen=True)
class RaisedFlag:
    """A flag in the reader's language."""

    name: str
    says: str
    suggests: str
    grave: bool


@bp.get("/quizzes/<int:quiz_id>/analysis")
@open_to(Audience.TEACHERS)
def quiz_analysis(quiz_id: int) -> str:
    """The figures of a quiz and of its questions; of one assignment, where the address names it."""
    quiz = quiz_or_404(quiz_id, with_questions=False)
    assignment = _assignment(quiz)
    fold_waiting([quiz_id], utcnow())
    found = figures.quiz_figures(db.session(), quiz_id, None if assignment is None else assignment.id)
    return render_template(
        "teach/analysis_quiz.html",
        quiz=quiz,
        bank=quiz.bank,
        assignment=assignment,
        found=found,
        tell=partial(_tell, found),
        showing=showing,
        correlation=correlation,
    )


@dataclass(frozen=True)
class Told:
    """What the figures of a quiz come to, in words and drawings. `why_not`: why there is no α; empty where it is."""

    flags: Mapping[int, Sequence[RaisedFlag]]
    worth_a_look: Sequence[figures.AskedVersion]
    columns: Sequence[tuple[str, int]]
    chart: ColumnChart
    why_not: str


def _tell(found: figures.QuizFigures) -> Told:
    flags = {one.question.version_id: _raised(one.figures.flags, one.question) for one in found.versions}
    worth_a_look = [one for one in found.versions if flags[one.question.version_id]]
    worth_a_look.sort(key=lambda one: -sum(flag.grave for flag in flags[one.question.version_id]))
    bounds = [str(100 * place // BINS) for place in range(BINS + 1)]
    labels = [f"{low}–{high}" for low, high in pairwise(bounds)]
    return Told(
        flags,
        worth_a_look,
        list(zip(labels, found.scores.columns, strict=False)),
        column_chart(found.scores.columns, bounds),
        why_no_reliability(found.scores.reliability),
    )


def _assignment(quiz: Quiz) -> Assignment | None:
    """The assignment that the address names, if it is of this quiz and the teacher may see its class."""
    number = whole_number(request.args, "assignment", 0)
    if not number:
        return None
    assignment = db.session.get(Assignment, number)
    if assignment is None or assignment.quiz_id != quiz.id:
        abort(404)
    check_right(assignment.classroom, Right.VIEW)
    return assignment


@bp.get("/questions/<int:question_id>/analysis")
@open_to(Audience.TEACHERS)
def question_analysis(question_id: int) -> str:
    """The figures of a question, version by version and all together, beside the open reports on it."""
    question = question_or_404(question_id)
    fold_waiting(figures.quizzes_asking(db.session(), question.bank), utcnow())
    found = figures.question_analysis(db.session(), question)
    versions = pinned_questions(db.session(), [version.id for version in question.versions])
    by_number = {pinned.number: pinned for pinned in versions.values()}
    reports = problem_reports.open_reports(db.session(), current_user.id)
    return render_template(
        "teach/analysis_question.html",
        question=question,
        bank=question.bank,
        found=found,
        pinned=by_number,
        flags={one.version: _raised(one.flags, by_number[one.version or 0]) for one in found.versions},
        reports=[report for report in reports if report.question_id == question_id],
        may_edit=may(question.bank, Right.EDIT),
        showing=showing,
        correlation=correlation,
    )


def _raised(flags: tuple[Flag, ...], question: PinnedQuestion) -> list[RaisedFlag]:
    return [RaisedFlag(flag.name, _filled(flag, question), gettext(flag.suggests), flag.grave) for flag in flags]


def _filled(flag: Flag, question: PinnedQuestion) -> str:
    """A flag's words with their figures; the two verdicts of a statement are words of ours, and so translated."""
    fixed = question.kind.anatomy(question.content).statement
    values: dict[str, str] = {}
    for name, value in flag.values.items():
        if isinstance(value, str):
            values[name] = gettext(value) if fixed else value
        elif name.startswith("share_"):
            values[name] = percent(value)
        else:
            values[name] = correlation(value) if name == "r" else str(round(value))
    return str(gettext(flag.says, **values))


def correlation(value: float | None) -> str:
    """A correlation with two decimals; a dash for None."""
    return "–" if value is None else str(format_decimal(value, "0.00")).replace("-", "−")


def why_no_reliability(reliability: object) -> str:
    """Why no α is shown; empty where one is."""
    reasons = {
        NoReliability.FEW_ATTEMPTS: gettext(
            "α and the standard error are shown from %(number)s attempts on.", number=showing.RELIABILITY_FROM
        ),
        NoReliability.SEVERAL_FORMS: gettext(
            "There is no α, because the attempts did not all ask the same questions in the same versions."
        ),
        NoReliability.FEW_QUESTIONS: gettext(
            "There is no α of fewer than %(number)s questions.", number=showing.RELIABILITY_QUESTIONS
        ),
        NoReliability.NO_SPREAD: gettext("There is no α, because everybody has the same score."),
    }
    return reasons.get(reliability, "") if isinstance(reliability, NoReliability) else ""
