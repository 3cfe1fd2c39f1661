"""Talking to the OpenID Connect provider: sending somebody there, and believing what they come back with.

The code flow with PKCE, a state and a nonce. Of the token that the provider then gives, the signature, the issuer, the
audience, the nonce and the times are checked; what is only sent through the browser is never believed.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from threading import BoundedSemaphore
from typing import Any, Literal, cast, overload
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request, session, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from quizapp.config import ConfigurationError
from quizapp.services.identities import Known, known_from

_NAME = "elsewhere"
_CONNECTING = "connecting"
_PATIENCE = 5
"""Seconds that the provider may take for one answer."""
_CLOCKS_APART = 120
"""Seconds that the provider's clock may differ from ours."""
_TO_CONNECT = 600
"""Seconds within which who wants to connect an account is to come back."""
_SIGNATURES = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Signatures that only the provider can make; not those with the secret that both know, and not none."""
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
log = logging.getLogger(__name__)


class NotSignedIn(Exception):
    """Nobody was signed in by the provider."""


class Refused(NotSignedIn):
    """The provider, or the person there, said no."""


class OutOfReach(NotSignedIn):
    """The provider does not answer, or too slowly."""


class NotBelieved(NotSignedIn):
    """What came back is not what was asked for, too late, or not the provider's."""


class Provider:
    """The provider of this app."""

    def __init__(self, app: Flask) -> None:
        oauth = import_module("authlib.integrations.flask_client").OAuth(app)
        self.issuer: str = app.config["OIDC_ISSUER"].rstrip("/")
        self.name: str = app.config["OIDC_NAME"]
        self._id: str = app.config["OIDC_CLIENT_ID"]
        self._client = oauth.register(
            _NAME,
            client_id=self._id,
            client_secret=app.config["OIDC_CLIENT_SECRET"],
            server_metadata_url=f"{self.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "default_timeout": _PATIENCE,
            },
        )
        self._client.client_cls = _following_nobody(self._client.client_cls)
        self._places = BoundedSemaphore(max(1, app.config["THREADS"] // 2))

    def send_there(self, onward: str) -> Response:
        """To the provider's page; afterwards to `onward`. Raises NotSignedIn."""
        for left in [name for name in session if name.startswith("_state_")]:
            session.pop(left)
        session["onward"] = onward
        with self._asking():
            self._read_metadata()
            there: Response = self._client.authorize_redirect(_back())
        return there

    def who_came_back(self) -> Known:
        """Whom the provider says it is. Raises NotSignedIn."""
        if "error" in request.args:
            raise Refused("the provider refused")
        believed = {
            "iss": {"essential": True, "value": self._read_issuer()},
            "aud": {"essential": True, "value": self._id},
        }
        with self._asking():
            token = self._client.authorize_access_token(claims_options=believed, leeway=_CLOCKS_APART)
            claims = token.get("userinfo")
            if not claims:
                raise NotBelieved("no token says who it is")
            return known_from(self.issuer, self._with_names(claims, token))

    def begin_connecting(self, user_id: int) -> None:
        """Note that who is signed in wants to connect their account, and has shown who they are."""
        session[_CONNECTING] = [user_id, int(time.time())]

    def is_connecting(self, user_id: int) -> bool:
        """Whether this person, in this browser, is about to connect their account."""
        who, since = session.get(_CONNECTING, (None, 0))
        return bool(who == user_id and 0 <= time.time() - since <= _TO_CONNECT)

    def end_connecting(self) -> None:
        """Forget that."""
        session.pop(_CONNECTING, None)

    def _read_issuer(self) -> str:
        with self._asking():
            issuer: str = self._read_metadata()["issuer"]
        return issuer

    def _read_metadata(self) -> Mapping[str, Any]:
        """What the provider says of itself, asked for once; not believed where it calls itself something else."""
        metadata: dict[str, Any] = self._client.load_server_metadata()
        if str(metadata.get("issuer", "")).rstrip("/") != self.issuer:
            metadata.pop("_loaded_at", None)
            raise NotBelieved("the provider calls itself by another name than QUIZAPP_OIDC_ISSUER")
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in _SIGNATURES]
        if not metadata["id_token_signing_alg_values_supported"]:
            raise NotBelieved("the provider offers no signature that only it can make")
        return metadata

    def _with_names(self, claims: Mapping[str, Any], token: Mapping[str, Any]) -> Mapping[str, Any]:
        """The claims, with the names that a provider may keep out of its tokens and tell on its own page for them."""
        if {"preferred_username", "email"} & claims.keys() or "userinfo_endpoint" not in self._read_metadata():
            return claims
        told = self._client.userinfo(token=token)
        if told.get("sub") != claims["sub"]:
            raise NotBelieved("the names are somebody else's")
        return {**told, **claims}

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """While the provider is asked, a few at a time, so that one that hangs does not take every thread.

        Says what went wrong by one of three names, and logs nothing that came through the browser or in a token.
        """
        if not self._places.acquire(blocking=False):
            raise OutOfReach("too many wait for the provider")
        try:
            yield
        except NotSignedIn as error:
            log.warning("Sign-in elsewhere: %s.", error)
            raise
        except import_module("requests").RequestException as error:
            log.warning("Sign-in elsewhere: the provider cannot be reached (%s).", type(error).__name__)
            raise OutOfReach from error
        except _errors() as error:
            log.warning("Sign-in elsewhere: what came back is not believed (%s).", type(error).__name__)
            raise NotBelieved from error
        finally:
            self._places.release()


def _following_nobody(usual: Callable[..., Any]) -> Callable[..., Any]:
    """How the provider is asked: where it does not answer itself but leads elsewhere, perhaps in here, that fails."""

    def begin_to_ask(**options: Any) -> Any:
        asking = usual(**options)
        asking.max_redirects = 0
        return asking

    return begin_to_ask


def _errors() -> tuple[type[Exception], ...]:
    """How the library says that something is wrong; a token that is no token makes errors of every kind."""
    authlib = import_module("authlib.common.errors").AuthlibBaseError
    jose = import_module("joserfc.errors").JoseError
    return (authlib, jose, RuntimeError, ValueError, KeyError, TypeError, AttributeError)


def _back() -> str:
    scheme = "https" if current_app.config["HTTPS"] else None
    return url_for("account.came_back", _external=True, _scheme=scheme)


@overload
def provider(or_404: Literal[True]) -> Provider: ...
@overload
def provider() -> Provider | None: ...
def provider(or_404: bool = False) -> Provider | None:
    """The provider of this app; None, or a page that is not there, where it has none."""
    found: Provider | None = current_app.extensions["provider"]
    if found is None and or_404:
        abort(404)
    return found


def provider_name() -> str | None:
    """What people call the provider."""
    found = provider()
    return None if found is None else found.name


def prepare_provider(state: BlueprintSetupState) -> None:
    """Make the app's provider from its settings. Raises ConfigurationError where they are half set, or not safe."""
    app = cast(Flask, state.app)
    settings = [f"OIDC_{name}" for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")]
    missing = [name for name in settings if not app.config[name]]
    app.extensions["provider"] = None
    if len(missing) == len(settings):
        return
    if missing:
        variables = " and ".join(f"QUIZAPP_{name}" for name in missing)
        raise ConfigurationError(f"Sign-in with OpenID Connect is half set up: set {variables}, too.")
    _check_address(app.config["OIDC_ISSUER"], app.config["HTTPS"])
    try:
        app.extensions["provider"] = Provider(app)
    except ImportError as error:
        raise ConfigurationError(
            'QUIZAPP_OIDC_ISSUER is set, which needs a package more: pip install "quizapp[oidc]".'
        ) from error


def _check_address(issuer: str, https: bool) -> None:
    parts = urlsplit(issuer)
    on_this_machine = parts.scheme == "http" and parts.hostname in _HERE and not https
    if not parts.hostname or not (parts.scheme == "https" or on_this_machine):
        raise ConfigurationError(
            f"QUIZAPP_OIDC_ISSUER is {issuer!r}: write the provider's address with https:// "
            "(http:// is for tests on this machine)."
        )
