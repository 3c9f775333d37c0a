"""A worksheet of a ruled form on A4, with nothing said of any one form."""

import math
import unicodedata
from typing import Any

from reports.render.cells import clean_text
from reports.render.parts import Paper

LINE_HEIGHT, ROW_LIMIT = 15.5, 400.0  # points; Excel refuses rows above 409


class FormSheet:
    """A sheet that is filled from top to bottom."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.styles import Border, Side

        self.sheet = sheet
        self.row = 1
        thin = Side(style="thin")
        self.border = Border(left=thin, right=thin, top=thin, bottom=thin)

    def columns(self, widths: dict[str, float]) -> None:
        sheet = self.sheet
        for column, width in widths.items():
            sheet.column_dimensions[column].width = width
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = sheet.ORIENTATION_PORTRAIT
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"

    def heading(self, annex: str, title: str, unit: str, *, last: str) -> None:
        self.write("A1", annex, size=14)
        self.sheet.merge_cells(f"A2:{last}2")
        self.write("A2", title, size=16, bold=True, center=True)
        self.sheet.row_dimensions[2].height = 28 * (1 + title.count("\n"))
        self.sheet.merge_cells(f"A3:{last}3")
        self.write("A3", unit, size=12)

    def put(self, column: str, value: Any, **look: Any) -> None:
        self.merge(f"{column}{self.row}:{column}{self.row}", value, **look)

    def formula(self, column: str, formula: str) -> None:
        self.put(column, None, bold=True)
        cell = self.sheet[f"{column}{self.row}"]
        cell.value, cell.number_format = formula, "0.##"

    def merge(self, cells: str, value: Any, **look: Any) -> None:
        """A ruled cell over ``cells``."""
        first, last = cells.split(":")
        if first != last:
            self.sheet.merge_cells(cells)
        for row in self.sheet[cells]:
            for cell in row:
                cell.border = self.border
        self.write(first, value, center=not look.pop("left", False), **look)

    def write(
        self,
        at: str,
        value: Any,
        *,
        size: float = 11,
        bold: bool = False,
        center: bool = False,
        top: bool = False,
        number: str = "General",
    ) -> None:
        """Text stays text, whatever it begins with."""
        from openpyxl.styles import Alignment, Font

        cell = self.sheet[at]
        if isinstance(value, str):
            cell.value = clean_text(value)
            cell.data_type = "s"
        else:
            cell.value, cell.number_format = value, number
        cell.font = Font(name="仿宋", size=size, bold=bold)
        cell.alignment = Alignment(
            wrap_text=True,
            horizontal="center" if center else "left",
            vertical="top" if top else "center",
        )

    def height(self, text: str, width: float, least: float = 24) -> None:
        wanted = min(ROW_LIMIT, max(least, text_height(text, width)))
        self.sheet.row_dimensions[self.row].height = wanted

    def stamp(self, paper: Paper, last: str) -> None:
        """Below the form: its verification code, or that it is a draft."""
        stamp = paper.stamp
        if stamp.code:
            text = f"核验码 {stamp.code}　第{stamp.revision}稿　{stamp.verify_url}"
        else:
            text = "草稿，未签发，不作凭据" if stamp.is_draft else ""
        if text:
            self.sheet.merge_cells(f"A{self.row}:{last}{self.row}")
            self.write(f"A{self.row}", text, size=9)


def text_height(text: str, width: float) -> float:
    """The height of wrapped text: a Chinese character is two units wide."""
    units = [
        sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line)
        for line in text.split("\n")
    ]
    return sum(max(1, math.ceil(unit / (width - 2))) for unit in units) * LINE_HEIGHT + 8
