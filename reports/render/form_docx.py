"""Papers as Word: the issued forms with merged cells and repeated heads.

    content = docx_bytes([blank_scoresheet(version), blank_record(target_kind)])

One file may hold several papers, each a section whose pages are numbered from 1.
"""

import io
import re
from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from django.conf import settings

from reports.documents.grid import unit_line
from reports.documents.record import SIGNATURE_HEIGHT, SIGNATURE_WIDTH, RecordPaper, Sign, Text
from reports.documents.scoresheet import ScoresheetPaper
from reports.render.parts import Paper
from reports.render.table_docx import fill_table
from reports.render.word import (
    INNER,
    Table,
    at_top,
    field,
    finish,
    narrow,
    new_document,
    page,
    picture,
    write,
)

RECORD_WIDTHS = (12, 30, INNER - 42)  # mm
FOOT_WIDTHS = (21, INNER - 61, 40)
QR_WIDTH, INK_WIDTH = 15, 42
LINE, TEXT, TALL, SIGN = 12, 40, 72, 17  # least heights of the record's rows
EDGE, FINE = 6, 3  # around a signature, and how much finer it is drawn
POINT = re.compile(r"([ML])([\d.]+) ([\d.]+)")


def docx_bytes(papers: Sequence[Paper], *, title: str = "") -> bytes:
    """The papers one after the other; equal papers give equal bytes."""
    document = new_document(title or papers[0].name)
    for number, paper in enumerate(papers):
        if number:
            page(document.add_section())
        _foot(document.sections[-1], paper, is_alone=len(papers) == 1)
        _top(document, paper)
        _fill(paper, document)
    return finish(document)


def _top(document: Any, paper: Paper) -> None:
    named = isinstance(paper, ScoresheetPaper) and paper.is_named_by_title
    annex = write(document, "" if named else paper.annex, "附件号")
    if paper.stamp.is_draft:
        annex.add_run("　草稿").bold = True
    lines = paper.title_lines if isinstance(paper, RecordPaper) else (paper.title,)
    write(document, "\n".join(lines), "表名")
    if isinstance(paper, ScoresheetPaper):
        write(document, unit_line(paper), "被督导单位")


@singledispatch
def _fill(paper, document: Any) -> None:
    raise TypeError(type(paper).__name__)


@_fill.register
def _(paper: ScoresheetPaper, document: Any) -> None:
    fill_table(paper, document)
    write(document, "", "表后")


@_fill.register
def _(paper: RecordPaper, document: Any) -> None:
    table = Table(document, RECORD_WIDTHS)
    for row in paper.rows:
        write(_line(table, row.label, LINE), row.text, "记录文字")
    first = len(table.rows)
    for text in paper.texts:
        write(at_top(_text(table, paper, text)), text.text, "记录文字")
    if paper.head:
        head = narrow(table.merge(first, 0, len(table.rows) - 1, 0), 3.6)
        write(head, paper.head, "表头大")
    for _, label, sign in paper.signs:
        _sign(_line(table, label, SIGN), sign)
    write(document, "", "表后")


def _text(table: Table, paper: RecordPaper, text: Text) -> Any:
    """The row of one text, beside the head over all of them if there is one; its cell."""
    row = len(table.rows)
    cells = table.row(height=TEXT if paper.head else TALL)
    label = cells[1] if paper.head else table.merge(row, 0, row, 1)
    write(label, text.label, "表头大")
    return cells[2]


def _line(table: Table, label: str, height: float) -> Any:
    """A row of one label over two columns; returns the cell beside it."""
    row = len(table.rows)
    cells = table.row(height=height, is_whole=True)
    write(table.merge(row, 0, row, 1), label, "表头大")
    return cells[2]


def _sign(cell: Any, sign: Sign) -> None:
    told = f"{sign.name}（{sign.note}）" if sign.note else sign.name
    if not sign.path:
        write(cell, told, "签名")
        return
    ink = picture(cell, _ink(sign.path), INK_WIDTH, f"{sign.name}的签字", "签名")
    ink.add_run(f"　{told}")


def _ink(path: str) -> bytes:
    """The drawn lines as a picture, in black on nothing."""
    from PIL import Image, ImageDraw

    size = (SIGNATURE_WIDTH + 2 * EDGE) * FINE, (SIGNATURE_HEIGHT + 2 * EDGE) * FINE
    image = Image.new("LA", size, (0, 0))
    draw = ImageDraw.Draw(image)
    lines: list[list[tuple[float, float]]] = []
    for command, x, y in POINT.findall(path):
        if command == "M":
            lines.append([])
        lines[-1].append(((float(x) + EDGE) * FINE, (float(y) + EDGE) * FINE))
    for line in lines:
        draw.line(line, fill=(0, 255), width=5 * FINE, joint="curve")
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def _foot(section: Any, paper: Paper, *, is_alone: bool) -> None:
    """Code and page number on each page; a file of several papers counts each from 1."""
    footer = section.footer
    footer.is_linked_to_previous = False
    after = footer.paragraphs[0]
    table = Table(footer, FOOT_WIDTHS, ruled=False)
    left, words, right = table.row()
    _stamp(left, words, paper)
    number = write(right, "第 ", "页码")
    field(number, "PAGE")
    number.add_run(" 页")
    if is_alone:
        number.add_run("　共 ")
        field(number, "NUMPAGES")
        number.add_run(" 页")
    else:
        _count_from_one(section)
    after.style = "表后"
    table.table._tbl.addnext(after._p)


def _stamp(left: Any, words: Any, paper: Paper) -> None:
    stamp = paper.stamp
    if stamp.code:
        write(words, f"核验码 {stamp.code}　第{stamp.revision}稿", "核验")
        write(words, f"扫码，或在 {settings.SITE_URL}/verify/ 输入核验码", "核验")
        picture(left, qr_png(stamp.verify_url), QR_WIDTH, "核验二维码", "核验")
    elif stamp.is_draft:
        write(words, "草稿，未签发，不作凭据", "核验")


def qr_png(address: str) -> bytes:
    """The address as a QR code."""
    import segno

    content = io.BytesIO()
    segno.make(address, error="m").save(content, kind="png", scale=4, border=0)
    return content.getvalue()


def _count_from_one(section: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:pgMar")).addnext(numbers)
