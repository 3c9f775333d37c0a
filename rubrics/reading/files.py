"""Whatever was handed in, by its suffix, as a reading; hostile files are refused here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import PurePath
from typing import Any

from attachments.documents import check_document
from attachments.refusal import UnsafeFile
from rubrics.fixture import told
from rubrics.mismatches import mismatches
from rubrics.outline import read as outline_in
from rubrics.reading import carried, template, word
from rubrics.reading.build import build
from rubrics.reading.documents import Span, tables_in
from rubrics.reading.source import DROPPED, GUESSED, MOST_CHARS, BadSource, Note, Reading
from rubrics.reading.template import Filled
from rubrics.reading.text import pieces_of

LARGEST = 5 * 1024 * 1024
MOST_POINTS = 250
ACCEPTED = "可以传 .docx、.xlsx（系统模板）、.txt，以及系统导出的 .json 和空表 .pdf。"
FOREIGN_PDF = "这份 PDF 不是系统导出的空表，读不出表格。请传 Word（.docx），或把文字复制下来粘贴。"
NO_JSON = "这不是系统导出的评分表，或已被改坏。"
CHANGED_PDF = "这份 PDF 导出以后改过，不能照原来那一版导入。请传改过的 Word，或粘贴文字。"
CHANGED_WORD = "这份 Word 导出以后改过，没有用里面带的那一版，照现在的文字读的"


def read_files(name: str, data: bytes) -> list[Filled]:
    """Each table of an uploaded file; BadSource says why it cannot be taken."""
    if PurePath(name).suffix.lower() == ".txt" and len(data) <= LARGEST:
        return read_texts(_decoded(data))
    return [read_file(name, data)]


def read_file(name: str, data: bytes) -> Filled:
    """The reading of an uploaded file that holds one table; BadSource says why it has none."""
    if len(data) > LARGEST:
        raise BadSource(f"文件有 {len(data) / 1024 / 1024:.1f} MB，超过 5 MB。请只留评分表再传。")
    suffix = PurePath(name).suffix.lower()
    if suffix == ".xlsx":
        return _bounded(template.read(BytesIO(data), len(data)))
    if suffix == ".docx":
        return _bounded(_word(data))
    if suffix == ".pdf":
        return _bounded(_pdf(data))
    if suffix == ".json":
        return _bounded(_json(data))
    if suffix == ".txt":
        return read_text(_decoded(data))
    raise BadSource(
        f"不支持“{suffix or name[-10:]}”。{ACCEPTED}老的 .doc 请在 Word 里另存为 .docx。"
    )


def read_text(text: str) -> Filled:
    """The reading of pasted text that is one table."""
    pieces, lines, notes = pieces_of(text)
    return _bounded(Filled(build(pieces, lines, notes), ()))


def read_texts(text: str) -> list[Filled]:
    """Each table of pasted text, which may be a whole document."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = tables_in(lines) if len(text) <= MOST_CHARS else []
    return [_part(lines, span) for span in found] or [read_text(text)]


def _part(lines: Sequence[str], span: Span) -> Filled:
    """One table of a document; its lines keep the numbers they have there."""
    above = "\n" * span.start
    filled = read_text(above + "\n".join(lines[span.start : span.end]))
    said = f"文件共 {len(lines)} 行，只读了第 {span.start + 1} 至 {span.end} 行的这一张表"
    reading = filled.reading
    return replace(
        filled,
        reading=replace(
            reading,
            outline=replace(reading.outline, annex=span.annex),
            notes=(*reading.notes, Note(DROPPED, f"第{span.start + 1}行", said)),
        ),
    )


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSource("文字的编码认不出。请另存为 UTF-8 再传。")


def _word(data: bytes) -> Filled:
    """The version a blank form of ours carries, or the table as it stands."""
    pieces, lines, notes = word.pieces_in(BytesIO(data), len(data))
    try:
        told = carried.from_word(data)
    except carried.Changed:
        notes.append(Note(GUESSED, "", CHANGED_WORD))
        told = None
    return _told(told) if told else Filled(build(pieces, lines, notes), ())


def _pdf(data: bytes) -> Filled:
    try:
        check_document(data)
        told = carried.from_pdf(data)
    except UnsafeFile as refused:
        raise BadSource(str(refused)) from refused
    except carried.Changed as changed:
        raise BadSource(CHANGED_PDF) from changed
    if told is None:
        raise BadSource(FOREIGN_PDF)
    return _told(told)


def _json(data: bytes) -> Filled:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadSource(NO_JSON) from error
    return _told(content)


def _told(content: Any) -> Filled:
    """What a version says as data, checked as if a stranger had written it."""
    try:
        outline = outline_in(content)
        accepted = tuple(content.get("accepted_mismatches", ()))
        mismatches(outline)
        json.dumps(told(outline, accepted))
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ) as error:
        raise BadSource(NO_JSON) from error
    return Filled(Reading(outline, (), ()), accepted)


def _bounded(filled: Filled) -> Filled:
    count = sum(len(item.criteria) for item in filled.reading.outline.items)
    if count > MOST_POINTS:
        raise BadSource(f"读出 {count} 个得分点，最多 {MOST_POINTS} 个。请分成几张表导入。")
    return filled
