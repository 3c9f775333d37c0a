"""A scoring table as Excel: the grid of the form, as high as its texts, its total a live sum."""

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from reports.documents.grid import Cell, Line, blocks, lines_below, unit_line
from reports.documents.scoresheet import ScoresheetPaper
from reports.render.worksheet import LINE_HEIGHT, ROW_LIMIT, FormSheet, text_height
from rubrics.columns import Column

INNER, PER_MM = 170, 0.62  # mm of the form; characters of Excel's widths on one of them
HEAD_ROW, LEAST, TOTAL = 4, 24.0, 26.0
SHORT = 2  # lines
SIGNED = "+0.##;-0.##;0"  # how an adjustment is shown


def fill_table(paper: ScoresheetPaper, form: FormSheet) -> None:
    """The whole form from its heads to what stands below its total."""
    from openpyxl.utils import get_column_letter

    widths = _widths(paper.table)
    letters = [get_column_letter(number) for number in range(1, len(widths) + 1)]
    form.columns(dict(zip(letters, widths, strict=True)))
    form.heading(_annex(paper), paper.title, unit_line(paper), last=letters[-1])
    form.row = HEAD_ROW
    for letter, column in zip(letters, paper.table, strict=True):
        form.put(letter, column.head, bold=True)
    form.sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    lines = lines_below(paper)
    rows = [row for block in blocks(paper, below=len(lines)) for row in block]
    heights = _heights(paper, rows, widths, len(lines))
    starts = _starts(form, heights)
    for number, row in enumerate(rows):
        for cell in row:
            letter = letters[paper.table.index(cell.column)]
            _cell(form, cell, letter, starts[number], starts[number + cell.span] - 1)
    form.row = starts[len(rows)]
    _below(paper, form, letters, lines)
    form.stamp(paper, letters[-1])


def _annex(paper: ScoresheetPaper) -> str:
    return "" if paper.is_named_by_title else paper.annex


def _widths(columns: Sequence[Column]) -> list[float]:
    rest = INNER - sum(column.width for column in columns)
    return [round((column.width or rest) * PER_MM, 1) for column in columns]


def _heights(
    paper: ScoresheetPaper, rows: list[list[Cell]], widths: list[float], below: int
) -> list[float]:
    """Of each row of the form, so that every text of it is seen, merged ones, too."""
    heights = [LEAST] * len(rows) + [TOTAL] * below
    placed = [
        (number, cell, text_height(_words(cell), widths[paper.table.index(cell.column)]))
        for number, row in enumerate(rows)
        for cell in row
    ]
    for number, cell, wanted in sorted(placed, key=lambda found: found[1].span):
        missing = wanted - sum(heights[number : number + cell.span])
        if missing > 0:
            heights[number + cell.span - 1] += missing
    return heights


def _starts(form: FormSheet, heights: list[float]) -> list[int]:
    """The first row of the sheet for each row of the form; a very high one takes several."""
    counts = [math.ceil(height / ROW_LIMIT) for height in heights]
    starts = list(accumulate(counts, initial=HEAD_ROW + 1))
    for start, count, height in zip(starts, counts, heights, strict=False):
        for row in range(start, start + count):
            form.sheet.row_dimensions[row].height = max(height / count, LINE_HEIGHT)
    return starts


def _cell(form: FormSheet, cell: Cell, letter: str, first: int, last: int) -> None:
    look = cell.column.look
    value: Any = _words(cell) or None if cell.number is None else cell.number
    form.merge(
        f"{letter}{first}:{letter}{last}",
        value,
        bold=look == "heading",
        left=look not in ("heading", "value"),
        top=look == "small" and cell.span > 1,
        number="0.##",
    )


def _words(cell: Cell) -> str:
    """A short name of a 项目 has room on one line here; a long one breaks as it was issued."""
    is_long = cell.column.look == "heading" and len(cell.lines) > SHORT
    return "\n".join(cell.lines) if is_long else cell.text


def _below(paper: ScoresheetPaper, form: FormSheet, letters: list[str], lines: list[Line]) -> None:
    """A label up to the score, the score, and empty cells where no merged one comes down."""
    if not lines:
        return
    score = next(n for n, column in enumerate(paper.table) if column.name == "score")
    for line in lines:
        form.merge(f"A{form.row}:{letters[score - 1]}{form.row}", line.label, bold=True)
        if line.is_total:
            _total(paper, form, letters[score])
        else:
            value = line.text if line.number is None else line.number
            form.put(letters[score], value, number=SIGNED)
        for letter, column in zip(letters[score + 1 :], paper.table[score + 1 :], strict=True):
            if column.level != "table":
                form.put(letter, None)
        form.row += 1


def _total(paper: ScoresheetPaper, form: FormSheet, letter: str) -> None:
    """A live sum of scores and adjustments; a blank form shows nothing.

    A total that is no such sum, of a paper older than the adjustments, stays a number.
    """
    cells = f"{letter}{HEAD_ROW + 1}:{letter}{form.row - 1}"
    given = [row.score for group in paper.groups for row in group.rows if row.score is not None]
    given += [change.points for change in paper.adjustments]
    if paper.total is None:
        form.formula(letter, f'=IF(COUNT({cells})=0,"",SUM({cells}))')
    elif paper.total == sum(given, Decimal(0)):
        form.formula(letter, f"=SUM({cells})")
    else:
        form.put(letter, paper.total, number="0.##")
