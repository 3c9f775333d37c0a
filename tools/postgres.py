"""A throw-away PostgreSQL cluster: a Unix socket in a temporary folder, no network."""

import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tools.place import environment
from tools.process import SetupError, run

PLAIN = environment(LC_ALL="C.UTF-8")
NOTHING_TO_LOSE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off"


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl, the newest version where there are several."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if places:
        return places[-1]
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; the value is its DATABASE_URL. It is gone afterwards."""
    if (programs := binaries()) is None:
        raise SetupError("没有 PostgreSQL 程序（initdb）。")
    # a socket's path may have 107 characters, so not the person's own TMPDIR
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    account = _account(folder)
    data, log = folder / "data", folder / "log"
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200 {NOTHING_TO_LOSE}"
    control = [programs / "pg_ctl", "-w", "-D", data]
    initdb = [programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8"]
    try:
        run("initdb", [*initdb, "--no-sync"], cwd=folder, env=PLAIN, **account)
        run("pg_ctl", [*control, "-l", log, "-o", options, "start"], cwd=folder, **account)
        yield f"postgres://tester@{quote(str(folder), safe='')}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            run("pg_ctl", [*control, "-m", "immediate", "stop"], cwd=folder, **account)
        shutil.rmtree(folder, ignore_errors=True)


def _account(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: give ``folder`` to somebody who may."""
    if os.geteuid() != 0:
        return {}
    accounts = {entry.pw_name: entry for entry in importlib.import_module("pwd").getpwall()}
    who = accounts.get("postgres") or accounts["nobody"]
    os.chown(folder, who.pw_uid, who.pw_gid)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
