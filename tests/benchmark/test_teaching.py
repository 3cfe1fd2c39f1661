"""The benchmark of a large class runs, and reads the gradebook in the statements it promises."""

from pathlib import Path

from quizapp.models import db
from quizapp.services import gradebook
from tests.benchmark.conditions import LIBRARIES
from tests.benchmark.gradebook import Size, large_class
from tests.benchmark.teaching import as_text
from tests.benchmark.workload import counted
from tests.conftest import NOW, make_app


def test_the_class_that_is_measured_is_filled_and_read_in_three_statements(tmp_path: Path) -> None:
    app = make_app(tmp_path, SLOW_QUERY_MS=0)
    with app.app_context():
        db.create_all()
        teacher = large_class(Size(students=10, assignments=5, rounds=1))
        with counted(app) as statements:
            book = gradebook.gradebook(gradebook.read(db.session(), 1, teacher), NOW)
        assert len(statements) == 3
        assert (len(book.lines), len(book.assignments), len(book.lines[0].cells)) == (10, 5, 5)
        db.session.remove()
        db.engine.dispose()


def test_the_report_reads_as_lines() -> None:
    data = {
        "conditions": {
            **dict.fromkeys((*LIBRARIES, "python", "sqlite", "cores", "load", "fsync_ms"), 1),
            "idle_before": 1,
        },
        "doubts": ["It was busy."],
        "parts": {"gradebook": {"students": 200, "page": {"seconds": 0.2, "statements": 8}}},
        "largest_megabytes": 120.5,
    }
    assert "gradebook: students 200" in as_text(data)
    assert "seconds 0.2, statements 8" in as_text(data)
    assert "NOT VALID: It was busy." in as_text(data)
