"""quizapp: quizzes on a text, where every question points at the exact words that decide it."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The app. `settings` override those of the environment, by name. Raises ConfigurationError."""
    from quizapp import config
    from quizapp.models import db
    from quizapp.models.engine import prepare_sqlite
    from quizapp.services.passwords import Passwords
    from quizapp.web import (
        account,
        admin,
        assets,
        assigned,
        assignment_wording,
        auditing,
        errors,
        extensions,
        guard,
        history,
        home,
        joining,
        numbers,
        observing,
        preferences,
        quick_save,
        reading,
        rendering,
        security,
        spaced,
        styleguide,
        taking,
        teach,
        writers_gate,
    )

    values = {**config.read_settings(), **(settings or {})}
    instance = config.instance_folder(values)
    app = Flask(__name__, instance_path=str(instance), static_folder=None)
    app.config.from_mapping(config.flask_config(values, instance))
    app.config.from_mapping(settings or {})
    extensions.init(app)
    with app.app_context():
        prepare_sqlite(db.engine, app.config["SYNCHRONOUS"])
    app.extensions["passwords"] = Passwords(
        app.config.get("PASSWORD_HASHER"), app.config["HASHING_AT_ONCE"], places=max(1, app.config["THREADS"] - 1)
    )
    for part in (numbers, guard, auditing, security, assets, rendering, assignment_wording, errors):
        part.init(app)
    for part in (
        home,
        reading,
        taking,
        assigned,
        history,
        spaced,
        account,
        preferences,
        joining,
        teach,
        admin,
        observing,
    ):
        app.register_blueprint(part.bp)
    if app.config["DEVELOPMENT"]:
        app.register_blueprint(styleguide.bp)
    for last in (writers_gate, observing, quick_save):
        last.init(app)
    if proxies := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    return app
