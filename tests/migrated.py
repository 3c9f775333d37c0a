"""The migrated database every run begins with: migrated once for a set of migrations, then copied.

A hundred migrations take many times as long as a copy of what they made, so that is kept, in the
temporary folder (SQLite) or in the cluster (PostgreSQL), under the fingerprint of the migrations.
The run still calls ``migrate``, which finds nothing left to do.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

import django
from django.apps import apps
from django.conf import settings
from django.core.files import locks
from django.db import connection

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
KEPT = Path(tempfile.gettempdir())


def begin_with_copy() -> bool:
    """Make the test database a copy of the migrated one; whether it stands already."""
    name = f"chabaocu_migrated_{_fingerprint()}"
    wanted = settings.DATABASES["default"]["TEST"]
    with _alone(name):
        if connection.vendor == "sqlite":
            copyfile(_file(KEPT / f"{name}.sqlite3"), wanted["NAME"])
        else:
            wanted["TEMPLATE"] = _template(name)
    return connection.vendor == "sqlite"


def _fingerprint() -> str:
    """Of the name and the content of every migration of every app."""
    found = hashlib.sha256(django.__version__.encode())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            found.update(f"{app.label} {path.name} ".encode() + path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """The workers of a run wait for the first of them."""
    with open(KEPT / f"{name}.lock", "w") as file:
        locks.lock(file, locks.LOCK_EX)
        yield


def _file(kept: Path) -> Path:
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=KEPT) as folder:
            _migrate(f"sqlite:///{folder}/db.sqlite3")
            os.replace(f"{folder}/db.sqlite3", kept)
    return kept


def _template(name: str) -> str:
    """It gets its name when it is whole."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            making = f"{name}_making"
            cursor.execute(f"DROP DATABASE IF EXISTS {making}")
            cursor.execute(f"CREATE DATABASE {making}")
            _migrate(f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{making}")
            cursor.execute(f"ALTER DATABASE {making} RENAME TO {name}")
    return name


def _migrate(url: str) -> None:
    command = [sys.executable, str(MANAGE), "migrate", "--verbosity", "0"]
    subprocess.run(command, check=True, env=os.environ | {"DATABASE_URL": url})
