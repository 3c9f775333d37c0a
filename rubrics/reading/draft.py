"""What stands of a table while its pieces come in. Plain, mutable; nothing here judges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from rubrics.reading.folding import bare, fold, number
from rubrics.reading.rules import STATED
from rubrics.reading.source import Note, Piece
from rubrics.reading.text import FULL, ITEM, TOTAL

LABELLED = re.compile(r"([^：:（]{1,20}(?:（[^）]*）[^：:]{0,12})?)[：:]")
WHOLE = re.compile(rf"（?{FULL.pattern}）?[。；]?")  # a remark that says nothing else
DATE = re.compile(r"(\S*(?:时间|日期))[：:]")


@dataclass
class DraftItem:
    """A numbered content and what stands beside it."""

    place: str
    label: str
    text: str
    worth: Decimal | None = None
    details: list[Piece] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)


@dataclass
class DraftSection:
    """项目 with its items and the methods beside it."""

    place: str
    text: str
    worth: Decimal | None = None
    items: list[DraftItem] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)


@dataclass
class DraftTable:
    """The table so far."""

    title: str = ""
    unit_label: str = ""
    date: str = ""
    total_label: str = ""
    total: Decimal | None = None
    total_place: str = ""
    section_label: str = ""
    heads: dict[str, str] = field(default_factory=dict)
    sections: list[DraftSection] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    remarks: list[Piece] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    groups: list[tuple[DraftItem, list[str], str]] = field(default_factory=list)
    last: str = ""

    @property
    def items(self) -> list[DraftItem]:
        return [item for section in self.sections for item in section.items]


def gather(pieces: Iterable[Piece]) -> DraftTable:
    """The pieces put where they belong; methods last, when it is known what they stand beside."""
    table = DraftTable()
    for piece in pieces:
        TAKE[piece.role](table, piece)
        table.last = piece.role
    _place_methods(table)
    return table


def _title(table: DraftTable, piece: Piece) -> None:
    table.title = re.sub(r"^\s*（[一二三四五六七八九十]+）\s*", "", piece.text)
    if not _total_in(table, piece) and (stated := STATED.search(fold(piece.text))):
        table.total, table.total_place = number(stated[1]), piece.place


def _head(table: DraftTable, piece: Piece) -> None:
    if piece.column == "section":
        table.section_label = piece.text
    elif piece.column:
        table.heads.setdefault(piece.column, piece.text)


def _section(table: DraftTable, piece: Piece) -> None:
    table.sections.append(DraftSection(piece.place, piece.text, piece.points))


def _content(table: DraftTable, piece: Piece) -> None:
    mark = ITEM.match(fold(piece.text))
    label = re.sub(r"\D", "", fold(mark[0])) if mark else ""
    text = piece.text[mark.end() :] if mark else piece.text
    if not table.sections:
        table.sections.append(DraftSection(piece.place, ""))
    table.sections[-1].items.append(DraftItem(piece.place, label, text.strip(), piece.points))


def _detail(table: DraftTable, piece: Piece) -> None:
    if not table.items or not table.sections[-1].items:
        _remark(table, piece)
        return
    table.sections[-1].items[-1].details.append(piece)


def _tail(table: DraftTable, piece: Piece) -> None:
    """（6分） on a line of its own belongs to what stands before it."""
    if not table.items:
        _remark(table, piece)
        return
    item = table.items[-1]
    if item.details:
        last = item.details[-1]
        item.details[-1] = Piece(last.role, last.place, last.text + piece.text, last.points)
    else:
        item.text += piece.text


def _method(table: DraftTable, piece: Piece) -> None:
    if not table.items:
        _remark(table, piece)
    elif table.groups and table.last == "method" and table.groups[-1][0] is table.items[-1]:
        table.groups[-1][1].append(piece.text)
    else:
        table.groups.append((table.items[-1], [piece.text], piece.scope))


def _total(table: DraftTable, piece: Piece) -> None:
    table.total_label = piece.text.strip()
    found = TOTAL.fullmatch(bare(piece.text))
    told = piece.points if piece.points is not None else found and found[1] and number(found[1])
    if told is not None:
        table.total, table.total_place = Decimal(told), piece.place
        table.total_label = re.split(r"[（(:：\d]", table.total_label)[0].strip()


def _remark(table: DraftTable, piece: Piece) -> None:
    labelled = LABELLED.match(piece.text)
    if not table.sections and labelled and not STATED.search(fold(piece.text)):
        table.unit_label = table.unit_label or labelled[1].strip()
        if date := DATE.search(piece.text[labelled.end() :]):
            table.date = date[1]
        return
    if not _total_in(table, piece) or not WHOLE.fullmatch(bare(piece.text)):
        table.remarks.append(piece)


def _total_in(table: DraftTable, piece: Piece) -> bool:
    """Whether the piece says the table's total, and is the first to do so."""
    found = FULL.search(bare(piece.text))
    if table.total is not None or not found:
        return False
    table.total, table.total_place = Decimal(found[1]), piece.place
    return True


TAKE = {
    "title": _title,
    "head": _head,
    "section": _section,
    "content": _content,
    "detail": _detail,
    "tail": _tail,
    "method": _method,
    "total": _total,
    "note": _remark,
}


def _place_methods(table: DraftTable) -> None:
    """Merged cells say what a text stands beside; pasted text shows it by where it comes."""
    counted = len(table.groups)
    home = {id(item): section for section in table.sections for item in section.items}
    for item, texts, scope in table.groups:
        section = home[id(item)]
        told = scope or _scope(table, item, section, counted)
        holder = {"table": table, "section": section, "item": item}[told]
        holder.methods.extend(texts)


def _scope(table: DraftTable, item: DraftItem, section: DraftSection, counted: int) -> str:
    if counted == len(table.items):
        return "item"
    if counted == 1:
        return "table"
    owners = {id(found) for found, _, _ in table.groups}
    inside = [one for one in section.items if id(one) in owners]
    return "section" if len(inside) == 1 else "item"
