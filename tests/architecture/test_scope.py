"""A page, a form or a report starts every query at a scope."""

import ast

import pytest

from tests.architecture.models import REACHED_THROUGH
from tests.architecture.source import APPS, modules, name, tree

GATES = {"visible_to", "permitted", "within", "parts", "unscoped", "none", "create"}
SCOPING_CALLS = {"fetch", "fetch_visit"}  # they call visible_to themselves
FREE = {label.split(".")[1] for label in REACHED_THROUGH}
WHOLES = {"draw", "plan", "sheet", "team", "visit"}
FACING_PEOPLE = {"views", "forms", "filters", "exports", "documents", "statistics"}


def _modules():
    for path in modules(*APPS):
        parts = {path.stem, *path.parent.parts}
        if parts & FACING_PEOPLE:
            yield path


def open_queries(module: ast.Module) -> list[int]:
    """Lines where ``Model.objects`` is used without passing a gate."""
    parents = {child: node for node in ast.walk(module) for child in ast.iter_child_nodes(node)}
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_base_manager", "_default_manager"}
        and not (isinstance(node.value, ast.Name) and node.value.id in FREE)
        and not _passes_a_gate(node, parents)
    ]


def _passes_a_gate(node, parents):
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute) and node.attr in GATES or _follows_a_key(node):
            return True
        child, node = node, parents.get(node)
        if isinstance(node, ast.Call) and child is not node.func:
            return getattr(node.func, "id", "") in SCOPING_CALLS
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return _name_passes_a_gate(node, node.targets[0].id, parents)
    return False


def _follows_a_key(node):
    """Parts of an object in hand: ``.get(pk=sheet.version_id)``, ``.filter(sheet=draft)``."""
    return isinstance(node, ast.Call) and any(
        _is_key_of_a_row(keyword.value)
        or (keyword.arg in WHOLES and isinstance(keyword.value, ast.Name))
        for keyword in node.keywords
    )


def _is_key_of_a_row(value):
    return isinstance(value, ast.Attribute) and (value.attr == "pk" or value.attr.endswith("_id"))


def _name_passes_a_gate(assignment, name, parents):
    """``rows = Model.objects…`` whose next use in the same block is ``fetch(rows, …)``."""
    around = parents[assignment]
    blocks = (getattr(around, part, []) for part in ("body", "orelse", "finalbody"))
    block = next(block for block in blocks if assignment in block)
    uses = [
        use
        for statement in block[block.index(assignment) + 1 :]
        for use in ast.walk(statement)
        if isinstance(use, ast.Name) and use.id == name
    ]
    if not uses:
        return False
    first = parents.get(uses[0])
    if isinstance(first, ast.Call) and first.args and first.args[0] is uses[0]:
        return getattr(first.func, "id", "") in SCOPING_CALLS
    return _passes_a_gate(first, parents)


def test_every_query_of_a_page_starts_at_a_scope():
    assert [
        f"{name(path)}:{line}" for path in _modules() for line in open_queries(tree(path))
    ] == []


def test_no_page_fetches_past_the_scope():
    """get_object_or_404(Model) knows no scope; orgs.access.fetch does."""
    found = [
        f"{name(path)}:{call.lineno}"
        for path in _modules()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"get_object_or_404", "get_list_or_404"}
        and isinstance(call.args[0], ast.Name)
        and call.args[0].id[0].isupper()
        and call.args[0].id not in FREE
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("Visit.objects.filter(pk=1)", [1]),
        ("Visit.objects.visible_to(user).filter(pk=1)", []),
        ("Visit.objects.select_related('team').permitted(user, P.X)", []),
        ("fetch(Visit.objects.select_related('team'), user, pk=1)", []),
        ("list(Visit.objects.all())", [1]),
        ("x = Visit.objects\ny = x.visible_to(user)", []),
        ("x = Visit.objects.all()\ny = x.first()\nz = x.visible_to(user)", [1]),
        ("x = Visit.objects.select_related('team')\ny = fetch(x, user, pk=1)", []),
        ("x = Visit.objects.all()", [1]),
        ("Phase.objects.filter(plan=plan)", []),
        ("Version.objects.with_tree().get(pk=sheet.version_id)", []),
        ("Version.objects.with_tree().get(pk=pk)", [1]),
        ("Answer.objects.filter(sheet=draft)", []),
        ("Answer.objects.filter(sheet__visit=pk)", [1]),
        ("Visit.objects.exclude(pk__in=Visit.objects.visible_to(user))", [1]),
    ],
)
def test_open_queries_are_found(code, lines):
    assert open_queries(ast.parse(code)) == lines
