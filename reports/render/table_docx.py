"""A scoring table as Word: the grid of the form with merged cells and a repeated head."""

from collections.abc import Sequence
from typing import Any

from reports.documents.grid import Cell, Line, blocks, lines_below
from reports.documents.scoresheet import ScoresheetPaper
from reports.render.word import INNER, Table, at_top, narrow, write
from rubrics.columns import Column

STYLES = {
    "heading": "表头",
    "text": "表中文字",
    "words": "表中小字",
    "small": "督导方法",
    "value": "表中居中",
}


def fill_table(paper: ScoresheetPaper, document: Any) -> None:
    """Heads, rows, and what stands below them."""
    table = Table(document, _widths(paper.table))
    for cell, column in zip(table.row(is_head=True), paper.table, strict=True):
        write(cell, column.head, "表头")
    lines = lines_below(paper)
    rows = [row for block in blocks(paper, below=len(lines)) for row in block]
    for _ in rows:
        table.row(is_whole=True)
    for line in lines:
        table.row(height=11 if line.is_total else 0, is_whole=True)
    for number, row in enumerate(rows, start=1):
        for cell in row:
            _write(table, number, paper.table.index(cell.column), cell)
    for number, line in enumerate(lines, start=len(rows) + 1):
        _below(table, number, paper, line)


def _widths(columns: Sequence[Column]) -> list[float]:
    rest = INNER - sum(column.width for column in columns)
    return [column.width or rest for column in columns]


def _write(table: Table, row: int, column: int, cell: Cell) -> None:
    at, look = table.rows[row][column], cell.column.look
    if cell.span > 1:
        at = table.merge(row, column, row + cell.span - 1, column)
    if look == "heading":
        narrow(at, 0.8)
    if look == "small" and cell.span > 1:
        at_top(at)
    lines = cell.lines if look == "small" else ["\n".join(cell.lines)]
    for line in lines:
        write(at, line, STYLES[look])


def _below(table: Table, row: int, paper: ScoresheetPaper, line: Line) -> None:
    """A label up to the score, and the score; a cell over the whole table goes on beside them."""
    score = next(n for n, column in enumerate(paper.table) if column.name == "score")
    style = "表头大" if line.is_total else "表头"
    write(table.merge(row, 0, row, score - 1), line.label, style)
    write(table.rows[row][score], line.text, "表中居中")
