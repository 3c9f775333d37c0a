"""Our own source files, parsed once, for the tests of this folder."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = (
    "audit",
    "clocks",
    "orgs",
    "inbox",
    "attachments",
    "rubrics",
    "plans",
    "scoring",
    "hazards",
    "patrols",
    "rewards",
    "materials",
    "feedback",
    "analysis",
    "briefs",
    "reports",
)
CODE = (*APPS, "chabaocu", "tools")


def modules(*folders: str) -> Iterator[Path]:
    """Python files of these folders without migrations."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.*"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
