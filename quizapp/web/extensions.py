"""The Flask extensions, made once and bound to each app by the factory."""

from flask import Flask, has_request_context, request
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from quizapp.config import PACKAGE
from quizapp.models import db

LANGUAGES = {"en": "English"}
"""Languages of the interface: code to own name."""

babel = Babel()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address)
login = LoginManager()
migrate = Migrate(render_as_batch=True, compare_type=True)


def _language() -> str:
    best = request.accept_languages.best_match(list(LANGUAGES)) if has_request_context() else None
    return best or "en"


def init(app: Flask) -> None:
    """Bind every extension to the app."""
    db.init_app(app)
    migrate.init_app(app, db, directory=str(PACKAGE / "migrations"))
    babel.init_app(app, locale_selector=_language, default_translation_directories=str(PACKAGE / "translations"))
    csrf.init_app(app)
    limiter.init_app(app)
    login.init_app(app)
