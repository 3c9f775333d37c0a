"""A Word file of ruled forms: page, styles, table and footer, with nothing said of any one form.

Fonts are named as offices have them. Widths stand on the grid and on every cell, for each of the
two is what some reader goes by. The same content gives the same bytes.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from reports.render.cells import CONTROL

BODY, HEAD, TITLE, NAME = "仿宋_GB2312", "黑体", "方正小标宋简体", "楷体_GB2312"
PAGE_WIDTH, PAGE_HEIGHT, MARGIN, BOTTOM = 210, 297, 20, 27  # mm
INNER = PAGE_WIDTH - 2 * MARGIN
SIDE = 1.6  # mm from a rule to the text beside it
MADE = datetime(2000, 1, 1, tzinfo=UTC)  # no file says when it was made
# what the schema wants behind the rules of a paragraph
AFTER_RULES = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:sectPr")
PICTURED = {"签名", "核验"}  # their lines grow with the picture in them
Shape = tuple[str, float, str, float, float]
# name → font, points, alignment, space before and after in points
STYLES: dict[str, Shape] = {
    "附件号": (HEAD, 14, "LEFT", 0, 0),
    "表名": (TITLE, 18, "CENTER", 6, 11),
    "被督导单位": (BODY, 12, "LEFT", 3, 6),
    "表头": (HEAD, 10.5, "CENTER", 0, 0),
    "表头大": (HEAD, 12, "CENTER", 0, 0),
    "表中文字": (BODY, 10.5, "LEFT", 0, 0),
    "表中居中": (BODY, 10.5, "CENTER", 0, 0),
    "表中小字": (BODY, 9.5, "LEFT", 0, 0),
    "督导方法": (BODY, 9.5, "LEFT", 0, 4),
    "记录文字": (BODY, 12, "LEFT", 0, 0),
    "签名": (NAME, 10.5, "LEFT", 0, 0),
    "核验": (BODY, 9, "LEFT", 0, 0),
    "页码": (BODY, 9, "RIGHT", 0, 0),
    "表后": (BODY, 1, "LEFT", 0, 0),
}


def clean(text: str) -> str:
    """The text as XML can hold it; what was typed never becomes a field or markup."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def new_document(title: str, *, looks: Mapping[str, Shape] = STYLES) -> Any:
    """An A4 page with named styles, by default those of the forms."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE

    document = Document()
    _shape(document.styles["Normal"], BODY, 10.5, "LEFT", 0, 0)
    for name, look in looks.items():
        _shape(document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), *look)
    told = document.core_properties
    told.title, told.author, told.comments, told.language = title, "", "", "zh-CN"
    told.created = told.modified = MADE
    page(document.sections[0])
    return document


def page(section: Any) -> None:
    """A4 with the margins of the printed forms."""
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = Mm(MARGIN)
    section.bottom_margin, section.footer_distance = Mm(BOTTOM), Mm(8)


def _shape(style: Any, font: str, size: float, align: str, before: float, after: float) -> None:
    """Lines of an exact height, so that pages break alike whatever font stands in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = font, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), font)
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH[align]
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    if style.name not in PICTURED:
        style.paragraph_format.line_spacing = Pt(round(1.4 * size, 1))
    else:
        style.paragraph_format.line_spacing = 1.0
        _add(style.element.get_or_add_pPr(), "w:textAlignment", val="center")


def write(cell: Any, text: str, style: str) -> Any:
    """The text into a cell or as a new paragraph of a document; lines stay lines."""
    at = cell.paragraphs[0] if hasattr(cell, "paragraphs") and _is_cell(cell) else None
    if at is None or at.text:
        at = cell.add_paragraph()
    at.style = style
    at.add_run(clean(text))
    return at


def _is_cell(place: Any) -> bool:
    from docx.table import _Cell

    return isinstance(place, _Cell)


class Table:
    """A ruled table of fixed columns, filled from top to bottom."""

    def __init__(self, place: Any, widths: Sequence[float], *, ruled: bool = True) -> None:
        from docx.shared import Mm

        self.widths = [Mm(width) for width in widths]
        total = sum(self.widths)
        body = not hasattr(place, "is_linked_to_previous")  # a footer wants to be told the width
        self.table = place.add_table(0, len(widths), *(() if body else (total,)))
        self.table.autofit = False
        _table_properties(self.table, total, ruled)
        for column, width in zip(self.table.columns, self.widths, strict=True):
            column.width = width
        self.rows: list[list[Any]] = []

    def row(self, *, height: float = 0, is_head: bool = False, is_whole: bool = False) -> list[Any]:
        """The cells of a new row; a head is repeated on every page, a whole row is never cut."""
        from docx.shared import Mm

        row = self.table.add_row()
        if height:
            row.height = Mm(height)
        for name, wanted in (("w:cantSplit", is_head or is_whole), ("w:tblHeader", is_head)):
            if wanted:
                _add(row._tr.get_or_add_trPr(), name)
        cells = list(row.cells)
        for cell, width in zip(cells, self.widths, strict=True):
            cell.width = width
            _middle(cell)
        self.rows.append(cells)
        return cells

    def merge(self, top: int, left: int, bottom: int, right: int) -> Any:
        """One cell over the given rows and columns, before anything is written there."""
        return self.rows[top][left].merge(self.rows[bottom][right])


def _middle(cell: Any) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as ALIGN

    cell.vertical_alignment = ALIGN.CENTER


def at_top(cell: Any) -> Any:
    """The cell, its text beginning at the top."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as ALIGN

    cell.vertical_alignment = ALIGN.TOP
    return cell


def narrow(cell: Any, side: float) -> Any:
    """The cell with margins of ``side`` mm, so that few characters stand on a line."""
    margins = _add(cell._tc.get_or_add_tcPr(), "w:tcMar")
    for name in ("w:left", "w:right"):
        _add(margins, name, w=str(_twips(side)), type="dxa")
    # the schema wants the vertical alignment after the margins
    properties = cell._tc.tcPr
    if (align := properties.find(_qn("w:vAlign"))) is not None:
        properties.append(align)
    return cell


def _table_properties(table: Any, total: int, ruled: bool) -> None:
    properties = table._tbl.tblPr
    width = properties.find(_qn("w:tblW"))
    width.set(_qn("w:w"), str(total // 635))
    width.set(_qn("w:type"), "dxa")
    layout = properties.find(_qn("w:tblLayout"))
    if ruled:
        # else the rules stand outside the margin by as much as the text is inside them
        _before(layout, "w:tblInd", w=str(_twips(SIDE)), type="dxa")
        borders = _before(layout, "w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            _add(borders, f"w:{side}", val="single", sz="6", space="0", color="auto")
    margins = _after(layout, "w:tblCellMar")
    for side, size in (("top", 1.2), ("left", SIDE), ("bottom", 1.2), ("right", SIDE)):
        _add(margins, f"w:{side}", w=str(_twips(size if ruled else 0)), type="dxa")


def at_foot(table: Any) -> None:
    """The table at the foot of the text's place on its page, between rules, a fine one inside."""
    properties = table._tbl.tblPr
    width = properties.find(_qn("w:tblW"))
    place = {"vertAnchor": "margin", "horzAnchor": "margin", "tblpX": "1", "tblpYSpec": "bottom"}
    _before(width, "w:tblpPr", **place)
    borders = _before(properties.find(_qn("w:tblLayout")), "w:tblBorders")
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "6")):
        _add(borders, f"w:{side}", val="single", sz=size, space="0", color="auto")


def underline(paragraph: Any, color: str, space: float) -> None:
    """A rule of the whole width, ``space`` points below the paragraph."""
    borders = _element("w:pBdr", {})
    rule = {"val": "single", "sz": "18", "space": str(round(space)), "color": color}
    _add(borders, "w:bottom", **rule)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *AFTER_RULES)


def field(paragraph: Any, instruction: str) -> None:
    """A field that the reader counts, such as PAGE."""
    from docx.oxml import OxmlElement

    simple = _add(paragraph._p, "w:fldSimple", instr=instruction)
    run = OxmlElement("w:r")
    _add(run, "w:t").text = "1"
    simple.append(run)


def picture(cell: Any, content: bytes, width: float, says: str, style: str) -> Any:
    """A PNG ``width`` mm wide; what it shows is told to those who do not see it."""
    from docx.shared import Mm

    at = write(cell, "", style)
    shape = at.add_run().add_picture(io.BytesIO(content), width=Mm(width))
    shape._inline.docPr.set("descr", clean(says))
    for side in ("distT", "distB", "distL", "distR"):  # else some readers keep 3 mm clear
        shape._inline.set(side, "0")
    return at


def finish(document: Any) -> bytes:
    """The bytes of the file, without the dates of its making."""
    made, kept = io.BytesIO(), io.BytesIO()
    document.save(made)
    with (
        zipfile.ZipFile(made) as source,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            with target.open(name, "w") as part:  # dated 1980
                part.write(source.read(name))
    return kept.getvalue()


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _qn(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)


def _add(parent: Any, name: str, **attributes: str) -> Any:
    element = _element(name, attributes)
    parent.append(element)
    return element


def _before(sibling: Any, name: str, **attributes: str) -> Any:
    element = _element(name, attributes)
    sibling.addprevious(element)
    return element


def _after(sibling: Any, name: str) -> Any:
    element = _element(name, {})
    sibling.addnext(element)
    return element


def _element(name: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(_qn(f"w:{key}"), value)
    return element
