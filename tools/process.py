"""Run a program to its end, and say what went wrong in its own words."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.place import ROOT, environment

TAIL = 25


class SetupError(Exception):
    """A step failed; the text tells the person what and what to do."""


def run(
    title: str,
    command: list[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    **options: Any,
) -> str:
    """Run ``command`` quietly and return what it printed; SetupError with its last lines.

    ``options`` go to subprocess.run: as which user, for example.
    """
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=dict(env or environment()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        **options,
    )
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-TAIL:])
        raise SetupError(f"{last}\n✗ {title} 失败（退出码 {done.returncode}），见上。")
    return done.stdout


def succeeds(*command: str) -> bool:
    """Whether ``command`` is there and ends well."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
