"""A 公文 as Word, laid out as GB/T 9704-2012 §7 has it; equal papers give equal bytes."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from reports.documents.official import FORM, ITEM, PART, POINT, TABLE, Annex, Block, Official
from reports.render.form_docx import QR_WIDTH, qr_png
from reports.render.official_styles import (
    EM,
    LOOKS,
    MM,
    RED,
    SMALL,
    WIDE,
    WIDTH,
    add_styles,
    lay_page,
)
from reports.render.shares import DAY, broken, centred, head_size, is_small, sender_indent, shares
from reports.render.word import (
    BODY,
    NAME,
    Table,
    at_foot,
    at_top,
    clean,
    field,
    finish,
    new_document,
    picture,
    underline,
    write,
)

STYLES = {PART: "一级标题", POINT: "二级标题", ITEM: "三级标题"}
HEAD_DOWN = 35  # mm from the 版心 to the 发文机关标志
RULE = 4  # mm from the 发文字号 to the red line
LABEL = 30  # mm, of the labels of a form
INK, TOLD = 6, 11  # characters of a line to sign on; points of who signed in the system
GAP, NUMBER_WIDTH = 3, 30  # mm, at the foot


def official_docx(paper: Official) -> bytes:
    """The paper as a Word file."""
    document = new_document(paper.name, looks={})
    add_styles(document, dense=paper.dense)
    document.settings.odd_and_even_pages_header_footer = True
    lay_page(document.sections[0])
    _feet(document.sections[0], paper, WIDTH)
    _above(document, paper)
    _blocks(document, paper.blocks, WIDTH)
    if paper.is_form:
        _form(document, paper)
    _below(document, paper)
    for label, annex in paper.enclosed:
        _annex(document, label, annex, paper)
    if paper.copies or paper.printed_by:
        _record(document, paper)
    return finish(document)


def _above(document: Any, paper: Official) -> None:
    """标志、字号、红线; then, two lines below it, the title and whom it is sent to."""
    from docx.shared import Mm, Pt

    if paper.head:
        head = write(document, paper.head, "发文机关标志")
        head.paragraph_format.space_before = Mm(HEAD_DOWN)
        head.runs[0].font.size = Pt(head_size(paper.head))
        write(document, "", "公文正文")
        _reference(document, paper)
        write(document, "", "公文正文")
        write(document, "", "公文正文")
    write(document, "\n".join(broken(paper.title)), "公文标题")
    if paper.note:
        write(document, paper.note, "标题附注")
    write(document, "", "公文正文")
    if paper.addressee:
        write(document, f"{paper.addressee}：", "主送机关")


def _reference(document: Any, paper: Official) -> None:
    """发文字号 in the middle; with a 签发人 both stand at the sides, a character in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Pt

    line = write(document, paper.reference, "发文字号")
    shape = line.paragraph_format
    if paper.signer:
        shape.first_line_indent = Pt(EM)
        shape.tab_stops.add_tab_stop(Pt(WIDTH * MM - EM), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run("\t签发人：")
        _face(line.add_run(paper.signer), NAME)
    else:
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
    underline(line, RED, RULE * MM)


def _blocks(document: Any, blocks: Iterable[Block], width: float) -> None:
    for block in blocks:
        if block.look == TABLE:
            document.paragraphs[-1].paragraph_format.keep_with_next = True
            _table(document, block, width)
        elif block.look != FORM:
            _paragraph(document, block)


def _paragraph(document: Any, block: Block) -> None:
    """Where the heading is the first sentence of it, the rest is in the face of the text."""
    at = write(document, block.lead or block.text, STYLES.get(block.look, "公文正文"))
    if block.lead and block.rest:
        at.paragraph_format.keep_with_next = False
        _face(at.add_run(clean(block.rest)), BODY)


def _table(document: Any, block: Block, width: float) -> None:
    """Ruled, its head on every page, no row cut."""
    rows = block.rows
    small = is_small(rows, width)
    head, left, middle = (
        ("表头小", "表中小字", "表中小字居中") if small else ("表头", "表中文字", "表中居中")
    )
    if block.text:
        write(document, block.text, "表题")
    room = width * MM / LOOKS[left].size
    table = Table(document, [share * width / 100 for share in shares(rows, room)])
    looks = [middle if is_middle else left for is_middle in centred(rows)]
    for number, row in enumerate(rows):
        cells = table.row(is_head=number == 0, is_whole=True)
        for cell, text, look in zip(cells, row, looks, strict=True):
            write(cell, text, look if number else head)
    write(document, "", "表后")


def _form(document: Any, paper: Official) -> None:
    """What and what of it, then the hands beside each other."""
    table = Table(document, (LABEL, WIDTH - LABEL))
    for row in (row for block in paper.blocks if block.look == FORM for row in block.rows):
        label, text = table.row(is_whole=True)
        write(label, row[0], "表头")
        write(text, row[1], "表中文字")
    write(document, "", "表后")
    hands = Table(document, [WIDTH / len(paper.hands)] * len(paper.hands))
    for cell, hand in zip(hands.row(height=40, is_whole=True), paper.hands, strict=True):
        write(cell, hand.role, "表头")
        opinion = f"意见：{'通过' if hand.name else ''}{'。' + hand.says if hand.says else ''}"
        write(cell, f"{opinion}\n{hand.name}\n{hand.at}\n\n签字（盖章）：", "表中文字")


def _below(document: Any, paper: Official) -> None:
    """附件说明 a line below the text, then the sender over the middle of the day."""
    from docx.shared import Pt

    if paper.annexes:
        write(document, "", "公文正文")
    for line in paper.annex_lines:
        at = write(document, line, "附件说明").paragraph_format
        at.left_indent, at.first_line_indent = Pt(6 * EM), Pt(-4 * EM)
    if paper.sender:
        write(document, "", "公文正文").paragraph_format.keep_with_next = True
        right = sender_indent(paper.sender, paper.day)
        for text, indent in ((paper.sender, right), (paper.day, DAY)):
            write(document, text, "落款").paragraph_format.right_indent = Pt(indent * EM)
    hands = () if paper.is_form else paper.hands
    if hands:
        write(document, "", "公文正文")
    for hand in hands:
        told = f"{hand.name}　{hand.at}" if hand.name else "　　　　年　　月　　日"
        at = write(document, f"{hand.role}（签字）：", "签署")
        at.add_run("　" * INK).underline = True
        at.add_run(clean(f"　{told}")).font.size = Pt(TOLD)


def _annex(document: Any, label: str, annex: Annex, paper: Official) -> None:
    """On a page of its own: the label, and two lines below it the title."""
    from docx.enum.section import WD_SECTION

    section = document.add_section(WD_SECTION.NEW_PAGE)
    lay_page(section, wide=annex.wide)
    _feet(section, paper, WIDE if annex.wide else WIDTH)
    write(document, label, "附件标号")
    write(document, "", "公文正文")
    write(document, "\n".join(broken(annex.name)), "公文标题")
    write(document, "", "公文正文")
    _blocks(document, annex.blocks, WIDE if annex.wide else WIDTH)


def _record(document: Any, paper: Official) -> None:
    """版记 at the foot of the last page: 抄送, then 印发机关 and 印发日期, between rules.

    LibreOffice before 7.6 leaves a table as wide as the text where it comes, above the foot.
    """
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt

    wide = bool(paper.enclosed) and paper.enclosed[-1][1].wide
    width = WIDE if wide else WIDTH
    table = Table(document, [width], ruled=False)
    if paper.copies:
        shape = write(table.row()[0], f"抄送：{paper.copies}。", "版记").paragraph_format
        shape.left_indent, shape.first_line_indent = Pt(4 * SMALL), Pt(-3 * SMALL)
        shape.right_indent = Pt(SMALL)
    if paper.printed_by:
        line = write(table.row()[0], f"{paper.printed_by}\t{paper.day}印发", "版记")
        shape = line.paragraph_format
        shape.first_line_indent = Pt(SMALL)
        shape.tab_stops.add_tab_stop(Pt(width * MM - SMALL), WD_TAB_ALIGNMENT.RIGHT)
    at_foot(table.table)
    write(document, "", "表后")


def _feet(section: Any, paper: Official, width: float) -> None:
    """The page's number outside, one character in; the code of the paper inside.

    Above, that the paper no longer stands, where it does not.
    """
    for header in (section.header, section.even_page_header) if paper.stamp.void else ():
        header.is_linked_to_previous = False
        header.paragraphs[0].text, header.paragraphs[0].style = paper.stamp.void, "作废"
    for footer, is_odd in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        after = footer.paragraphs[0]
        widths = (QR_WIDTH + GAP, width - QR_WIDTH - GAP - NUMBER_WIDTH, NUMBER_WIDTH)
        cells = Table(footer, widths if is_odd else widths[::-1], ruled=False).row()
        code, words, number = cells if is_odd else cells[::-1]
        _number(number, is_odd=is_odd)
        _code(code, words, paper, is_odd=is_odd)
        after.style = "表后"
        footer._element.append(after._p)


def _number(cell: Any, *, is_odd: bool) -> None:
    """— 1 —, as 7.5 has it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    at = write(at_top(cell), "— ", "页码")
    field(at, "PAGE")
    at.add_run(" —")
    shape = at.paragraph_format
    shape.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_odd else WD_ALIGN_PARAGRAPH.LEFT
    shape.left_indent = shape.right_indent = Pt(SMALL)


def _code(cell: Any, words: Any, paper: Official, *, is_odd: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    stamp = paper.stamp
    lines = [paper.about] if paper.about else []
    if stamp.code:
        picture(at_top(cell), qr_png(stamp.verify_url), QR_WIDTH, "核验二维码", "核验图")
        there = f"扫码，或在 {settings.SITE_URL}/verify/ 输入核验码"
        lines = [f"核验码 {stamp.code}", there, *lines]
    elif stamp.is_draft:
        lines = ["草稿，未印发，不作凭据", *lines]
    for line in lines:
        shape = write(at_top(words), line, "核验").paragraph_format
        if not is_odd:
            shape.alignment, shape.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Mm(GAP)


def _face(run: Any, font: str) -> None:
    """A run in another face than its paragraph's."""
    from docx.oxml.ns import qn

    run.font.name = font
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
