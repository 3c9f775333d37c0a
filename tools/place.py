"""Where things are."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
FONTS = ROOT / "fonts"


def data_dir() -> Path:
    """The folder that holds database, files and keys; made when it is missing."""
    path = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def environment(**changes: str | None) -> dict[str, str]:
    """The variables of our processes; None removes one."""
    merged = os.environ | {"DATA_DIR": str(data_dir()), "PYTHONUTF8": "1"} | changes
    return {name: value for name, value in merged.items() if value is not None}


def has_command(name: str) -> bool:
    """Whether manage.py knows the command ``name`` of ours."""
    return any(ROOT.glob(f"*/management/commands/{name}.py"))


def python_version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"
