"""Imports go one way: pyproject.toml [tool.importlinter] names the layers."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import APPS, ROOT, modules, name, text


def test_apps_import_downwards_only():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_app_has_its_layer():
    folders = {path.parent.name for path in ROOT.glob("*/apps.py")} - {"chabaocu"}
    assert folders == set(APPS)


def test_no_app_imports_the_tests():
    found = [name(path) for path in modules(*APPS, "chabaocu") if "from tests" in text(path)]
    assert found == []
