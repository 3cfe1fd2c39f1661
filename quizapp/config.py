"""Every setting: its name, default, unit and reason. The environment variable of each is its name after QUIZAPP_."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

PACKAGE = Path(__file__).parent
SHORTEST_AUDIT_DAYS = 365
"""Days that an entry of the audit log stays at least; triggers in the database hold it."""


class ConfigurationError(Exception):
    """A setting or a place that quizapp cannot work with; the text says what, where and how to mend it."""


@dataclass(frozen=True)
class Setting:
    """One setting. `read` turns the variable's text into a value and raises ValueError for nonsense."""

    name: str
    default: Any
    read: Callable[[str], Any]
    meaning: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"QUIZAPP_{self.name}"


def _yes_or_no(text: str) -> bool:
    answers = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False, "": False}
    if text.strip().casefold() not in answers:
        raise ValueError("write yes or no")
    return answers[text.strip().casefold()]


def _positive(text: str) -> int:
    if not text.strip().isdecimal() or int(text) < 1:
        raise ValueError("write a whole number of 1 or more")
    return int(text)


def _count(text: str) -> int:
    if not text.strip().isdecimal():
        raise ValueError("write a whole number of 0 or more")
    return int(text)


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip().casefold() not in words:
            raise ValueError(f"write {' or '.join(words)}")
        return text.strip().casefold()

    return read


def _year_or_more(text: str) -> int:
    if _count(text) < SHORTEST_AUDIT_DAYS:
        raise ValueError(f"write {SHORTEST_AUDIT_DAYS} or more: the database itself refuses to forget sooner")
    return _count(text)


def _port(text: str) -> int:
    if not text.strip().isdecimal() or not 0 <= int(text) <= 65535:
        raise ValueError("write a port number from 0 to 65535")
    return int(text)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _synchronous(text: str) -> str:
    if text.strip().upper() not in ("FULL", "NORMAL"):
        raise ValueError("write FULL or NORMAL")
    return text.strip().upper()


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "INSTANCE",
        "",
        str,
        "Folder of the database and the secret key. Empty: `instance/` in a checkout, else the platform's data folder.",
    ),
    Setting(
        "QUESTIONS",
        "",
        str,
        "Folder whose subfolders are the banks loaded at start. Empty: `questions/` in a checkout, else the package's.",
    ),
    Setting(
        "DATABASE",
        "",
        str,
        "Database address, such as `postgresql://name:password@host/quiz`. Empty: `quizapp.db` in the instance folder.",
    ),
    Setting("POOL_SIZE", 10, _positive, "PostgreSQL only: connections that one process keeps; not below `THREADS`."),
    Setting(
        "SYNCHRONOUS",
        "FULL",
        _synchronous,
        "SQLite only. `FULL`: an acknowledged answer survives a power cut; `NORMAL`: a crash of the program.",
    ),
    Setting(
        "SECRET_KEY",
        "",
        str,
        "Signs the session cookies. Empty: made on the first run and kept in the instance folder.",
    ),
    Setting("HOST", "127.0.0.1", str, "Address that `serve` listens on; 0.0.0.0 lets other machines in."),
    Setting("PORT", 8000, _port, "Port that `serve` listens on."),
    Setting(
        "THREADS", 4, _positive, "Requests that one process works on at a time; SQLite writes one at a time anyway."
    ),
    Setting("PROCESSES", 1, _positive, "Processes that `serve` starts; more than one with PostgreSQL only."),
    Setting(
        "HTTPS",
        False,
        _yes_or_no,
        "`yes` behind a TLS proxy: cookies travel by https only, and browsers are told to stay on it.",
    ),
    Setting(
        "PROXIES",
        0,
        _count,
        "Proxies in front whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; 0: nobody's.",
    ),
    Setting("TRUSTED_HOSTS", [], _names, "Host names that requests may ask for, separated by commas. Empty: any."),
    Setting(
        "SESSION_DAYS",
        30,
        _positive,
        "Days that a sign-in lasts; long, because hashing passwords is what a class signing in together waits for.",
    ),
    Setting("SIGN_IN_LIMIT", "10 per 5 minutes", str, "Wrong passwords tried for one account."),
    Setting(
        "ADDRESS_LIMIT",
        "200 per 5 minutes",
        str,
        "Wrong passwords tried from one address; a whole school can stand behind one, and right ones do not count.",
    ),
    Setting(
        "JOIN_LIMIT",
        "20 per minute",
        str,
        "Wrong join codes tried by one person; those of visitors count for their address.",
    ),
    Setting(
        "MAKING_LIMIT",
        "1200 per hour",
        str,
        "New guests from one address; half as many new accounts, and a fifth as many attempts of one person.",
    ),
    Setting(
        "LIMITS_STORAGE",
        "memory://",
        str,
        "Where those are counted: in each process, or a Redis address (`redis://host`) when several serve.",
    ),
    Setting(
        "OIDC_ISSUER", "", str, "Address of an OpenID Connect provider by which people may sign in too. Empty: none."
    ),
    Setting("OIDC_CLIENT_ID", "", str, "The name under which the provider knows this site."),
    Setting("OIDC_CLIENT_SECRET", "", str, "The secret that goes with it."),
    Setting("OIDC_NAME", "the school’s sign-in", str, "What the provider is called on the sign-in page."),
    Setting(
        "OIDC_NEW_ACCOUNTS",
        False,
        _yes_or_no,
        "`yes`: whoever the provider knows gets a student's account; `no`: only who has connected theirs gets in.",
    ),
    Setting(
        "GUEST_DAYS",
        90,
        _count,
        "Days after which `tidy` erases guests who have not come back, with their attempts; 0: never.",
    ),
    Setting(
        "STUDENT_DAYS",
        0,
        _count,
        "Days after which `tidy` erases students who have done nothing since, with their attempts; 0: never.",
    ),
    Setting("AUDIT_DAYS", 730, _year_or_more, "Days after which `tidy` drops entries of the audit log."),
    Setting(
        "BACKUPS_KEPT", 3, _positive, "Copies of the database that upgrading leaves in the instance folder `backups/`."
    ),
    Setting("LOG_FORMAT", "text", _one_of("text", "json"), "How the log is written to standard error."),
    Setting("LOG_REQUESTS", False, _yes_or_no, "`yes` logs every request: who, what, how it ended, how long it took."),
    Setting("SLOW_QUERY_MS", 500, _count, "Statements that take longer, in milliseconds, are logged by name; 0: none."),
    Setting(
        "METRICS_TOKEN",
        "",
        str,
        "Token with which a Prometheus server may read `/metrics`. Empty: there is no such page.",
    ),
    Setting(
        "MAX_REQUEST_KB",
        512,
        _positive,
        "Largest form taken, in kilobytes; a long question with its passages is under 50.",
    ),
    Setting(
        "HASHING_AT_ONCE",
        2,
        _positive,
        "Passwords hashed at the same time; each takes a core for some 40 ms, and 19 MiB.",
    ),
    Setting(
        "DEVELOPMENT", False, _yes_or_no, "`yes` adds the page `/styleguide`, which shows every part of the interface."
    ),
)


def read_settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """All settings from the environment, by name. Raises ConfigurationError for a value that cannot be read."""
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = environ.get(setting.variable)
        try:
            values[setting.name] = setting.default if text is None else setting.read(text)
        except ValueError as error:
            raise ConfigurationError(f"{setting.variable} is {text!r}: {error}.") from error
    return values


def checkout() -> Path | None:
    """The checkout of quizapp that the working folder is, or None: its `instance/` and `questions/` are then used."""
    here = Path.cwd()
    is_checkout = (here / "pyproject.toml").is_file() and (here / "quizapp" / "config.py").is_file()
    return here if is_checkout else None


def instance_folder(settings: Mapping[str, Any]) -> Path:
    """The folder of this installation's own data; not made here."""
    if settings["INSTANCE"]:
        return Path(settings["INSTANCE"]).expanduser().resolve()
    root = checkout()
    return root / "instance" if root else Path(platformdirs.user_data_dir("quizapp", appauthor=False))


def questions_folder(settings: Mapping[str, Any]) -> Path:
    """The folder whose subfolders are banks."""
    if settings["QUESTIONS"]:
        return Path(settings["QUESTIONS"]).expanduser().resolve()
    for place in (checkout(), PACKAGE, PACKAGE.parent):
        if place and (place / "questions").is_dir():
            return place / "questions"
    raise ConfigurationError("No folder of question banks was found; name one in QUIZAPP_QUESTIONS.")


def make_instance(folder: Path) -> None:
    """Make the instance folder and its secret key where they are missing. Raises ConfigurationError where it cannot."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = folder / "secret_key"
        if not key.exists():
            with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
    except FileExistsError:
        return
    except OSError as error:
        raise ConfigurationError(
            f"The instance folder {folder} cannot be written ({error.strerror}); "
            "give yourself the right to, or name another in QUIZAPP_INSTANCE."
        ) from error


def with_driver(address: str) -> str:
    """A PostgreSQL address as people write it, with the driver that is installed for it."""
    for usual in ("postgresql://", "postgres://"):
        if address.startswith(usual):
            return f"postgresql+psycopg://{address.removeprefix(usual)}"
    return address


def _engine_options(settings: Mapping[str, Any], database: str) -> dict[str, Any]:
    """How connections are kept: to PostgreSQL as many as may be needed at once, each tried before it is used again.

    Errors of the database never say the values of the statement: they end up in logs.
    """
    silent = {"hide_parameters": True}
    if not database.startswith("postgresql"):
        return silent
    return {**silent, "pool_size": settings["POOL_SIZE"], "max_overflow": 0, "pool_pre_ping": True, "pool_timeout": 10}


def flask_config(settings: Mapping[str, Any], instance: Path) -> dict[str, Any]:
    """The settings as Flask and its extensions name them."""
    key_file = instance / "secret_key"
    key = settings["SECRET_KEY"] or (key_file.read_text().strip() if key_file.is_file() else "")
    if not key:
        raise ConfigurationError(
            f"There is no secret key in {instance}; start with `quizapp serve`, or set QUIZAPP_SECRET_KEY."
        )
    database = with_driver(settings["DATABASE"]) or f"sqlite:///{(instance / 'quizapp.db').as_posix()}"
    return {
        **settings,
        "SECRET_KEY": key,
        "SQLALCHEMY_DATABASE_URI": database,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings, database),
        "SESSION_COOKIE_NAME": "__Host-quizapp" if settings["HTTPS"] else "quizapp",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings["HTTPS"],
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": settings["SESSION_DAYS"] * 86_400,
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": settings["MAX_REQUEST_KB"] * 1024,
        "MAX_FORM_MEMORY_SIZE": settings["MAX_REQUEST_KB"] * 1024,
        "TRUSTED_HOSTS": settings["TRUSTED_HOSTS"] or None,
        "RATELIMIT_STORAGE_URI": settings["LIMITS_STORAGE"],
        "RATELIMIT_HEADERS_ENABLED": False,
        "BABEL_DEFAULT_LOCALE": "en",
    }
