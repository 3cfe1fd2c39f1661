"""A quiz before it begins: what it asks, by which rules, and how it went so far."""

import secrets

from flask import abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, may_start
from quizapp.domain.quizzes import Mode
from quizapp.models import Quiz, User, db
from quizapp.services import accounts, progress
from quizapp.services.accommodations import Accommodations, accommodation_of
from quizapp.services.attempts import starting
from quizapp.services.reading import section_quizzes
from quizapp.web.clock import utcnow
from quizapp.web.guard import current_role, let_in, open_to
from quizapp.web.overdue import close_overdue
from quizapp.web.quiz_wording import settings_in_words
from quizapp.web.taking import bp
from quizapp.web.tries import NEW_ATTEMPT, NEW_GUEST, making_limited

SEED_BITS = 31


def _quiz_or_404(slug: str) -> Quiz:
    return starting.published_quiz(db.session(), slug) or abort(404)


@bp.get("/quizzes/<slug>")
@open_to(Audience.EVERYONE)
def quiz(slug: str) -> str:
    """What a quiz is and how it works, before it begins."""
    person, now = current_user.id if current_user.is_authenticated else None, utcnow()
    if person is not None:
        close_overdue(now, person)
    found = _quiz_or_404(slug)
    settings = starting.settings_of(found)
    allowed = accommodation_of(db.session(), person) if person else Accommodations()
    sections = {name for name, quiz_slug in section_quizzes(db.session(), found.bank_id).items() if quiz_slug == slug}
    count = sum(slot.count for slot in found.slots)
    return render_template(
        "taking/quiz.html",
        quiz=found,
        rules=settings_in_words(
            settings, found.mode, count, allowed.time_factor, allowed.extra_attempts, allowed.extra_days
        ),
        policy=settings.policy(found.mode),
        source=found.bank.source,
        section=next(iter(sections), None),
        count=count,
        unfinished=starting.open_attempt(db.session(), person, found.id) if person else None,
        past=progress.past_attempts(db.session(), found.id, person, now),
        left=starting.attempts_left(
            settings, allowed, starting.times_taken(db.session(), person, found.id) if person else 0
        ),
        closed=settings.is_closed(now, allowed.closing(settings)),
        may_start=may_start(found.mode, current_role()) or found.mode is Mode.PRACTICE,
    )


@bp.post("/quizzes/<slug>/attempts")
@open_to(Audience.EVERYONE)
@making_limited(NEW_GUEST, NEW_ATTEMPT)
def start(slug: str) -> Response:
    """Begin, or continue where it was left; a visitor becomes a guest for it."""
    found, now = _quiz_or_404(slug), utcnow()
    if found.mode is Mode.TEST and not may_start(found.mode, current_role()):
        raise starting.NotForGuests
    person = _person()
    close_overdue(now, person.id)
    attempt = starting.start(db.session(), person, found, secrets.randbits(SEED_BITS), now)
    db.session.commit()
    return redirect(url_for(".attempt", attempt_id=attempt.id), 303)


def _person() -> User:
    if current_user.is_authenticated:
        user: User = current_user.user
        return user
    guest = accounts.new_guest(db.session(), utcnow())
    let_in(guest)
    return guest
