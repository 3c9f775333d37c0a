"""The monthly form of an office as Word: running text in the type of 公文."""

from reports.documents.monthly import FIGURE, HEADING, PART, Monthly
from reports.render.word import BODY, HEAD, NAME, finish, new_document, write

SIZE = 16  # 三号, of 公文
LINE = 28  # points
INDENT = 2 * SIZE
FONTS = {HEADING: HEAD, PART: NAME}


def monthly_docx(told: Monthly) -> bytes:
    """The form as a Word file; equal forms give equal bytes."""
    document = new_document(told.title)
    _styles(document)
    write(document, told.title, "表名")
    for look, text in told.lines:
        paragraph = write(document, text, f"公文{look}")
        if look == FIGURE:
            paragraph.runs[0].bold = True
    return finish(document)


def _styles(document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for look in (HEADING, PART, "point", "text", FIGURE):
        style = document.styles.add_style(f"公文{look}", WD_STYLE_TYPE.PARAGRAPH)
        font = FONTS.get(look, BODY)
        style.font.name, style.font.size = font, Pt(SIZE)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        shape = style.paragraph_format
        shape.line_spacing, shape.first_line_indent = Pt(LINE), Pt(INDENT)
        shape.space_before = shape.space_after = Pt(0)
