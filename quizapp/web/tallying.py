"""The sums of the item analysis are brought up to date by whoever looks: no background process is needed."""

from collections.abc import Collection
from datetime import datetime

from quizapp.models import db
from quizapp.models.engine import begin_writing
from quizapp.services.item_analysis import tallying
from quizapp.web.auditing import aside
from quizapp.web.overdue import close_overdue


def fold_waiting(quiz_ids: Collection[int], now: datetime) -> None:
    """Fold what waits of these quizzes before their figures are shown, overdue attempts included.

    A page that only reads holds no write lock; it takes one only if there is something to fold, and lets it go after
    each batch, so that saves come between.
    """
    close_overdue(now)
    for quiz_id in tallying.waiting(db.session(), quiz_ids):
        db.session.rollback()
        while _fold_some(quiz_id):
            pass


def _fold_some(quiz_id: int) -> bool:
    with aside():
        begin_writing(db.session())
        folded = tallying.tally(db.session(), quiz_id)
        db.session.commit()
    return folded > 0
