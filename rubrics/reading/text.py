"""Pasted text to pieces: lines that belong together, and the role each plays. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from rubrics.reading.folding import bare, clean, fold
from rubrics.reading.heads import role_of
from rubrics.reading.rules import STATED
from rubrics.reading.source import MOST_CHARS, MOST_LINES, BadSource, Line, Note, Piece

SECTION = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|第[一二三四五六七八九十]+(?:部分|章|类))"
)
ITEM = re.compile(r"\s*\d{1,3}\s*[.．、](?!\d)\s*")
SUB = re.compile(r"\s*(?:（\d{1,2}）|（[a-z]）|[①-⑳⑴-⒇]|\d{1,2}）)")
TOTAL = re.compile(r"(?:总得分|总分|合计|总计|得分合计|总评分)(?:[（：]*(\d+(?:\.\d+)?)分[）]?)?")
FULL = re.compile(r"(?:总分|满分|共计?|合计|总计)为?[：（]?(\d{2,4}(?:\.\d+)?)分")
METHOD = re.compile(
    r"(?:\d{1,2}[.、])?(?:听取?|查看|查阅|查验|核查|调阅|看|随机|现场|召开座谈|座谈|抽查|抽问|询问|走访|实地)"
)
REMARK = re.compile(r"[（(]?(?:满分|总分|说明|备注|注[：:])|.*[。；;]\s*$", re.DOTALL)
ENDED = re.compile(r"(?:[。！？]|分）[。；]?)$")
SHORT = 14


@dataclass(frozen=True)
class Para:
    """A paragraph: its first line, its text, and whether a cell of the table begins with it."""

    place: str
    text: str
    begins: bool = False
    apart: bool = False  # an empty line stands before it


def pieces_of(text: str) -> tuple[list[Piece], list[Line], list[Note]]:
    """The pieces of pasted text, its lines as the page shows them, and what was taken out."""
    if len(text) > MOST_CHARS or text.count("\n") > MOST_LINES:
        raise BadSource(f"文字太多：最多 {MOST_LINES:,} 行、{MOST_CHARS:,} 字，请分成几份粘贴。")
    paras, notes = [], []
    for para in _paragraphs(text):
        kept, dropped = clean(para.text)
        notes += [Note("dropped", para.place, f"转换留下的“{word}”") for word in dropped]
        if kept.strip():
            paras.append(replace(para, text=kept.strip()))
    if not paras:
        raise BadSource("没有文字。请粘贴评分表的全文。")
    return list(pieces(paras)), [Line(p.place, p.text) for p in paras], notes


def _paragraphs(text: str) -> Iterator[Para]:
    """Lines that a converter broke are joined again; an empty line or a mark begins anew."""
    current: Para | None = None
    apart, titled = True, False
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        for place, cell in enumerate(_cells(line)):
            begins = place > 0 or line.startswith("\t")
            if not cell.strip():
                apart = apart or place == 0
                continue
            headline = not titled and current and not ITEM.match(fold(current.text))
            if current and not (begins or apart or headline) and _goes_on(current.text, cell):
                current = replace(current, text=_joined(current.text, cell))
            else:
                if current:
                    titled = True
                    yield current
                current = Para(f"第{number}行", cell.strip(), begins, apart)
            apart = False
    if current:
        yield current


def _cells(line: str) -> list[str]:
    return line.strip("\t").split("\t") if line.strip() else [line]


def _goes_on(before: str, line: str) -> bool:
    folded = fold(line)
    if any(mark.match(folded) for mark in (SECTION, ITEM, SUB)) or role_of(before) or role_of(line):
        return bool(re.search(r"[（【]$", before)) and not ITEM.match(folded)
    if TOTAL.match(bare(line)):
        return False
    if ENDED.search(fold(before).rstrip()):
        return bool(STATED.fullmatch(folded.strip()) or folded.strip().startswith("（扣满"))
    return not _short(before)


def _short(text: str) -> bool:
    return len(bare(text)) <= SHORT and not re.search(r"[。；，,;]", text) and not ITEM.match(text)


def _joined(before: str, line: str) -> str:
    """A break between letters or digits of a Latin word is a space; between others nothing."""
    gap = " " if before[-1:].isascii() and line[:1].isascii() and line[:1].isalpha() else ""
    return before.rstrip() + gap + line.strip()


def pieces(paras: list[Para]) -> Iterator[Piece]:
    """Each paragraph with its role; what has none is a note."""
    reader = _Reader()
    ahead = [*(after for _, after in pairwise(paras)), None]
    for para, after in zip(paras, ahead, strict=True):
        yield from reader.take(para, after)
    yield from reader.rest()


class _Reader:
    """Where in the table we are: before its heads, in a section's name, in an item."""

    def __init__(self) -> None:
        self.titled = self.has_method = self.inside = False
        self.name: list[Para] = []  # a section's name, piece by piece
        self.last = ""
        self.ended = False

    def take(self, para: Para, after: Para | None) -> Iterator[Piece]:
        folded, word = fold(para.text), bare(para.text)
        if self.name and not self._begins(folded) and not role_of(word) and self._named(para):
            self.name.append(para)
            return
        yield from self.rest()
        if TOTAL.fullmatch(word):
            self.ended = True
            yield Piece("total", para.place, para.text)
        elif not self.inside and (role := role_of(word)):
            self.has_method |= role == "method"
            yield Piece("head", para.place, para.text, column=role)
        elif self._is_section(para, folded, after):
            self.name.append(para)
        else:
            yield self._piece(para, folded)

    def _piece(self, para: Para, folded: str) -> Piece:
        if not self.titled and not ITEM.match(folded) and not REMARK.match(folded):
            self.titled = True
            return Piece("title", para.place, para.text)
        role = self._role(para, folded)
        self.inside |= role == "content"
        self.last = role if role in ("content", "detail", "method") else self.last
        return Piece(role, para.place, para.text)

    def _role(self, para: Para, folded: str) -> str:
        if self.inside and self._is_method(para, folded):
            return "method"
        if ITEM.match(folded):
            return "content"
        if not self.inside or self.ended:
            return "note"
        if STATED.fullmatch(folded.strip()):
            return "tail"
        return "detail"

    def _is_method(self, para: Para, folded: str) -> bool:
        if not self.has_method or STATED.search(folded) or not METHOD.match(bare(para.text)):
            return False
        return para.begins or self.last == "method" or not ITEM.match(folded)

    def _begins(self, folded: str) -> bool:
        return bool(ITEM.match(folded) or SECTION.match(folded))

    def _named(self, para: Para) -> bool:
        return len(bare(para.text)) <= SHORT and not re.search(r"[。；]", para.text)

    def _is_section(self, para: Para, folded: str, after: Para | None) -> bool:
        if self.ended or (not self.titled and not self.inside):
            return False
        if SECTION.match(folded):
            return True
        if self.inside and self._is_method(para, folded):
            return False
        short = _short(para.text) and not SUB.match(folded) and not folded.rstrip().endswith("：")
        if not short or STATED.fullmatch(folded.strip()) or after is None:
            return False
        return bool(ITEM.match(fold(after.text))) or (_short(after.text) and para.begins)

    def rest(self) -> Iterator[Piece]:
        """The section whose name is complete."""
        if self.name:
            text = "".join("".join(p.text.split()) for p in self.name)
            place, self.name, self.last = self.name[0].place, [], ""
            self.inside = True
            yield Piece("section", place, text)
