"""A workbook of several sheets whose sums are live formulas, written row by row.

Rows go to the file as they come (openpyxl, write only), so that memory stays the same for a round
of any size. What people typed is text, whatever it begins with; a ``formula`` alone computes.
"""

import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import timezone

from reports.render.cells import clean_text
from reports.render.xlsx import sheet_title

POINTS, PERCENT, DAY = "0.0#", "0.0%", "yyyy-mm-dd"


class Cell(NamedTuple):
    """A value with its own number format; or a formula, which Excel computes."""

    value: Any
    look: str
    is_formula: bool = False


def formula(text: str, look: str = "0") -> Cell:
    return Cell(text, look, is_formula=True)


class Book:
    """The workbook; ``sheet`` begins a sheet, ``save`` ends it."""

    def __init__(self) -> None:
        from openpyxl import Workbook  # noqa: PLC0415 (only jobs load it)

        self._book = Workbook(write_only=True)

    def sheet(
        self, title: str, heads: Sequence[str], widths: Sequence[float], *, note: str = ""
    ) -> "Sheet":
        """A sheet with its head in sight, printed on A4 across, as wide as the page."""
        made = self._book.create_sheet(sheet_title(title))
        for number, width in enumerate(widths):
            made.column_dimensions[_letter(number)].width = width
        made.freeze_panes = "A2"
        made.page_setup.orientation, made.page_setup.paperSize = "landscape", 9
        made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
        made.sheet_properties.pageSetUpPr.fitToPage = True
        made.print_title_rows = "1:1"
        made.oddFooter.center.text = f"{note} 第&P页，共&N页".strip()
        sheet = Sheet(made, len(heads))
        sheet.head(heads)
        return sheet

    def save(self, target: str | os.PathLike) -> None:
        self._book.save(target)


class Sheet:
    """One sheet; rows are appended and never changed."""

    def __init__(self, sheet: Any, width: int) -> None:
        self._sheet, self._width = sheet, width
        self.rows = 0

    def head(self, heads: Sequence[str]) -> None:
        from openpyxl.styles import Font, PatternFill  # noqa: PLC0415

        cells = [self._cell(text) for text in heads]
        for cell in cells:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EDEFF2")
        self._append(cells)

    def add(self, values: Iterable[Any]) -> None:
        self._append([self._cell(value) for value in values])

    def _append(self, cells: list[Any]) -> None:
        self._sheet.append(cells)
        self.rows += 1

    def _cell(self, value: Any) -> Any:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
        from openpyxl.styles import Alignment  # noqa: PLC0415

        told = value if isinstance(value, Cell) else Cell(_plain(value), _look(value))
        cell = WriteOnlyCell(self._sheet, value=told.value)
        if isinstance(told.value, str) and not told.is_formula:
            cell.data_type = "s"  # what begins with = is text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.number_format = told.look
        return cell


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    return clean_text(value) if isinstance(value, str) else value


def _look(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{DAY} hh:mm"
    if isinstance(value, date):
        return DAY
    return POINTS if isinstance(value, Decimal) else "General"


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    return get_column_letter(number + 1)
