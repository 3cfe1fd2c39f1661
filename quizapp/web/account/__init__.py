"""Accounts: sign-up, sign-in, set-up of the first teacher, and the password."""

from quizapp.web.account.views import bp

__all__ = ["bp"]
