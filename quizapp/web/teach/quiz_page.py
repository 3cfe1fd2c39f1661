"""The page of one quiz: what it says and how it is run, what it asks, and what that comes to."""

from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext
from flask_login import current_user

from quizapp.domain.access import Right
from quizapp.domain.blueprint import Blueprint, by_cell
from quizapp.domain.quizzes import LEVELS, Candidate, Draw
from quizapp.kinds import KINDS
from quizapp.models import Question, Quiz, db
from quizapp.services import quiz_building
from quizapp.services.assignments import setting
from quizapp.services.attempts.starting import settings_of
from quizapp.services.quiz_building import QuizFields
from quizapp.web.clock import utcnow
from quizapp.web.quiz_wording import settings_in_words
from quizapp.web.teach.access import may
from quizapp.web.teach.overtaking import stamp
from quizapp.web.teach.quiz_forms import DrawForm, QuizForm, presets

MOST_OFFERED = 200
"""Questions in the list to choose from; words narrow it."""


@dataclass(frozen=True)
class BlueprintTable:
    """Expected numbers of questions: rows with a heading and a number for each of the `levels` asked, and their sum."""

    heading: str
    levels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...], float], ...]


@dataclass(frozen=True)
class Planned:
    """What the quiz gives, as its page shows it."""

    plan: Blueprint
    tables: tuple[BlueprintTable, ...]


def stamp_of(quiz: Quiz | QuizFields) -> str:
    """The stamp of what a quiz says and how it is run, as stored or as a form asks for."""
    settings = quiz.settings if isinstance(quiz, Quiz) else quiz.settings.plain()
    return stamp(quiz.title, quiz.description, quiz.mode, quiz.published, settings)


def draw_form(quiz: Quiz, **options: object) -> DrawForm:
    """The form of a draw from the quiz's bank."""
    form = DrawForm(**options)
    form.choose_from(quiz.bank)
    return form


def drawn_by(form: DrawForm) -> Draw:
    """The draw that a valid form asks for."""
    return Draw(**quiz_building.slot_properties(form.properties()))


def planned(quiz: Quiz, further: Draw | None = None) -> Planned:
    """What the quiz gives, by section and by kind, with a `further` draw if one is being thought of."""
    plan, offered = quiz_building.planned(db.session(), quiz, further)
    sections = {section.slug: section.title for section in quiz.bank.source.sections}
    kinds = {name: str(gettext(kind.title)) for name, kind in KINDS.items()}
    return Planned(
        plan,
        (
            _table("section", plan, offered, sections),
            _table("kind", plan, offered, kinds),
        ),
    )


def _table(which: str, plan: Blueprint, offered: list[Candidate], names: dict[str, str]) -> BlueprintTable:
    cells = by_cell(plan, offered, lambda candidate: str(getattr(candidate, which)))
    levels = tuple(level for level in LEVELS if any(cells.get((slug, level)) for slug in names))
    rows = ((name, tuple(cells.get((slug, level), 0.0) for level in levels)) for slug, name in names.items())
    return BlueprintTable(which, levels, tuple((name, numbers, sum(numbers)) for name, numbers in rows if any(numbers)))


def offered_questions(quiz: Quiz, words: str) -> tuple[list[Question], bool]:
    """The published questions that can be put into the quiz, at most `MOST_OFFERED`, and whether there are more."""
    found = quiz_building.questions_to_add(db.session(), quiz, words)
    return found[:MOST_OFFERED], len(found) > MOST_OFFERED


def quiz_page(quiz: Quiz, form: QuizForm, draw: DrawForm) -> str:
    """The page, with the forms as they are."""
    words = request.args.get("find", "").strip()
    offered, more = offered_questions(quiz, words)
    settings = settings_of(quiz)
    return render_template(
        "teach/quiz.html",
        quiz=quiz,
        form=form,
        draw=draw,
        offered=offered,
        more_offered=more,
        find=words,
        planned=planned(quiz),
        rules=settings_in_words(settings, quiz.mode, sum(slot.count for slot in quiz.slots)),
        policy=settings.policy(quiz.mode),
        presets=presets(),
        now=utcnow(),
        may_edit=may(quiz, Right.EDIT),
        seen=stamp_of(quiz),
        classes=setting.classes_to_set_for(db.session(), current_user.id),
        trial=quiz_building.trial_of(db.session(), quiz, current_user.id),
    )
