"""A letter about a hazard as Word, in the measures of GB/T 9704 with the faces offices have."""

from typing import Any

from django.conf import settings

from reports.documents.letter import HEADING, Letter
from reports.render.form_docx import QR_WIDTH, qr_png
from reports.render.word import (
    BODY,
    HEAD,
    NAME,
    TITLE,
    Table,
    field,
    finish,
    new_document,
    picture,
    write,
)

TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28  # mm: 天头, 订口; 版心 156×225
WIDTH = 156
PITCH = 28.9  # points, 22 lines a page
INDENT = 32
# name → font, points, alignment, first line
LOOKS = {
    "发文机关": (TITLE, 32, "CENTER", 0),
    "发文字号": (BODY, 16, "LEFT", 0),
    "公文标题": (TITLE, 22, "CENTER", 0),
    "编号": (BODY, 14, "CENTER", 0),
    "主送": (BODY, 16, "LEFT", 0),
    "层次": (HEAD, 16, "LEFT", INDENT),
    "正文": (BODY, 16, "JUSTIFY", INDENT),
    "落款": (BODY, 16, "RIGHT", 0),
    "签署": (NAME, 14, "LEFT", 0),
    "抄送": (BODY, 14, "LEFT", 0),
}


def letter_docx(letter: Letter) -> bytes:
    """The letter as a Word file; equal letters give equal bytes."""
    document = new_document(letter.name)
    _page(document.sections[0])
    for name, look in LOOKS.items():
        _style(document, name, *look)
    _foot(document.sections[0], letter)
    _top(document, letter)
    for line in letter.lines:
        write(document, line.text, "层次" if line.look == HEADING else "正文")
    if letter.rows:
        _rows(document, letter)
    else:
        _signs(document, letter)
    write(document, f"{letter.sender}　　\n{letter.day}　　", "落款")
    if letter.copies:
        write(document, f"抄送：{letter.copies}。", "抄送")
    return finish(document)


def _page(section: Any) -> None:
    from docx.shared import Mm

    section.top_margin, section.right_margin = Mm(TOP), Mm(RIGHT)
    section.bottom_margin, section.left_margin = Mm(BOTTOM), Mm(LEFT)
    section.footer_distance = Mm(10)


def _style(document: Any, name: str, font: str, size: float, align: str, indent: float) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name, style.font.size = font, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    shape = style.paragraph_format
    shape.alignment, shape.first_line_indent = WD_ALIGN_PARAGRAPH[align], Pt(indent)
    shape.line_spacing = Pt(max(PITCH, 1.25 * size))
    shape.space_before = shape.space_after = Pt(0)


def _top(document: Any, letter: Letter) -> None:
    if letter.head:
        write(document, letter.head, "发文机关")
        signer = f"　　　签发人：{letter.signer}" if letter.signer else ""
        write(document, letter.reference + signer, "发文字号")
        write(document, "", "正文")
    write(document, letter.title, "公文标题")
    if not letter.head:
        write(document, f"隐患编号　{letter.number}", "编号")
    if letter.addressee:
        write(document, f"{letter.addressee}：", "主送")


def _rows(document: Any, letter: Letter) -> None:
    """验收单: what and what of it, then two hands beside each other."""
    table = Table(document, (30, WIDTH - 30))
    for row in letter.rows:
        label, text = table.row(is_whole=True)
        write(label, row.label, "表头大")
        write(text, row.text, "记录文字")
    write(document, "", "表后")
    hands = Table(document, [WIDTH / len(letter.hands)] * len(letter.hands))
    for cell, hand in zip(hands.row(height=40, is_whole=True), letter.hands, strict=True):
        write(cell, hand.role, "表头大")
        opinion = f"意见：{'通过' if hand.name else ''}{'。' + hand.says if hand.says else ''}"
        write(cell, f"{opinion}\n{hand.name}\n{hand.at}\n\n签字（盖章）：", "记录文字")


def _signs(document: Any, letter: Letter) -> None:
    write(document, "", "签署")
    for hand in letter.hands:
        told = f"{hand.name}　{hand.at}" if hand.name else "　　　　年　　月　　日"
        write(document, f"{hand.role}（签字）：＿＿＿＿＿＿＿＿　{told}", "签署")
    write(document, "", "签署")


def _foot(section: Any, letter: Letter) -> None:
    """The code and its picture on each page, and the page's number as — 1 —."""
    footer = section.footer
    footer.is_linked_to_previous = False
    after = footer.paragraphs[0]
    left, words, right = Table(footer, (21, WIDTH - 51, 30), ruled=False).row()
    write(words, f"核验码 {letter.stamp.code}", "核验")
    write(words, f"扫码，或在 {settings.SITE_URL}/verify/ 输入核验码", "核验")
    write(words, f"{letter.unit}　{letter.number}", "核验")
    picture(left, qr_png(letter.stamp.verify_url), QR_WIDTH, "核验二维码", "核验")
    number = write(right, "— ", "页码")
    field(number, "PAGE")
    number.add_run(" —")
    after.style = "表后"
    footer._element.append(after._p)
