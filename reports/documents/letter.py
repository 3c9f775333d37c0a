"""Letters about a hazard, in the form of 公文: what stands on them, in plain data.

整改通知书、停止作业建议书、挂牌督办通知书、销号通知 are running text; 验收单 is a table with two
hands below. Each is the one context of its page, PDF and Word, frozen when it is issued.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.documents.official import FORM, PART, TEXT, Block, Hand, Official
from reports.documents.paper import Stamp

HEADING = "heading"


@dataclass(frozen=True)
class Line:
    """A paragraph: a heading (一、…) or text."""

    look: str
    text: str


@dataclass(frozen=True)
class Row:
    """A line of a table: what, and what of it."""

    label: str
    text: str


@dataclass(frozen=True)
class Letter:
    """One letter; ``head`` is the red name above it, which only a 发文字号 comes with."""

    title: str
    unit: str
    sender: str
    day: str
    number: str  # 隐患编号
    addressee: str = ""
    reference: str = ""  # 发文字号
    signer: str = ""  # 签发人
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    hands: tuple[Hand, ...] = ()
    copies: str = ""  # 抄送
    stamp: Stamp = Stamp()

    @property
    def name(self) -> str:
        """What a file of it is called."""
        return f"{self.title}-{self.number}"

    @property
    def official(self) -> Official:
        """The letter as 公文: red name and 发文字号 come together, else its number is below."""
        return Official(
            title=self.title,
            sender=self.sender,
            day=self.day,
            head=self.sender if self.reference else "",
            reference=self.reference,
            signer=self.signer,
            note="" if self.reference else f"隐患编号　{self.number}",
            addressee=self.addressee,
            blocks=(*map(_block, self.lines), *_form(self.rows)),
            hands=self.hands,
            copies=self.copies,
            dense=not self.reference,
            about=f"{self.unit}　{self.number}",
            stamp=self.stamp,
        )


def _block(line: Line) -> Block:
    return Block(PART if line.look == HEADING else TEXT, line.text)


def _form(rows: tuple[Row, ...]) -> tuple[Block, ...]:
    return (Block(FORM, rows=tuple((row.label, row.text) for row in rows)),) if rows else ()
