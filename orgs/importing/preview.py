"""Pieces of a list as Excel shows them, for the pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from orgs.importing.check import Problem, Rows

NEIGHBOURS = 2
PREVIEWED = 20


@dataclass(frozen=True)
class Cell:
    """One cell on the page: its text, and whether it is wrong."""

    text: str
    bad: bool = False


@dataclass(frozen=True)
class Extract:
    """Some rows of a list under Excel's letters and numbers."""

    row: int
    letters: list[tuple[str, bool]]
    header: list[str]
    rows: list[tuple[int, bool, list[Cell]]]


def around(header: Sequence[str], rows: Rows, problems: Sequence[Problem], wanted: str) -> Extract:
    """The rows around the one asked for, or around the first wrong one."""
    row = int(wanted) if wanted.isdigit() and len(wanted) < 7 else problems[0].row
    place = next((i for i, (number, _) in enumerate(rows) if number >= row), 0)
    chosen = rows[max(place - NEIGHBOURS, 0) : place + NEIGHBOURS + 1]
    bad = {(p.row, p.index) for p in problems}
    hit = {index for number, index in bad if number == row}
    return _extract(row, header, chosen, bad, hit)


def preview(header: Sequence[str], rows: Rows) -> Extract:
    """The first rows of a list that can be written."""
    return _extract(0, header, rows[:PREVIEWED], set(), set())


def _extract(
    row: int, header: Sequence[str], rows: Rows, bad: set[tuple[int, int]], hit: set[int]
) -> Extract:
    letters = [(get_column_letter(i + 1), i in hit) for i in range(len(header))]
    lines = [
        (
            number,
            number == row,
            [Cell(text, (number, i) in bad) for i, text in enumerate(_filled(cells, header))],
        )
        for number, cells in rows
    ]
    return Extract(row, letters, list(header), lines)


def _filled(cells: Sequence[str], header: Sequence[str]) -> list[str]:
    """As many cells as the header has."""
    return [*cells, *[""] * len(header)][: len(header)]
