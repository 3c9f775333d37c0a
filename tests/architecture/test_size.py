"""A module holds one idea, a function fits one screen; the budget keeps it so."""

import ast

from tests.architecture.source import CODE, modules, name, text, tree

MODULE_LINES = 600  # 400 is where to begin thinking
FUNCTION_LINES = 60
VAGUE = {"utils", "helpers", "common", "misc", "core"}


def test_modules_keep_the_budget():
    sizes = {name(path): len(text(path).splitlines()) for path in modules(*CODE, "tests")}
    assert {path: lines for path, lines in sizes.items() if lines > MODULE_LINES} == {}


def test_functions_keep_the_budget():
    assert [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in modules(*CODE, "tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= FUNCTION_LINES
    ] == []


def test_no_module_has_a_name_that_says_nothing():
    vague = [name(path) for path in modules(*CODE) if VAGUE & {path.stem, path.parent.name}]
    assert vague == []
