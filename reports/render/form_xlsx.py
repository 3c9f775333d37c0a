"""Papers as Excel: the issued form with merged cells, A4, and totals that are live formulas."""

import io
import math
from functools import singledispatch
from typing import Any

from reports.documents.record import RecordPaper, Sign
from reports.documents.scoresheet import ScoresheetPaper
from reports.render.parts import Paper
from reports.render.table_xlsx import fill_table
from reports.render.worksheet import ROW_LIMIT, FormSheet, text_height
from reports.render.xlsx import sheet_title

RECORD_WIDTHS = {"A": 6, "B": 16, "C": 74}


def form_bytes(papers: list[Paper]) -> bytes:
    """The papers as one workbook, a sheet each."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for paper in papers:
        _fill(paper, FormSheet(book.create_sheet(sheet_title(paper.label))))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@singledispatch
def _fill(paper, form: FormSheet) -> None:
    raise TypeError(type(paper).__name__)


@_fill.register
def _(paper: ScoresheetPaper, form: FormSheet) -> None:
    fill_table(paper, form)


@_fill.register
def _(paper: RecordPaper, form: FormSheet) -> None:
    form.columns(RECORD_WIDTHS)
    form.heading(paper.annex, "\n".join(paper.title_lines), "", last="C")
    form.row = 4
    for row in paper.rows:
        _line(form, row.label, row.text if row.number is None else row.number)
    start = form.row
    for text in paper.texts:
        _text(form, text.label, text.text, "B" if paper.head else "A")
    if paper.head:
        form.merge(f"A{start}:A{form.row - 1}", paper.head, bold=True)
    for _, label, sign in paper.signs:
        _line(form, label, _signed(sign))
    form.stamp(paper, "C")


def _line(form: FormSheet, label: str, value: Any) -> None:
    form.merge(f"A{form.row}:B{form.row}", label, bold=True)
    form.put("C", value, left=True, number="0.##")
    form.height(str(value or ""), RECORD_WIDTHS["C"], least=30)
    form.row += 1


def _text(form: FormSheet, label: str, text: str, first: str) -> None:
    """A text taller than Excel's tallest row covers several merged rows."""
    wanted = max(110.0 if first == "B" else 200.0, text_height(text, RECORD_WIDTHS["C"]))
    rows = math.ceil(wanted / ROW_LIMIT)
    last = form.row + rows - 1
    for row in range(form.row, last + 1):
        form.sheet.row_dimensions[row].height = wanted / rows
    form.merge(f"{first}{form.row}:B{last}", label, bold=True)
    form.merge(f"C{form.row}:C{last}", text, left=True, top=True)
    form.row = last + 1


def _signed(sign: Sign) -> str:
    note = sign.note or ("已手写签字" if sign.path else "")
    return f"{sign.name}（{note}）" if note else sign.name
