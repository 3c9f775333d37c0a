"""Issued tables built again as Word files, with the cells merged as they were printed."""

import io
from pathlib import Path

from docx import Document

from rubrics.outline import Outline
from rubrics.reading.build import build
from rubrics.reading.source import Reading
from rubrics.reading.text import pieces_of
from rubrics.reading.word import pieces_in

SOURCE = Path(__file__).parent.parent / "source"


def read_text(text: str) -> Reading:
    pieces, lines, notes = pieces_of(text)
    return build(pieces, lines, notes)


def read_word(data: bytes) -> Reading:
    pieces, lines, notes = pieces_in(io.BytesIO(data), len(data))
    return build(pieces, lines, notes)


def word(heads, rows, *, title="示例评分表", above=(), merges=()) -> bytes:
    """A document with one table; ``merges`` are (column, first row, last row) below the heads."""
    document = Document()
    for text in (title, *above):
        document.add_paragraph(text)
    table = document.add_table(rows=len(rows) + 1, cols=len(heads))
    for n, row in enumerate([heads, *rows]):
        for column, text in enumerate(row):
            cell = table.cell(n, column)
            first, *others = text.split("\n")
            cell.text = first
            for other in others:
                cell.add_paragraph(other)
    for column, first, last in merges:
        table.cell(first + 1, column).merge(table.cell(last + 1, column))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def scores_in_word(table: Outline) -> bytes:
    """附件1 and 附件2: 项目 merged over its items, 督导方法 over all of them."""
    rows, merges = [], [(3, 0, len(table.items) - 1)]
    for section in table.sections:
        merges.append((0, len(rows), len(rows) + len(section.items) - 1))
        for item in section.items:
            name = section.name if item is section.items[0] else ""
            rows.append([name, item.text, "", "" if rows else "\n".join(table.methods)])
    rows.append(["总 得 分", "", "", ""])
    heads = [table.section_label, "督导内容", "得分", "督导方法"]
    return word(heads, rows, title=table.title, above=[f"{table.unit_label}："], merges=merges)


def details_in_word(table: Outline) -> bytes:
    """石狮: 项目 and 督导帮扶内容 merged over the rows of their points."""
    rows, merges = [], []
    for section in table.sections:
        begin, name = len(rows), f"{section.name}\n（{section.points}分）"
        for item in section.items:
            first, text = len(rows), item.text
            for c in item.criteria:
                rows.append([name, text, c.text, "", ""])
                name = text = ""
            merges.append((1, first, len(rows) - 1))
        merges.append((0, begin, len(rows) - 1))
    rows.append([table.heads["total"], "", "", "", ""])
    names = ("item", "detail", "reason", "score")
    heads = [table.section_label, *(table.heads[name] for name in names)]
    dated = (
        f"{table.unit_label}：      {table.heads['date']}：年月日" if "date" in table.heads else ""
    )
    return word(heads, rows, title=table.title, above=[dated] if dated else [], merges=merges)


def checklist_in_word(table: Outline) -> bytes:
    """省医务工会: a section's items in one cell where its methods are; else one row each."""
    rows, merges = [], []
    for section in table.sections:
        if section.methods:
            texts = "\n".join(item.text for item in section.items)
            rows.append([section.name, texts, "\n".join(section.methods), ""])
            continue
        merges.append((0, len(rows), len(rows) + len(section.items) - 1))
        for item in section.items:
            name = section.name if item is section.items[0] else ""
            rows.append([name, item.text, "\n".join(item.methods), ""])
    heads = [table.section_label, *(table.heads[name] for name in ("item", "method", "verdict"))]
    return word(heads, rows, title=table.title, merges=merges)


def questions_in_word(table: Outline) -> bytes:
    """高青: paragraphs, no table."""
    document = Document()
    document.add_paragraph(table.title)
    for item in table.items:
        document.add_paragraph(item.text + "".join(c.text for c in item.criteria))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


IN_WORD = {
    "scores": scores_in_word,
    "details": details_in_word,
    "checklist": checklist_in_word,
    "questions": questions_in_word,
}
