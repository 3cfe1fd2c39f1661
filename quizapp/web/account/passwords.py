"""Checking passwords: the hasher of this app."""

from flask import current_app

from quizapp.services.passwords import Passwords


def passwords() -> Passwords:
    """The hasher of this app."""
    found: Passwords = current_app.extensions["passwords"]
    return found
