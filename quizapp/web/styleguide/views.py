"""Every part of the interface on one page; in development only. All words on it are samples."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Blueprint, render_template
from wtforms import Form, StringField

from quizapp.domain.access import Audience
from quizapp.domain.grading import Grading, summarise
from quizapp.domain.quizzes import Mode
from quizapp.kinds.base import Option, Prompt
from quizapp.kinds.explained import Explained, ExplainedOption, ExplainedPart
from quizapp.kinds.ordering.kind import ExplainedOrder
from quizapp.services.reading import NoteView, PassageView
from quizapp.services.reports import AttemptRow, History, ObjectiveStrength, QuizHistory
from quizapp.web.guard import open_to

bp = Blueprint("styleguide", __name__)


class SampleForm(Form):
    """Two fields, one with an error."""

    username = StringField("A sample field", description="A sample hint.")
    display_name = StringField("Another sample field")


_NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def _passage() -> PassageView:
    note = NoteView(
        "note-sample-1", 1, "two months", "differs", "A sample note on the record.", ("A sample reference",)
    )
    text = "A sample passage. It says that two months went by, *in this telling*, and that nobody wrote it down."
    passage = PassageView("sample", "sample", "1.1", "A sample passage", "P0", text, (note,))
    return passage.marked(["It says that two months went by, in this"], ["nobody wrote it down"])


def _explained() -> Explained:
    return Explained(
        options=(
            ExplainedOption("A right option", True, False, "Why it is right."),
            ExplainedOption("A wrong option, chosen", False, True, "What was misread."),
            ExplainedOption("A wrong option, not chosen", False, False, "Why not."),
        )
    )


@dataclass(frozen=True)
class Sample:
    """A question of a kind with several controls, half answered, and its review."""

    kind: str
    prompt: Prompt
    given: tuple[str, ...]
    explained: Explained


def _parts(labels: Sequence[str], given: Sequence[str], key: Sequence[str]) -> tuple[ExplainedPart, ...]:
    return tuple(
        ExplainedPart(label, mine, right, mine == right, "Why it is so.")
        for label, mine, right in zip(labels, given, key, strict=True)
    )


def _samples() -> tuple[Sample, ...]:
    rows = ("The first entry", "The second entry, which says a little more", "The third entry")
    options = tuple(Option(str(place), text) for place, text in enumerate(("Something", "Another", "A third"), start=1))
    places = tuple(Option(str(place), str(place)) for place in range(1, 4))
    pieces = ("A sample text with ", " to type, and one ", " to choose, and ", ".")
    words = ("a word", "by ear", "")
    return (
        Sample(
            "matching",
            Prompt("matching", "What belongs together?", "Choose what belongs to each entry.", options, rows=rows),
            ("2", "", "1"),
            Explained(parts=_parts(rows, ("Another", "", "Something"), ("Another", "A third", "A fourth"))),
        ),
        Sample(
            "ordering",
            Prompt("ordering", "In which order?", "Give each item its place.", places, rows=rows),
            ("2", "1", ""),
            ExplainedOrder(parts=_parts(rows, ("1", "3", "2"), ("1", "2", "3")), key=rows, pairs=3, pairs_right=2),
        ),
        Sample(
            "cloze",
            Prompt(
                "cloze", "What is missing?", "Fill in the blanks.", pieces=pieces, lists=((), ("by ear", "by eye"), ())
            ),
            words,
            Explained(
                parts=_parts(("1", "2", "3"), words, ("a word", "by eye", "the end")),
                key=("A sample text with a word to type, and one by eye to choose, and the end.",),
            ),
        ),
    )


def _history() -> History:
    rows = tuple(
        AttemptRow(
            n,
            1,
            "Sample Student",
            "A sample quiz",
            "sample",
            Mode.PRACTICE,
            n,
            _NOON + timedelta(days=n),
            _NOON + timedelta(days=n, minutes=7),
            score,
            6.0,
            0,
            Grading.BEST,
        )
        for n, score in enumerate((2.0, 3.5, 5.0), start=1)
    )
    counting = summarise([row.score / 6.0 for row in rows if row.score is not None], Grading.BEST)
    quiz = QuizHistory("A sample quiz", len(rows), Grading.BEST, counting, False, None)
    strengths = (ObjectiveStrength("Date the key events", 0.4, 5), ObjectiveStrength("Name the leaders", 0.9, 7))
    return History(tuple(reversed(rows)), (quiz,), strengths, 4)


@bp.get("/styleguide")
@open_to(Audience.EVERYONE)
def index() -> str:
    """The page."""
    form = SampleForm(formdata=None)
    form.username.errors = ["A sample error: what is wrong, and how to mend it."]
    options = (Option("1", "The first option"), Option("2", "The second option"), Option("3", "The third option"))
    return render_template(
        "styleguide/index.html",
        passage=_passage(),
        explained=_explained(),
        typed=Explained(
            given="a sample", key=("The key", "another form"), feedback="Why the sample is wrong.", right=False
        ),
        samples=_samples(),
        history=_history(),
        form=form,
        choice_prompt=Prompt("single_choice", "A sample question?", "Choose one answer.", options),
        typed_prompt=Prompt("numeric", "In which year?", "Type a number.", unit="year"),
    )
