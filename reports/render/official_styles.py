"""The page and the named styles of a 公文 as Word: GB/T 9704-2012 §5.

版心 156×225 mm, 22 lines of 28 characters. The grid says so to whoever opens the page setup;
the lines keep to it by an exact height and a narrower spacing of their own, because not every
program squeezes characters into a grid narrower than they are. Faces are those office PCs have.
"""

from dataclasses import dataclass, replace
from typing import Any

from reports.render.word import BODY, HEAD, NAME, TITLE

TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28  # mm: 天头 37, 订口 28
WIDTH, HEIGHT = 156, 225  # mm, 版心
WIDE = HEIGHT  # mm, of the lines on a turned page
LINES, CHARACTERS = 22, 28
SIZE = 16  # points, 三号
PITCH = 28.95  # points a line: 22 of them in 225 mm
DENSE = 24  # the same where a notice must go on one page (§5.2.3: 特定情况可以作适当调整)
SQUEEZE = -0.3  # points a character: 28 of 16 points would be 158 mm
GRID_LINE, GRID_CHARACTER = 579, -860  # twentieths of a point; 4096ths of a point
EM = SIZE + SQUEEZE
SMALL = 14  # points, 四号, of what stands at the foot
MM = 72 / 25.4  # points
RED = "B5121B"
NUMBER = "宋体"


@dataclass(frozen=True)
class Look:
    """A named style: face, points, alignment; first line in characters; level of the outline."""

    font: str = BODY
    size: float = SIZE
    align: str = "LEFT"
    indent: int = 0
    level: int | None = None
    pitch: float = PITCH
    keeps: bool = False  # stays with what follows
    color: str = ""


LOOKS = {
    "发文机关标志": Look(TITLE, 38, "CENTER", pitch=2 * PITCH, color=RED),
    "发文字号": Look(),
    "公文标题": Look(TITLE, 22, "CENTER", keeps=True),
    "标题附注": Look(NAME, 16, "CENTER", keeps=True),
    "主送机关": Look(keeps=True),
    "一级标题": Look(HEAD, indent=2, level=0, keeps=True),
    "二级标题": Look(NAME, indent=2, level=1, keeps=True),
    "三级标题": Look(align="JUSTIFY", indent=2, level=2),
    "公文正文": Look(align="JUSTIFY", indent=2),
    "附件说明": Look(),
    "附件标号": Look(HEAD, keeps=True),
    "落款": Look(align="RIGHT", keeps=True),
    "签署": Look(NAME, 14),
    "版记": Look(size=14, align="JUSTIFY", pitch=24),
    "表题": Look(HEAD, 14, "CENTER", pitch=24, keeps=True),
    "表头": Look(HEAD, 12, "CENTER", pitch=17),
    "表中文字": Look(size=12, pitch=17),
    "表中居中": Look(size=12, align="CENTER", pitch=17),
    "表头小": Look(HEAD, 10.5, "CENTER", pitch=15),
    "表中小字": Look(size=10.5, pitch=15),
    "表中小字居中": Look(size=10.5, align="CENTER", pitch=15),
    "表后": Look(size=1, pitch=1.4),
    "作废": Look(HEAD, 22, "CENTER", color=RED),
    "核验": Look(size=9, pitch=12.6),
    "核验图": Look(size=9, pitch=0),
    "页码": Look(NUMBER, 14, pitch=16),
}


def add_styles(document: Any, *, dense: bool = False) -> None:
    """The styles of a 公文, and the plain one they rest on; ``dense`` ones have closer lines."""
    from docx.enum.style import WD_STYLE_TYPE

    _shape(document.styles["Normal"], Look())
    for name, look in LOOKS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.quick_style = True
        is_closer = dense and look.pitch == PITCH
        _shape(style, replace(look, pitch=DENSE) if is_closer else look)


def lay_page(section: Any, *, wide: bool = False) -> None:
    """A4 with the margins of the standard; a wide page is turned, its head at the binding."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    around = (LEFT, TOP, RIGHT, BOTTOM) if wide else (TOP, RIGHT, BOTTOM, LEFT)
    sides = ("top_margin", "right_margin", "bottom_margin", "left_margin")
    for side, size in zip(sides, around, strict=True):
        setattr(section, side, Mm(size))
    section.footer_distance = Mm(8 if wide else 12)
    _grid(section)


def _grid(section: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name, value in (
        ("type", "linesAndChars"),
        ("linePitch", str(GRID_LINE)),
        ("charSpace", str(GRID_CHARACTER)),
    ):
        grid.set(qn(f"w:{name}"), value)


def _shape(style: Any, look: Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = look.font, Pt(look.size)
    if look.color:
        style.font.color.rgb = RGBColor.from_string(look.color)
    _run_properties(style.element.get_or_add_rPr(), look)
    shape = style.paragraph_format
    shape.alignment = WD_ALIGN_PARAGRAPH[look.align]
    shape.line_spacing = Pt(look.pitch) if look.pitch else 1.0  # with a picture it grows
    shape.space_before = shape.space_after = Pt(0)
    shape.keep_with_next = look.keeps or None
    _paragraph_properties(style.element.get_or_add_pPr(), look)


def _run_properties(properties: Any, look: Look) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for script in ("eastAsia", "cs"):
        properties.get_or_add_rFonts().set(qn(f"w:{script}"), look.font)
    if look.size == SIZE:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(round(SQUEEZE * 20)))
        properties.find(qn("w:sz")).addprevious(spacing)


def _paragraph_properties(properties: Any, look: Look) -> None:
    """What python-docx has no name for, each at the place the schema wants it.

    No white is put between Chinese and digits: a line would hold fewer characters.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for name in ("w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid"):
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        properties.find(qn("w:spacing")).addprevious(off)
    if look.indent:
        indent = properties.get_or_add_ind()
        indent.set(qn("w:firstLineChars"), str(100 * look.indent))
        indent.set(qn("w:firstLine"), str(round(20 * EM * look.indent)))
    if look.level is not None:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(look.level))
        properties.append(level)
