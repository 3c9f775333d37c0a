"""Strict readers of the environment: a wrong value stops the start, it is never guessed."""

import os
import secrets
from pathlib import Path
from urllib.parse import quote, unquote

from django.core.exceptions import ImproperlyConfigured
from environ import Env

BASE_DIR = Path(__file__).resolve().parent.parent
TRUE, FALSE = "1", "0"
MANY = 36_500  # days: no setting means more than a lifetime


def flag(name: str, default: bool = False) -> bool:
    """Read a switch that is 1 or 0; anything else is refused."""
    value = os.environ.get(name, TRUE if default else FALSE)
    if value not in (TRUE, FALSE):
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")
    return value == TRUE


def days(name: str, default: int) -> int:
    """Read a number of days, at least 1; anything else is refused."""
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and 0 < int(value) < MANY):
        raise ImproperlyConfigured(f"{name} must be a number of days, not {value!r}")
    return int(value)


def data_dir() -> Path:
    """The folder that holds database, files and keys (DATA_DIR, default var/)."""
    path = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key(folder: Path) -> str:
    """SECRET_KEY, or the key kept in DATA_DIR, made once and readable by its owner only."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = folder / "secret.key"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


SQLITE_OPTIONS = {
    # Writers queue at BEGIN instead of failing half-way; a commit is on disk before the answer.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456;"
    ),
}


def database(folder: Path) -> dict[str, object]:
    """DATABASE_URL, or SQLite in DATA_DIR, with the options each engine needs."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{quote(str(folder / 'db.sqlite3'))}"
    config = Env.db_url_config(url)
    config["CONN_MAX_AGE"] = None
    if config["ENGINE"].endswith("sqlite3"):
        config |= {"ENGINE": "chabaocu.sqlite3", "OPTIONS": SQLITE_OPTIONS}
    else:
        config["HOST"] = unquote(str(config["HOST"]))  # a socket's folder: %2Frun%2Fpostgresql
    return config
