"""Accounts: sign-up, sign-in, set-up of the first teacher, the password, one's own data, and leaving."""

from flask import Blueprint

bp = Blueprint("account", __name__, url_prefix="/account")

from quizapp.web.account import choosing, deletion, download, views  # noqa: E402  they register on bp

__all__ = ["bp", "choosing", "deletion", "download", "views"]
