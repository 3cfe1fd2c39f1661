"""Whether the settings go together. Pure: settings in, findings out."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from quizapp.services.checkup.findings import Finding, look_at, mend, well

SHORTEST_KEY = 32
"""Characters of a key that signs cookies; with fewer it can be guessed from one cookie."""
_HERE = ("127.0.0.1", "localhost", "::1")


def look_at_settings(settings: Mapping[str, Any]) -> Iterator[Finding]:
    """The settings, read, with `SECRET_KEY` as it is used."""
    yield _key(settings["SECRET_KEY"])
    yield _way_in(settings)
    yield _host_names(settings)
    yield _processes(settings)
    yield _provider(settings)


def _key(key: str) -> Finding:
    if len(key) < SHORTEST_KEY:
        return mend(
            "secret key", f"{len(key)} characters",
            f"set QUIZAPP_SECRET_KEY to at least {SHORTEST_KEY} random ones, or leave it empty; all sign in again then",
        )  # fmt: skip
    return well("secret key", f"{len(key)} characters")


def _way_in(settings: Mapping[str, Any]) -> Finding:
    """HTTPS and proxies go together: one without the other is seldom meant."""
    https, proxies, open_to_others = settings["HTTPS"], settings["PROXIES"], settings["HOST"] not in _HERE
    if https and not proxies:
        return mend(
            "https", "HTTPS without PROXIES: to the site all people come from the proxy's address",
            "set QUIZAPP_PROXIES=1 where one proxy stands in front",
        )  # fmt: skip
    if open_to_others and not https:
        return look_at(
            "https", f"{settings['HOST']} lets other machines in without https, and passwords are read on the way",
            "put a TLS proxy in front, and set QUIZAPP_HTTPS=yes and QUIZAPP_PROXIES=1",
        )  # fmt: skip
    if proxies and not https:
        return look_at("https", "a proxy in front, but no https", "set QUIZAPP_HTTPS=yes if the proxy speaks https")
    return well("https", "yes, behind a proxy" if https else "no, for this machine alone")


def _host_names(settings: Mapping[str, Any]) -> Finding:
    names = settings["TRUSTED_HOSTS"]
    if wrong := [name for name in names if "/" in name or "://" in name or " " in name]:
        return mend(
            "host names", f"{wrong[0]} is no host name", "write names alone in QUIZAPP_TRUSTED_HOSTS, no https://"
        )
    if not names and (settings["HTTPS"] or settings["PROXIES"]):
        return look_at("host names", "any is taken", "name the site's own in QUIZAPP_TRUSTED_HOSTS")
    return well("host names", ", ".join(names) or "any")


def _processes(settings: Mapping[str, Any]) -> Finding:
    processes, threads, pool = settings["PROCESSES"], settings["THREADS"], settings["POOL_SIZE"]
    postgres = settings["DATABASE"].startswith("postgres")
    if processes > 1 and not postgres:
        return mend(
            "processes", f"{processes} with SQLite, which serves one best",
            "leave QUIZAPP_PROCESSES at 1, or go to PostgreSQL with `quizapp move-to`",
        )  # fmt: skip
    if postgres and pool < threads:
        return mend(
            "processes", f"{threads} threads share {pool} connections, and wait for one another",
            f"set QUIZAPP_POOL_SIZE to {threads} or more",
        )  # fmt: skip
    if processes > 1 and settings["LIMITS_STORAGE"].startswith("memory"):
        return look_at(
            "processes", f"{processes}, each of which counts wrong passwords for itself",
            "name a Redis server in QUIZAPP_LIMITS_STORAGE",
        )  # fmt: skip
    return well("processes", f"{processes}, with {threads} threads each")


def _provider(settings: Mapping[str, Any]) -> Finding:
    names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    missing = [f"QUIZAPP_{name}" for name in names if not settings[name]]
    if len(missing) == len(names):
        return well("sign-in elsewhere", "none")
    if missing:
        return mend("sign-in elsewhere", f"{' and '.join(missing)} missing", "set all three of it, or none")
    if urlsplit(settings["OIDC_ISSUER"]).scheme != "https":
        return look_at("sign-in elsewhere", "the provider's address is not https", "use it for trials alone")
    return well("sign-in elsewhere", settings["OIDC_ISSUER"])
