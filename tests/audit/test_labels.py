"""Every action of the record has words of its own on the page."""

import ast
import re

from audit.labels import ACTIONS
from scoring.workflow import MOVES
from tests.architecture.source import APPS, modules, text

NAME = re.compile(r"[a-z_]+\.[a-z_]+")
RECORDS = {"record", "_record", "_tell", "note", "_finish"}


def written_actions():
    """The names that code gives to ``record``, straight or through a function or a field."""
    names = {f"visit.{move}" for move in MOVES}
    for path in modules(*APPS, "chabaocu"):
        tree = ast.parse(text(path))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) in RECORDS:
                names |= _constants(node.args)
            elif (
                isinstance(node, ast.keyword)
                and node.arg == "action"
                or isinstance(node, ast.Assign)
                and _assigned(node) & {"action", "ACTION"}
            ):
                names |= _constants([node.value])
    return names


def _called(node):
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _assigned(node):
    return {getattr(target, "id", "") for target in node.targets}


def _constants(nodes):
    found = [n.value for node in nodes for n in ast.walk(node) if isinstance(n, ast.Constant)]
    return {value for value in found if isinstance(value, str) and NAME.fullmatch(value)}


def test_every_action_has_a_label():
    missing = sorted(written_actions() - set(ACTIONS))
    assert missing == []


def test_labels_are_words():
    assert [name for name, label in ACTIONS.items() if re.search(r"[a-z_.]", label)] == []
