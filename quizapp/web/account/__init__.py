"""Accounts: sign-up, sign-in here and elsewhere, the first teacher, the password, one's own data, and leaving."""

from flask import Blueprint

from quizapp.web.account.provider import prepare_provider
from quizapp.web.secret_addresses import keep_secret

bp = Blueprint("account", __name__, url_prefix="/account")
bp.after_request(keep_secret)
bp.record(prepare_provider)

from quizapp.web.account import (  # noqa: E402  they register on bp
    busy,
    choosing,
    deletion,
    download,
    elsewhere,
    own_account,
    views,
)

__all__ = ["bp", "busy", "choosing", "deletion", "download", "elsewhere", "own_account", "views"]
