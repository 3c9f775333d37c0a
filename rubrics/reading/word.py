"""A Word file as issued to pieces: merged cells say what belongs together. Pure.

The file is inspected before anything parses it: size, what it unpacks to, macros, entities.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import IO, Any

from docx import Document
from docx.oxml.ns import qn

from orgs.importing.workbook import WORD, BadWorkbook, Limits, inspect
from rubrics.reading.folding import bare, clean, fold
from rubrics.reading.heads import column_of
from rubrics.reading.source import DROPPED, GUESSED, QUESTION, BadSource, Line, Note, Piece
from rubrics.reading.text import ENDED, ITEM, REMARK, SUB, TOTAL, Para, pieces

LIMITS = Limits(megabytes=5, unpacked_megabytes=30, rows=1000, columns=40)
MOST_ROWS, MOST_PARAS, WIDEST = 1000, 3000, 40


@dataclass
class Cell:
    """A cell once, however many rows it is merged over."""

    place: str
    column: int
    texts: list[str]
    rows: int = 1


@dataclass
class Grid:
    """The table's rows of cells that begin in them."""

    rows: list[list[Cell]] = field(default_factory=list)

    def columns(self) -> tuple[int, dict[int, str], dict[str, str]]:
        """Where the heads stand, the role of each column, and the words of each role."""
        for number, row in enumerate(self.rows[:10]):
            found = {cell.column: column_of(_all(cell)) for cell in row}
            if sum(bool(role) for role in found.values()) >= 2:
                words = {role: _all(c) for c in row if (role := found[c.column])}
                return number, found, words
        return -1, {}, {}

    def continues(self, other: Grid) -> bool:
        """Whether this is the next page of the other: the same heads again, or none at all."""
        at, roles, _ = self.columns()
        if roles:
            return at == 0 and roles == other.columns()[1]
        return bool(self.rows) and self._widest() == other._widest()

    def _widest(self) -> int:
        return max((cell.column for row in self.rows for cell in row), default=0)


def pieces_in(file: IO[bytes], size: int) -> tuple[list[Piece], list[Line], list[Note]]:
    """The pieces of the first table with known heads; without one, of the paragraphs."""
    try:
        inspect(file, size, LIMITS, WORD)
    except BadWorkbook as refused:
        raise BadSource(str(refused)) from refused
    file.seek(0)
    try:
        body = Document(file).element.body
        before, grids = _body(body)
    except BadSource:
        raise
    except Exception as error:  # a parser raises whatever a broken file makes it raise
        raise BadSource(
            "读不懂这个 Word 文件，可能已损坏。请在 Word 里另存为 .docx 再传。"
        ) from error
    reader = _Reader()
    reader.read(before, grids)
    return reader.pieces, reader.lines, reader.notes


def _body(body: Any) -> tuple[list[Para], list[Grid]]:
    paras: list[Para] = []
    grids: list[Grid] = []
    for child in body.iterchildren():
        if child.tag == qn("w:p") and (text := _text(child)):
            paras.append(Para(f"第{len(paras) + 1}段", text, apart=True))
        elif child.tag == qn("w:tbl"):
            grids.append(_grid(child, len(grids) + 1))
        if len(paras) > MOST_PARAS:
            raise BadSource(f"文件超过 {MOST_PARAS:,} 段，请只留评分表再传。")
    return paras, grids


def _grid(table: Any, number: int) -> Grid:
    grid, above = Grid(), {}
    rows = table.findall(qn("w:tr"))
    if len(rows) > MOST_ROWS:
        raise BadSource(f"第{number}张表超过 {MOST_ROWS:,} 行，请分成几份导入。")
    for line, row in enumerate(rows, 1):
        grid.rows.append(list(_row(row, number, line, above)))
    return grid


def _row(row: Any, number: int, line: int, above: dict[int, Cell]) -> Iterator[Cell]:
    column = _skipped(row)
    for place, found in enumerate(row.iter(qn("w:tc")), 1):
        if found.getparent().getparent() is not row and found.getparent() is not row:
            continue  # a cell of a table inside a cell
        if column > WIDEST:
            raise BadSource(f"第{number}张表第{line}行超过 {WIDEST} 列，已拒收。")
        span, goes_on = _merged(found)
        if goes_on and column in above:
            above[column].rows += 1
        else:
            where = f"表{number}第{line}行第{place}格"
            texts = [text for p in found.iter(qn("w:p")) if (text := _text(p))]
            above[column] = Cell(where, column, texts)
            yield above[column]
        column += span


def _skipped(row: Any) -> int:
    found = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return _int(found) if found is not None else 0


def _merged(cell: Any) -> tuple[int, bool]:
    """Over how many columns, and whether it goes on from the cell above."""
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    down = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    goes_on = down is not None and down.get(qn("w:val"), "continue") == "continue"
    return (_int(span) if span is not None else 1), goes_on


def _int(element: Any) -> int:
    text = element.get(qn("w:val"), "1")
    return min(int(text), WIDEST + 1) if text.isdecimal() and len(text) < 5 else 1


def _text(paragraph: Any) -> str:
    parts = []
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        parts.append(node.text or "" if node.tag == qn("w:t") else " ")
    return "".join(parts).strip()


def _all(cell: Cell) -> str:
    return "".join(cell.texts)


class _Reader:
    """The table with known heads, cell by cell; the rest is told."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.lines: list[Line] = []
        self.notes: list[Note] = []
        self.last: dict[str, str] = {}
        self.height = self.together = 1  # rows and contents of the last cell of contents
        self.asks = False  # whether each row is answered 是 or 否
        self.body = 0  # rows below the heads, on all pages
        self.numbered = False  # whether the contents so far begin with numbers

    def read(self, before: list[Para], grids: list[Grid]) -> None:
        chosen = next((g for g in grids if g.columns()[1]), None)
        if chosen is None and grids:
            said = "表格的栏名认不出，已按文字读；栏名应有“项目”“内容”等"
            self.notes.append(Note(QUESTION, "", said))
            before = [*before, *_flattened(grids)]
        paras = [Para(p.place, self._clean(p.place, p.text), p.begins, True) for p in before]
        self.lines += [Line(p.place, p.text) for p in paras if p.text]
        if chosen is None:
            self.pieces += pieces([p for p in paras if p.text])
            return
        self.pieces += _above(paras)
        self._tables(grids, chosen)

    def _tables(self, grids: list[Grid], chosen: Grid) -> None:
        """The chosen table with the pages that go on from it; the others are told."""
        begin = grids.index(chosen)
        pages = [chosen]
        for grid in grids[begin + 1 :]:
            if not grid.continues(chosen):
                break
            pages.append(grid)
        self.body = sum(len(page.rows) for page in pages) - chosen.columns()[0] - 1
        self._table(chosen)
        for number, grid in enumerate(grids):
            if number == begin:
                continue
            place = f"表{number + 1}"
            if begin < number < begin + len(pages):
                said = f"第{number + 1}张表接在第{number}张后面读，当作同一张表的下一页"
                self.notes.append(Note(GUESSED, place, said))
                self._page(grid, chosen)
            else:
                said = f"第{number + 1}张表没有读，要导入请单独传"
                self.notes.append(Note(QUESTION, place, said))

    def _table(self, grid: Grid) -> None:
        at, roles, words = grid.columns()
        for row in grid.rows[:at]:
            for cell in row:
                self._told(cell)
                self.pieces += [Piece("note", cell.place, text) for text in cell.texts]
        self.asks = "verdict" in words
        for role, text in words.items():
            self.pieces.append(Piece("head", f"表头“{text}”", text, column=role))
        for row in grid.rows[at + 1 :]:
            if not _repeats(row, roles, words):
                self._row(row, roles)

    def _page(self, grid: Grid, first: Grid) -> None:
        """The next page, under the heads of the first."""
        _, roles, words = first.columns()
        for row in grid.rows:
            if not _repeats(row, roles, words):
                self._row(row, roles)

    def _row(self, row: list[Cell], roles: dict[int, str]) -> None:
        if any(TOTAL.fullmatch(bare(_all(cell))) for cell in row):
            self._total(row, roles)
            return
        said = {roles.get(cell.column, ""): cell for cell in row if cell.texts}
        worth = self._worth(said.get("worth"))
        label = _label(said.get("number"), said.get("content"))
        on_item = worth if "detail" not in said else None
        for cell in row:
            if not cell.texts:
                continue
            self._told(cell)
            role = roles.get(cell.column, "")
            merged = said.get("worth")
            whole = merged is not None and merged.rows >= cell.rows
            if role == "content" and label and not ITEM.match(fold(cell.texts[0])):
                cell.texts[0] = f"{label}.{cell.texts[0]}"
            self._cell(cell, role, on_item if whole else None, worth)

    def _cell(self, cell: Cell, role: str, on_item: Any, worth: Any) -> None:
        texts = [self._clean(cell.place, text) for text in cell.texts]
        if role == "section":
            self._section(cell, "".join("".join(text.split()) for text in texts))
        elif role == "content":
            self._content(cell, texts, on_item)
        elif role == "detail":
            self._detail(cell, texts, worth)
        elif role == "method":
            scope = self._beside(cell)
            self.pieces += [Piece("method", cell.place, text, scope=scope) for text in texts]
        elif role not in ("worth", "number", "score"):
            self.pieces += [Piece("note", cell.place, text) for text in texts]

    def _beside(self, cell: Cell) -> str:
        """What a merged cell of methods stands beside."""
        if cell.rows >= self.body - 1 and self.body > 2:
            return "table"
        return "section" if cell.rows > self.height or self.together > 1 else "item"

    def _section(self, cell: Cell, name: str) -> None:
        """A name that is written again in each row, not merged, is the same section."""
        if self.last.get("section") != name:
            self.last["section"] = name
            self.pieces.append(Piece("section", cell.place, name))

    def _content(self, cell: Cell, texts: list[str], worth: Any) -> None:
        """A cell may hold several numbered contents; what has no number goes with its last."""
        groups: list[list[str]] = []
        for text in texts:
            if groups and not ITEM.match(fold(text)):
                groups[-1].append(text)
            else:
                groups.append([text])
        told = worth if len(groups) == 1 else None
        if worth is None and self._goes_on(cell, texts):
            return
        self.height, self.together = cell.rows, len(groups)
        self.numbered = self.numbered or bool(ITEM.match(fold(texts[0])))
        for group in groups:
            self.pieces.append(Piece("content", cell.place, "".join(group), told))

    def _goes_on(self, cell: Cell, texts: list[str]) -> bool:
        """A row that a page cut in two: its sentence goes on where the last one broke off."""
        before = next((n for n, p in enumerate(reversed(self.pieces), 1) if p.role == "content"), 0)
        if not before or not self.numbered or ITEM.match(fold(texts[0])):
            return False
        last = self.pieces[-before]
        if ENDED.search(fold(last.text).rstrip()):
            said = "这一格没有序号，当作单独的一项"
            self.notes.append(Note(QUESTION, cell.place, said))
            return False
        said = f"这一格没有序号，接在上一行“……{last.text[-8:]}”后面读"
        self.notes.append(Note(GUESSED, cell.place, said))
        self.pieces[-before] = replace(last, text=last.text + "".join(texts))
        return True

    def _detail(self, cell: Cell, texts: list[str], worth: Any) -> None:
        if worth is None and not SUB.match(fold(texts[0])) and self._broke_off():
            said = f"这一格接在上一行“……{self.pieces[-1].text[-8:]}”后面读"
            self.notes.append(Note(GUESSED, cell.place, said))
            joined = self.pieces[-1].text + texts[0]
            self.pieces[-1] = replace(self.pieces[-1], text=joined)
            texts = texts[1:]
        told = worth if len(texts) == 1 else None
        self.pieces += [Piece("detail", cell.place, text, told) for text in texts]
        if worth is not None and told is None:
            said = f"分值栏的分数对着几条细则，没有分到每一条：{worth}"
            self.notes.append(Note(QUESTION, cell.place, said))

    def _broke_off(self) -> bool:
        """Whether the last piece is a detail that a page cut in the middle of a sentence."""
        last = self.pieces[-1]
        if self.asks:
            return False  # one sentence may hold several questions
        return last.role == "detail" and fold(last.text).rstrip()[-1:] in "，、；（"

    def _worth(self, cell: Cell | None) -> Any:
        if cell is None:
            return None
        text = fold(bare(_all(cell))).removesuffix("分").strip("（）")
        found = TOTAL.fullmatch(f"总分{text}分")
        if not found or not found[1]:
            said = f"分值栏“{_all(cell)}”不是一个数"
            self.notes.append(Note(QUESTION, cell.place, said))
            return None
        return Decimal(found[1])

    def _total(self, row: list[Cell], roles: dict[int, str]) -> None:
        worth = None
        for cell in row:
            if roles.get(cell.column) == "worth" and cell.texts:
                worth = self._worth(cell)
        first = next(cell for cell in row if TOTAL.fullmatch(bare(_all(cell))))
        self._told(first)
        self.pieces.append(Piece("total", first.place, _all(first), worth))

    def _told(self, cell: Cell) -> None:
        self.lines += [Line(cell.place, text) for text in cell.texts]

    def _clean(self, place: str, text: str) -> str:
        kept, dropped = clean(text)
        self.notes += [Note(DROPPED, place, f"转换留下的“{word}”") for word in dropped]
        return kept.strip()


def _above(paras: list[Para]) -> Iterator[Piece]:
    """What stands before the table: the title, the unit's line, remarks."""
    titled = False
    for para in paras:
        if not para.text:
            continue
        folded = fold(para.text).rstrip()
        is_title = not titled and not folded.endswith("：") and not REMARK.match(folded)
        is_title = is_title and len(para.text) > 4
        titled |= is_title
        yield Piece("title" if is_title else "note", para.place, para.text)


def _repeats(row: list[Cell], roles: dict[int, str], words: dict[str, str]) -> bool:
    """The heads printed again on the next page."""
    said = [cell for cell in row if cell.texts]
    return len(said) > 1 and all(
        bare(words.get(roles.get(cell.column, ""), "")) == bare(_all(cell)) for cell in said
    )


def _label(number: Cell | None, content: Cell | None) -> str:
    """The number in a column of its own, where it stands beside one content and no less."""
    if number is None or content is None or number.rows < content.rows:
        return ""
    text = fold(bare(_all(number))).strip("（）.、")
    return text if text.isdecimal() and len(text) < 4 else ""


def _flattened(grids: list[Grid]) -> Iterator[Para]:
    for grid in grids:
        for row in grid.rows:
            for cell in row:
                for text in cell.texts:
                    yield Para(cell.place, text, begins=True, apart=True)
