"""The table of moves as a page of the docs: a diagram and a table, both from MOVES."""

from collections.abc import Iterator

from hazards.models import Hazard
from hazards.words import label
from hazards.workflow import MOVES, Move

S = Hazard.Status
HEAD = """# How a hazard is handled

Made from `hazards/workflow.py` by `./run manage describe_hazards`; do not edit. The same table
gives the buttons, the permission checks, the forms' fields and the test of every state, move,
person and grade.
"""


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([HEAD, *_diagram(), "", *_table(), ""])


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f"    {status.value}: {status.label}" for status in S)
    yield "    [*] --> reported: 发现并上报"
    for move in MOVES.values():
        for source in _sources(move):
            yield f"    {source.value} --> {move.target}: {move.label}"
    yield "```"


def _table() -> Iterator[str]:
    yield "| From | Move | Who | Grade | Fields | To |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for move in MOVES.values():
        yield f"| {' | '.join(_cells(move))} |"


def _cells(move: Move) -> list[str]:
    needed = [label(name) for name in move.needs]
    optional = [f"（{label(name)}）" for name in move.may]
    grade = Hazard.Grade(move.grade).label if move.grade else "—"
    sources = "、".join(source.label for source in _sources(move))
    fields = "、".join(needed + optional) or "—"
    return [sources, move.label, move.who, grade, fields, S(move.target).label]


def _sources(move: Move) -> list[S]:
    return [status for status in S if status in move.sources]
