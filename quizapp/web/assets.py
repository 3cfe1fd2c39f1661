"""Static files under a name that changes with their content, so that browsers may keep them for ever.

The fingerprint is one for the whole tree and stands in the path, so that modules and style sheets can refer to one
another by plain relative names.
"""

import hashlib
import mimetypes
from functools import cache, lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, url_for
from werkzeug.security import safe_join

from quizapp.config import PACKAGE
from quizapp.domain.access import Audience
from quizapp.web.guard import open_to

STATIC = PACKAGE / "static"
_FOR_EVER = "public, max-age=31536000, immutable"

bp = Blueprint("assets", __name__)


def fingerprint_of(folder: Path) -> str:
    """Twelve hexadecimal digits that change with any file's name or content."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _fingerprint() -> str:
    return fingerprint_of(STATIC)


def asset_url(name: str) -> str:
    """The address of a static file."""
    return _address(request.script_root, _current(), name)


@lru_cache(maxsize=512)
def _address(_root: str, fingerprint: str, name: str) -> str:
    """Kept for the place where the site is mounted, and for the files as they are."""
    return url_for("assets.file", fingerprint=fingerprint, name=name)


def _current() -> str:
    return fingerprint_of(STATIC) if current_app.debug else _fingerprint()


@bp.get("/static/<fingerprint>/<path:name>")
@open_to(Audience.EVERYONE)
def file(fingerprint: str, name: str) -> Response:
    """A static file: kept for ever under today's fingerprint, asked for again under another.

    Read whole: they are small, and no file stays open for a browser that goes away in the middle.
    """
    path = safe_join(str(STATIC), name)
    if path is None or not Path(path).is_file():
        abort(404)
    response = Response(Path(path).read_bytes(), mimetype=mimetypes.guess_type(name)[0])
    response.add_etag()
    response.make_conditional(request)
    response.headers["Cache-Control"] = _FOR_EVER if fingerprint == _current() else "no-cache"
    return response


def init(app: Flask) -> None:
    """Serve static files and give templates `asset_url`."""
    app.register_blueprint(bp)
    app.jinja_env.globals["asset_url"] = asset_url
