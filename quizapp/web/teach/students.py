"""The score history of all students, of each of them, and any one attempt."""

from flask import abort, render_template, request

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import accounts, reports
from quizapp.services.attempts.starting import published_quizzes
from quizapp.web.guard import open_to
from quizapp.web.numbers import whole_number
from quizapp.web.teach import bp


@bp.get("/students")
@open_to(Audience.TEACHERS)
def students() -> str:
    """Every student with an account, and how they stand."""
    return render_template("teach/students.html", students=reports.students(db.session()))


@bp.get("/students/<int:user_id>")
@open_to(Audience.TEACHERS)
def student(user_id: int) -> str:
    """One student's history, as the student sees it."""
    found = accounts.person(db.session(), user_id)
    if found is None or found.username is None:
        abort(404)
    return render_template("teach/student.html", student=found, history=reports.history_of(db.session(), user_id))


@bp.get("/attempts")
@open_to(Audience.TEACHERS)
def attempts() -> str:
    """All finished attempts, newest first; the filter stands in the address."""
    page = max(1, whole_number(request.args, "page", default=1))
    quiz = request.args.get("quiz", "")
    return render_template(
        "teach/attempts.html",
        found=reports.all_attempts(db.session(), page, quiz),
        quizzes=published_quizzes(db.session()),
        quiz=quiz,
    )
