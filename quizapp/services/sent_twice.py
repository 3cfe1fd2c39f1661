"""A form that is sent twice, by a double click or a page sent again, makes one thing.

Whoever makes something takes a turn and then looks for the same that they made just now, which is given back.
"""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models import User

JUST_NOW = timedelta(minutes=1)
"""What somebody makes again within this, alike in everything, is the same thing."""


def take_turn(session: Session, user_id: int) -> None:
    """Of two forms of one person at one moment the second waits, and finds what the first made.

    SQLite's writers queue anyway.
    """
    session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))
