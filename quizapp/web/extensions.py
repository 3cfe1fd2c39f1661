"""The Flask extensions, made once and bound to each app by the factory."""

from typing import Any

import limits.errors
from flask import Flask, has_request_context, request
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate

from quizapp.config import PACKAGE, ConfigurationError
from quizapp.models import db
from quizapp.web.sessions import Sessions, Tokens

LANGUAGES = {"en": "English"}
"""Languages of the interface: code to own name."""
REDIS_PATIENCE = 0.5
"""Seconds that Redis may take, to connect and to answer, before its limits are counted in memory instead."""


class LimitsOnViews(Limiter):
    """Limits stand on single views, and each checks itself when its view is called; none holds for every page.

    So there is nothing to look for before each request.
    """

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


babel = Babel()
csrf = Tokens()
limiter = LimitsOnViews(get_remote_address, in_memory_fallback_enabled=True, swallow_errors=True)
"""Where its storage cannot be reached, each process counts by itself until it can; nobody is sent away for that."""
login = LoginManager()
migrate = Migrate(render_as_batch=True, compare_type=True)


def _language() -> str:
    best = request.accept_languages.best_match(list(LANGUAGES)) if has_request_context() else None
    return best or "en"


def _storage_options(address: str) -> dict[str, Any]:
    """How a storage of limits is asked: Redis once and not for long, because somebody waits for a page meanwhile."""
    if not address.startswith("redis"):
        return {}
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    once = Retry(NoBackoff(), 0)
    return {"socket_connect_timeout": REDIS_PATIENCE, "socket_timeout": REDIS_PATIENCE, "retry": once}


def init(app: Flask) -> None:
    """Bind every extension to the app. Raises ConfigurationError for a storage of limits that cannot be used."""
    app.session_interface = Sessions()
    db.init_app(app)
    migrate.init_app(app, db, directory=str(PACKAGE / "migrations"))
    babel.init_app(app, locale_selector=_language, default_translation_directories=str(PACKAGE / "translations"))
    csrf.init_app(app)
    _init_limiter(app)
    login.init_app(app)


def _init_limiter(app: Flask) -> None:
    address = app.config["LIMITS_STORAGE"]
    try:
        app.config["RATELIMIT_STORAGE_OPTIONS"] = _storage_options(address)
        limiter.init_app(app)
    except ImportError as error:
        raise ConfigurationError(
            'QUIZAPP_LIMITS_STORAGE names a Redis, which needs a package more: pip install "quizapp[redis]".'
        ) from error
    except (limits.errors.ConfigurationError, ValueError) as error:
        raise ConfigurationError(
            f"QUIZAPP_LIMITS_STORAGE is {address!r}: write memory:// or the address of a Redis, redis://host."
        ) from error
