"""Models and migrations agree, and every data step can be undone."""

import ast

import pytest
from django.core.management import call_command

from tests.architecture.source import APPS, ROOT, name, tree


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run")


def test_every_data_migration_has_a_reverse():
    assert [
        f"{name(path)}:{call.lineno}"
        for app in APPS
        for path in sorted((ROOT / app / "migrations").glob("*.py"))
        for call in ast.walk(tree(path))
        if _is_run_python(call) and not _has_reverse(call)
    ] == []


def _is_run_python(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"RunPython", "RunSQL"}
    )


def _has_reverse(call):
    return len(call.args) > 1 or any(
        keyword.arg in {"reverse_code", "reverse_sql"} for keyword in call.keywords
    )
