"""A 公文 in plain data: what stands on it, for its page, its Word and its PDF.

Levels of numbering and their faces are those of GB/T 9704-2012 7.3.3: 一、黑体，（一）楷体，
1. and （1）仿宋.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.documents.paper import Stamp

PART, POINT, ITEM, TEXT, TABLE, FORM = "part", "point", "item", "text", "table", "form"
LEVELS = (
    (PART, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (POINT, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
    (ITEM, re.compile(r"\d{1,2}(?:[.．](?!\d)|、)|[（(]\d{1,2}[）)]")),
)
HEADED = frozenset({PART, POINT})
RULE = re.compile(r"[|\s:-]+")  # |---|---| below the head, as some editors write it


@dataclass(frozen=True)
class Block:
    """A paragraph, a table or a form.

    A table's ``text`` is its caption, its first row the head; the rows of a form are what, and
    what of it, and the hands stand in it.
    """

    look: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def lead(self) -> str:
        """The heading: of a numbered paragraph that runs on, its first sentence."""
        if self.look not in HEADED:
            return ""
        first, full_stop, _ = self.text.partition("。")
        return first + full_stop

    @property
    def rest(self) -> str:
        """What runs on behind the heading, in the face of the text."""
        return self.text.removeprefix(self.lead)


@dataclass(frozen=True)
class Hand:
    """A place to sign: for whom, what they said, and who signed in the system, if anybody did."""

    role: str
    name: str = ""
    at: str = ""
    says: str = ""

    @property
    def parts(self) -> list[str]:
        """Whose unit and who, each to stand whole on a line where there is room."""
        return self.name.rsplit(" ", 1)


@dataclass(frozen=True)
class Annex:
    """An 附件: named below the text; with ``blocks`` it follows on pages of its own.

    A ``wide`` one lies on its side.
    """

    name: str
    blocks: tuple[Block, ...] = ()
    wide: bool = False


@dataclass(frozen=True)
class Official:
    """One 公文. What is empty is left out; ``title`` may say by line breaks where it is broken."""

    title: str
    sender: str = ""  # 发文机关署名
    day: str = ""  # 成文日期
    head: str = ""  # 发文机关标志, red, with a line below
    reference: str = ""  # 发文字号
    signer: str = ""  # 签发人
    note: str = ""  # a line below the title, such as a number, or （征求意见稿）
    addressee: str = ""  # 主送机关
    blocks: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = ()
    hands: tuple[Hand, ...] = ()  # who signs below the date
    copies: str = ""  # 抄送机关
    printed_by: str = ""  # 印发机关
    dense: bool = False  # lines closer than the standard's, for a notice to hand over
    about: str = ""  # beside the code at the foot: of what it is
    stamp: Stamp = Stamp()

    @property
    def name(self) -> str:
        """What a file of it is called."""
        return "".join(self.title.split("\n"))

    @property
    def is_form(self) -> bool:
        return any(block.look == FORM for block in self.blocks)

    @property
    def annex_lines(self) -> tuple[str, ...]:
        """附件说明: 附件：名称, or 附件：1. 名称 and so on (GB/T 9704-2012 7.3.4)."""
        names = [annex.name for annex in self.annexes]
        if len(names) < 2:
            return tuple(f"附件：{name}" for name in names)
        numbered = [f"{number}. {name}" for number, name in enumerate(names, start=1)]
        return (f"附件：{numbered[0]}", *(f"　　　{line}" for line in numbered[1:]))

    @property
    def enclosed(self) -> tuple[tuple[str, Annex], ...]:
        """The annexes that follow, each with the label at its head: 附件, or 附件1."""
        count = len(self.annexes)
        labels = [f"附件{n if count > 1 else ''}" for n in range(1, count + 1)]
        pairs = zip(labels, self.annexes, strict=True)
        return tuple((label, annex) for label, annex in pairs if annex.blocks)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Typed text as blocks: a line is a paragraph, its numbering says its look.

    Lines that begin with | are the rows of a table.
    """
    return tuple(_blocks(text.splitlines()))


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in (line.strip() for line in lines):
        if line.startswith(("|", "｜")):
            rows += [] if RULE.fullmatch(line) else [_cells(line)]
            continue
        yield from _table(rows)
        rows = []
        if line:
            yield Block(look_of(line), line)
    yield from _table(rows)


def look_of(line: str) -> str:
    """The look that the numbering of a paragraph calls for."""
    return next((look for look, number in LEVELS if number.match(line)), TEXT)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in re.split(r"[|｜]", line.strip("|｜")))


def _table(rows: list[tuple[str, ...]]) -> Iterator[Block]:
    """The rows as one table, each as long as the longest."""
    if rows:
        width = max(len(row) for row in rows)
        yield Block(TABLE, rows=tuple((*row, *[""] * (width - len(row))) for row in rows))
