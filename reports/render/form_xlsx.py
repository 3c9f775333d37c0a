"""Papers as Excel: the issued form with merged cells, A4, and totals that are live formulas."""

import io
import math
import unicodedata
from decimal import Decimal
from functools import singledispatch
from typing import Any

from reports.documents.record import RecordPaper, Sign
from reports.documents.scoresheet import ScoresheetPaper
from reports.render.cells import clean_text
from reports.render.parts import Paper
from reports.render.xlsx import sheet_title

LINE, ROW_LIMIT = 15.5, 400.0  # points; Excel refuses rows above 409
SCORE_WIDTHS = {"A": 10, "B": 62, "C": 9, "D": 24}
RECORD_WIDTHS = {"A": 6, "B": 16, "C": 74}


class _Form:
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
        wanted = min(ROW_LIMIT, max(least, _height(text, width)))
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


def form_bytes(papers: list[Paper]) -> bytes:
    """The papers as one workbook, a sheet each."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for paper in papers:
        _fill(paper, _Form(book.create_sheet(sheet_title(paper.annex))))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@singledispatch
def _fill(paper, form: _Form) -> None:
    raise TypeError(type(paper).__name__)


@_fill.register
def _(paper: ScoresheetPaper, form: _Form) -> None:
    form.columns(SCORE_WIDTHS)
    form.heading(paper.annex, paper.title, f"{paper.unit_label}：{paper.unit}", last="D")
    form.row = 4
    for column, text in zip(
        "ABCD", (paper.section_label, "督导内容", "得分", "督导方法"), strict=True
    ):
        form.put(column, text, bold=True)
    form.sheet.print_title_rows = "4:4"
    form.row = first = 5
    for group in paper.groups:
        _group(group, form)
    _total(paper, form, first)
    form.merge(f"D{first}:D{form.row}", "\n".join(paper.methods), left=True, top=True)
    form.row += 1
    form.stamp(paper, "D")


def _group(group, form: _Form) -> None:
    start = form.row
    for row in group.rows:
        form.put("B", row.text, left=True)
        form.put("C", "不适用" if row.not_applicable else row.score, number="0.##")
        form.height(row.text, SCORE_WIDTHS["B"])
        form.row += 1
    form.merge(f"A{start}:A{form.row - 1}", group.name, bold=True)


def _total(paper: ScoresheetPaper, form: _Form, first: int) -> None:
    """A live sum; a blank form shows nothing, a rescaled total is no sum and stays a number."""
    form.merge(f"A{form.row}:B{form.row}", "总 得 分", bold=True)
    cells = f"C{first}:C{form.row - 1}"
    given = [row.score for group in paper.groups for row in group.rows if row.score is not None]
    if paper.total is None:
        form.formula("C", f'=IF(COUNT({cells})=0,"",SUM({cells}))')
    elif paper.total == sum(given, Decimal(0)):
        form.formula("C", f"=SUM({cells})")
    else:
        form.put("C", paper.total, number="0.##")
    form.sheet.row_dimensions[form.row].height = 26


@_fill.register
def _(paper: RecordPaper, form: _Form) -> None:
    form.columns(RECORD_WIDTHS)
    form.heading(paper.annex, "\n".join(paper.title_lines), "", last="C")
    form.row = 4
    lines = [
        ("时　间", paper.time),
        (f"所到{paper.union}", paper.unit),
        ("总得分", paper.total),
        ("督导组成员", "、".join(paper.members)),
    ]
    for label, value in lines:
        _line(form, label, value)
    start = form.row
    for text in paper.texts:
        _text(form, text.label, text.text)
    form.merge(f"A{start}:A{form.row - 1}", paper.situation, bold=True)
    _line(form, "组长签字", _signed(paper.leader))
    _line(form, "记录人", _signed(paper.recorder))
    form.stamp(paper, "C")


def _line(form: _Form, label: str, value: Any) -> None:
    form.merge(f"A{form.row}:B{form.row}", label, bold=True)
    form.put("C", value, left=True, number="0.##")
    form.height(str(value or ""), RECORD_WIDTHS["C"], least=30)
    form.row += 1


def _text(form: _Form, label: str, text: str) -> None:
    """A text taller than Excel's tallest row covers several merged rows."""
    wanted = max(110.0, _height(text, RECORD_WIDTHS["C"]))
    rows = math.ceil(wanted / ROW_LIMIT)
    last = form.row + rows - 1
    for row in range(form.row, last + 1):
        form.sheet.row_dimensions[row].height = wanted / rows
    form.merge(f"B{form.row}:B{last}", label, bold=True)
    form.merge(f"C{form.row}:C{last}", text, left=True, top=True)
    form.row = last + 1


def _signed(sign: Sign) -> str:
    note = sign.note or ("已手写签字" if sign.path else "")
    return f"{sign.name}（{note}）" if note else sign.name


def _height(text: str, width: float) -> float:
    """The height of wrapped text: a Chinese character is two units wide."""
    units = [
        sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line)
        for line in text.split("\n")
    ]
    return sum(max(1, math.ceil(unit / (width - 2))) for unit in units) * LINE + 8
