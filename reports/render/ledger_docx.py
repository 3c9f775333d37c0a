"""A ledger as Word: the table of the PDF, its heads repeated on every page."""

from collections.abc import Sequence
from typing import Any

from reports.documents.ledger import MIDDLE, RIGHT, WIDTHS, Head, Ledger, Part
from reports.render.word import (
    BODY,
    HEAD,
    STYLES,
    TITLE,
    Table,
    field,
    finish,
    new_document,
    write,
)

# mm: the margins of the PDF, upright and lying
UPRIGHT = {"page": (210, 297), "top": 22, "right": 20, "bottom": 30, "left": 24}
LYING = {"page": (297, 210), "top": 25, "right": 20, "bottom": 25, "left": 20}
# name → font, points, alignment, space before and after in points
LOOKS = {
    "台账名": (TITLE, 22, "CENTER", 0, 4),
    "台账说明": (BODY, 14, "CENTER", 0, 4),
    "台账正文": (BODY, 14, "JUSTIFY", 0, 4),
    "台账分组": (HEAD, 14, "LEFT", 4, 2),
    "台账签字": (BODY, 14, "LEFT", 6, 0),
    "台账落款": (BODY, 14, "RIGHT", 6, 0),
    "台账金额": (BODY, 10.5, "RIGHT", 0, 0),
    "台账页码": (BODY, 14, "RIGHT", 0, 0),
}


def ledger_docx(ledger: Ledger) -> bytes:
    """The ledger as a Word file; equal ledgers give equal bytes."""
    document = new_document(ledger.title, looks=STYLES | LOOKS)
    inner = _page(document.sections[0], LYING if ledger.is_wide else UPRIGHT)
    _foot(document.sections[0])
    write(document, ledger.title, "台账名")
    write(document, ledger.under, "台账说明")
    if ledger.words or ledger.is_empty:
        write(document, f"　　{ledger.empty if ledger.is_empty else ledger.words}", "台账正文")
    if not ledger.is_empty:
        for part in ledger.parts:
            _part(document, ledger, part, inner, is_last=part is ledger.parts[-1])
    _close(document, ledger)
    return finish(document)


def _page(section: Any, shape: dict[str, Any]) -> float:
    """Set the page; how many millimetres are between its margins."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    width, height = shape["page"]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    for side in ("top", "right", "bottom", "left"):
        setattr(section, f"{side}_margin", Mm(shape[side]))
    section.footer_distance = Mm(10)
    return width - shape["left"] - shape["right"]


def _part(document: Any, ledger: Ledger, part: Part, inner: float, *, is_last: bool) -> None:
    if part.heading:
        write(document, part.heading, "台账分组")
    table = Table(document, _widths(ledger.heads, inner))
    for cell, head in zip(table.row(is_head=True), ledger.heads, strict=True):
        write(cell, head.label, "表头")
    rows = (*part.rows, ledger.sums) if is_last and ledger.sums else part.rows
    for row in rows:
        cells = table.row(height=11 if ledger.is_wide else 0, is_whole=True)
        for cell, head, text in zip(cells, ledger.heads, row, strict=True):
            write(cell, text, _look(head))


def _widths(heads: Sequence[Head], inner: float) -> list[float]:
    """Those without a width share what is left."""
    rest = inner - sum(WIDTHS.get(head.look, 0) for head in heads)
    free = sum(head.look not in WIDTHS for head in heads)
    return [WIDTHS.get(head.look) or rest / free for head in heads]


def _look(head: Head) -> str:
    if head.look in RIGHT:
        return "台账金额"
    return "表中居中" if head.look in MIDDLE else "表中文字"


def _close(document: Any, ledger: Ledger) -> None:
    lines = [f"{role}（签字）：＿＿＿＿＿＿＿" for role in ledger.signs]
    for text in ["　　".join(lines)] if ledger.is_wide else lines:
        write(document, text, "台账签字")
    for text in ledger.end:
        write(document, f"{text}　　", "台账落款")


def _foot(section: Any) -> None:
    number = section.footer.paragraphs[0]
    number.style = "台账页码"
    number.add_run("— ")
    field(number, "PAGE")
    number.add_run(" —")
