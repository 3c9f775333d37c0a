"""A workbook of several sheets whose sums are live formulas, written row by row.

Rows go to the file as they come (openpyxl, write only), so that memory stays the same for a round
of any size. What people typed is text, whatever it begins with; a ``formula`` alone computes.
"""

import math
import os
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import timezone

from reports.render.cells import clean_text
from reports.render.xlsx import ROW_LIMIT, sheet_title

POINTS, PERCENT, DAY, HOUR = "0.0#", "0.0%", "yyyy-mm-dd", "hh:mm"
NOTHING = "（没有）"
PAGE_WIDTH = 200  # characters across a page that can still be read


class Cell(NamedTuple):
    """A value with its own number format; or a formula, which Excel computes."""

    value: Any
    look: str
    is_formula: bool = False


def formula(text: str, look: str = "0") -> Cell:
    return Cell(text, look, is_formula=True)


class Layout(NamedTuple):
    """How a sheet looks, and begins again where one is full."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    note: str
    freeze: str


class Book:
    """The workbook; ``sheet`` begins a sheet, ``save`` ends it. Sheets may be filled in turns."""

    def __init__(self) -> None:
        from openpyxl import Workbook  # noqa: PLC0415 (only jobs load it)

        self._book = Workbook(write_only=True)
        self._sheets: list[Sheet] = []
        self._styles: dict[tuple[str, bool], Any] = {}

    def sheet(
        self,
        title: str,
        heads: Sequence[str],
        widths: Sequence[float],
        *,
        note: str = "",
        freeze: str = "A2",
    ) -> "Sheet":
        """A sheet with its head in sight, on A4 across; a wide one on several pages beside
        each other, the columns before ``freeze`` on each."""
        layout = Layout(title, tuple(heads), tuple(widths), note, freeze)
        self._sheets.append(Sheet(lambda: self._begun(layout), layout.heads, self._styles))
        return self._sheets[-1]

    def _begun(self, layout: "Layout") -> Any:
        """openpyxl names a second sheet of one title with a number behind it."""
        made = self._book.create_sheet(sheet_title(layout.title))
        for number, width in enumerate(layout.widths, start=1):
            made.column_dimensions[column_letter(number)].width = width
        made.freeze_panes = layout.freeze
        made.page_setup.orientation, made.page_setup.paperSize = "landscape", 9
        made.page_setup.fitToWidth = max(1, math.ceil(sum(layout.widths) / PAGE_WIDTH))
        made.page_setup.fitToHeight = 0
        made.sheet_properties.pageSetUpPr.fitToPage = True
        made.print_title_rows, made.print_options.gridLines = "1:1", True
        if layout.freeze[0] > "A":
            made.print_title_cols = f"A:{chr(ord(layout.freeze[0]) - 1)}"
        made.oddFooter.center.text = f"{layout.note} &A 第&P页，共&N页".strip()
        return made

    def save(self, target: str | os.PathLike) -> None:
        for sheet in self._sheets:
            sheet.close()
        self._book.save(target)


class Sheet:
    """Rows are appended and never changed; what one sheet cannot hold goes on in another."""

    def __init__(
        self, begun: Callable[[], Any], heads: Sequence[str], styles: dict[tuple[str, bool], Any]
    ) -> None:
        self._begun, self._heads, self._styles = begun, heads, styles
        self._begin()

    def _begin(self) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

        self._sheet, self.rows = self._begun(), 0
        cells = [self._cell(text) for text in self._heads]
        for cell in cells:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EDEFF2")
            cell.alignment = Alignment(wrap_text=True, vertical="center")
        self._append(cells)

    def add(self, values: Iterable[Any]) -> None:
        if self.rows == ROW_LIMIT:
            self.close()
            self._begin()
        self._append([self._cell(value) for value in values])

    def close(self) -> None:
        """Let the reader filter by every column; where there is nothing, say so."""
        if self.rows == 1:
            self.add([NOTHING])
        self._sheet.auto_filter.ref = f"A1:{column_letter(len(self._heads))}{self.rows}"

    def _append(self, cells: list[Any]) -> None:
        self._sheet.append(cells)
        self.rows += 1

    def _cell(self, value: Any) -> Any:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

        if value is None or value == "":
            return None
        told = value if isinstance(value, Cell) else Cell(_plain(value), _look(value))
        cell = WriteOnlyCell(self._sheet, value=told.value)
        is_text = isinstance(told.value, str) and not told.is_formula
        if is_text:
            cell.data_type = "s"  # what begins with = is text
        self._dress(cell, told.look, is_text)
        return cell

    def _dress(self, cell: Any, look: str, is_text: bool) -> None:
        """Number format and wrapping; each pair is worked out once for the whole book."""
        from openpyxl.styles import Alignment  # noqa: PLC0415

        if style := self._styles.get((look, is_text)):
            cell._style = copy(style)
            return
        cell.number_format = look
        cell.alignment = Alignment(wrap_text=is_text, vertical="top")
        self._styles[look, is_text] = copy(cell._style)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return clean_text(value) if isinstance(value, str) else value


def _look(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{DAY} hh:mm"
    if isinstance(value, date):
        return DAY
    if isinstance(value, time):
        return HOUR
    return POINTS if isinstance(value, Decimal) else "General"


def column_letter(number: int) -> str:
    """A for 1."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    return get_column_letter(number)
