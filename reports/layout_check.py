"""Does a Word file come out in the layout of GB/T 9704-2012? Measured, not believed.

LibreOffice prints the file, and the figures are read from the pages it made. A figure that
cannot be measured here, because a program or a face is missing, is ``unverified`` and says why;
it is never taken for right.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from reports.render.office import OTHER_NAMES, STANDS_IN, OfficeMissing, office_pdf
from reports.render.official_styles import (
    BOTTOM,
    CHARACTERS,
    HEIGHT,
    LEFT,
    LINES,
    MM,
    RIGHT,
    SIZE,
    TOP,
    WIDTH,
)
from reports.render.pages import Page, pages_of
from reports.render.word import BODY, TITLE

VERIFIED, DIFFERS, UNVERIFIED = "verified", "differs", "unverified"
WORDS = {VERIFIED: "合格", DIFFERS: "不符", UNVERIFIED: "未能核实"}
TOLERANCE = 1  # mm
TITLE_SIZE = 22
SLACK = 0.1  # of a line or a character: places on a page are rounded
NO_EDGE = "没有写满的行，看不出版心的右边"
HONEST = "汉字同宽，字数、行数照样可信；字形和数字、西文的宽度须在装有该字体的电脑上核对"
NO_READER = "没有安装 pypdfium2，读不了 PDF"


@dataclass(frozen=True)
class Figure:
    """One figure: what is wished, what was measured, and whether they agree."""

    name: str
    wished: str
    measured: str = ""
    verdict: str = UNVERIFIED
    why: str = ""


def told(figure: Figure) -> str:
    """What was wished and measured, and why it could not be."""
    measured = f"，量得 {figure.measured}" if figure.measured else ""
    why = f"（{figure.why}）" if figure.why else ""
    return f"{figure.name}：应为 {figure.wished}{measured}{why}"


def check_layout(content: bytes) -> list[Figure]:
    """The figures of a Word file; what it asks for first, then what came out on the pages."""
    document = Document(BytesIO(content))
    asked = asked_faces(document)
    figures = [*_page_figures(document.sections[0]), *_face_figures(asked)]
    try:
        pages = pages_of(office_pdf(content))
    except OfficeMissing as missing:
        return [*figures, *_unmeasured(asked, str(missing))]
    except ImportError:
        return [*figures, *_unmeasured(asked, NO_READER)]
    return [*figures, *_measured(pages, asked)]


def asked_faces(document: Any) -> Counter:
    """How many characters ask for each face and size, in points, tables left out."""
    found: Counter = Counter()
    for paragraph in document.paragraphs:
        style = paragraph.style
        for run in paragraph.runs:
            face = _east_asian(run._r.rPr) or _east_asian(style.element.rPr)
            size = run.font.size or style.font.size or document.styles["Normal"].font.size
            found[face or "", size.pt if size else 0.0] += len(run.text.strip())
    return +found


def _east_asian(properties: Any) -> str:
    fonts = properties.rFonts if properties is not None else None
    return (fonts.get(qn("w:eastAsia")) or "") if fonts is not None else ""


def _page_figures(section: Any) -> Iterator[Figure]:
    """The page as the file sets it up."""
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    for name, side, wished in zip(
        ("天头", "右边", "下边", "订口"), sides, (TOP, RIGHT, BOTTOM, LEFT), strict=True
    ):
        yield _near(f"{name}（页面设置）", side.mm, wished)


def _face_figures(asked: Counter) -> Iterator[Figure]:
    """The face and size that most of the text, and the title, ask for."""
    body = asked.most_common(1)[0][0] if asked else ("", 0.0)
    yield _equal("正文字体字号", _face(body), _face((BODY, SIZE)))
    titles = [face for face in asked if face[1] == TITLE_SIZE]
    if titles:
        yield _equal("标题字体字号", _face(titles[0]), _face((TITLE, TITLE_SIZE)))
    else:
        yield Figure("标题字体字号", _face((TITLE, TITLE_SIZE)), why="没有二号字的标题")


def _face(face: tuple[str, float]) -> str:
    return f"{face[0]} {face[1]:g} 磅"


def _measured(pages: list[Page], asked: Counter) -> Iterator[Figure]:
    upright = [page for page in pages if page.is_upright]
    yield _characters(upright)
    yield _lines(upright)
    yield _width(upright)
    yield _numbers(pages)
    yield from _printed_faces(asked, {name for page in pages for name in page.faces})


def _characters(pages: list[Page]) -> Figure:
    """How many most lines have that are full of whole characters; without one, what would fit."""
    counts = Counter(n for page in pages for n in page.full_lines(LEFT * MM, WIDTH * MM, SIZE))
    if counts:
        return _equal("每行字数", _most(counts), CHARACTERS)
    pitches = Counter(pitch for page in pages for pitch in page.advances(SIZE))
    if not pitches:
        return Figure("每行字数", str(CHARACTERS), why="没有相邻的两个汉字")
    pitch, width = _most(pitches), _line_width(pages)
    if not width:
        return Figure("每行字数", str(CHARACTERS), why=NO_EDGE)
    why = f"没有写满整行汉字的行，按字距 {pitch:g} 磅推算"
    return _equal("每行字数", int(width / pitch + SLACK), CHARACTERS, why)


def _lines(pages: list[Page]) -> Figure:
    """Of the pages full of text; without one, as many as fit at the pitch of the lines."""
    full = Counter(n for page in pages if (n := page.full_count(SIZE, HEIGHT * MM)))
    if full:
        return _equal("每页行数", _most(full), LINES)
    pitches = Counter(pitch for page in pages for pitch in page.pitches(SIZE))
    if not pitches:
        return Figure("每页行数", str(LINES), why="没有相邻的两行正文")
    pitch = _most(pitches)
    why = f"没有写满的一页，按行距 {pitch:g} 磅推算"
    return _equal("每页行数", int(HEIGHT * MM / pitch + SLACK), LINES, why)


def _width(pages: list[Page]) -> Figure:
    """From where lines begin to where they end."""
    width = _line_width(pages)
    if not width:
        return Figure("版心宽", f"{WIDTH}±{TOLERANCE} 毫米", why=NO_EDGE)
    return _near("版心宽", width / MM, WIDTH)


def _line_width(pages: list[Page]) -> float:
    """In points; 0 where no two lines end at the same place, furthest to the right."""
    edges = [edge for page in pages for edge in page.edges(SIZE)]
    ends = sorted((right for _, right in edges), reverse=True)
    if len(ends) < 2 or ends[0] - ends[1] > 1:
        return 0
    return ends[0] - min(left for left, _ in edges)


def _most(counts: Counter) -> Any:
    """What is most frequent, of equals the largest."""
    return max(counts, key=lambda found: (counts[found], found))


def _numbers(pages: list[Page]) -> Figure:
    """— 1 — on odd pages at the right, on even pages at the left."""
    wished = "单页居右，双页居左"
    wrong = [number for number, page in enumerate(pages, 1) if page.number_side != _side(number)]
    if not wrong:
        return Figure("页码", wished, wished, VERIFIED)
    said = "、".join(f"第{number}页" for number in wrong[:5])
    return Figure("页码", wished, f"{said}不是", DIFFERS)


def _side(number: int) -> str:
    return "right" if number % 2 else "left"


def _printed_faces(asked: Counter, printed: set[str]) -> Iterator[Figure]:
    """Whether the faces asked for are those on the pages; what stood in for one is named."""
    for name in _names(asked):
        known = (name, *OTHER_NAMES.get(name, ()))
        if any(used.startswith(known) for used in printed):
            yield Figure(f"字体 {name}", name, name, VERIFIED)
        else:
            yield Figure(f"字体 {name}", name, why=f"本机没有这个字体，{_instead(name, printed)}")


def _instead(name: str, printed: set[str]) -> str:
    own = STANDS_IN.get(name, "")
    used = [face for face in sorted(printed) if own and face.startswith(own)] or sorted(printed)
    return f"用 {'、'.join(used)} 代替。{HONEST}"


def _names(asked: Counter) -> list[str]:
    return sorted({face for face, _ in asked if face})


def _unmeasured(asked: Counter, why: str) -> Iterator[Figure]:
    for name, wished in (
        ("每行字数", str(CHARACTERS)),
        ("每页行数", str(LINES)),
        ("版心宽", f"{WIDTH} 毫米"),
        ("页码", "单页居右，双页居左"),
    ):
        yield Figure(name, wished, why=why)
    for name in _names(asked):
        yield Figure(f"字体 {name}", name, why=why)


def _equal(name: str, measured: object, wished: object, why: str = "") -> Figure:
    verdict = VERIFIED if measured == wished else DIFFERS
    return Figure(name, str(wished), str(measured), verdict, why)


def _near(name: str, measured: float, wished: float) -> Figure:
    verdict = VERIFIED if abs(measured - wished) <= TOLERANCE else DIFFERS
    return Figure(name, f"{wished:g}±{TOLERANCE} 毫米", f"{measured:.1f} 毫米", verdict)
