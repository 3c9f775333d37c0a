"""The tests of ./run test: linters, then the suite on SQLite and on PostgreSQL."""

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tools import fonts, postgres, system
from tools.environment import DEV_LOCK, make_environment
from tools.place import BIN, PYTHON, ROOT, environment
from tools.process import SetupError

WORKERS = "2"
NOTHING_COLLECTED = 5  # pytest's answer when the arguments chose no test of this run


def run(arguments: list[str]) -> int:
    """Install what the tests need and run them; ``arguments`` go to pytest. 0: all passed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped
    make_environment(DEV_LOCK)
    for command in filter(None, [system.install(system.PDF + system.TESTS), fonts.fetch()]):
        print(f"测试还需要：{command}")
    results = [_check(name, command) for name, command in LINTERS.items()]
    results.append(_on_sqlite(arguments))
    results.append(_on_postgresql(arguments))
    return _summary(results)


LINTERS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "import order": ["lint-imports"],
}


def _check(name: str, command: list[str]) -> tuple[str, bool, float]:
    return _timed(name, [str(BIN / command[0]), *command[1:]], {})


def _on_sqlite(arguments: list[str]) -> tuple[str, bool, float]:
    with _data_dir() as folder:
        return _pytest("SQLite", arguments, DATA_DIR=folder, DATABASE_URL=None)


def _on_postgresql(arguments: list[str]) -> tuple[str, bool, float]:
    """What may touch the database, once more: tests/conftest.py marks it; browsers ran once."""
    title = "PostgreSQL"
    try:
        with _data_dir() as folder, postgres.cluster() as url:
            chosen = ["-m", "database and not journey", *arguments]
            return _pytest(title, chosen, DATA_DIR=folder, DATABASE_URL=url)
    except SetupError as error:
        print(error, file=sys.stderr)
        return title, False, 0.0


def _pytest(database: str, arguments: list[str], **env: str | None) -> tuple[str, bool, float]:
    command = [str(PYTHON), "-m", "pytest", "-n", WORKERS, *arguments]
    return _timed(f"pytest, {database}", command, env)


def _timed(title: str, command: list[str], env: dict[str, str | None]) -> tuple[str, bool, float]:
    print(f"\n== {title}", flush=True)
    began = time.monotonic()
    code = subprocess.call(command, cwd=ROOT, env=environment(**env))
    passed = code == 0 or (code == NOTHING_COLLECTED and "pytest" in title)
    return title, passed, time.monotonic() - began


@contextmanager
def _data_dir() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="chabaocu-test-")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _summary(results: list[tuple[str, bool, float]]) -> int:
    print()
    for title, passed, seconds in results:
        print(f"{'passed' if passed else 'FAILED'}  {title}  ({seconds:.0f} s)")
    return 0 if all(passed for _, passed, _ in results) else 1
