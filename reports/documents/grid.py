"""A scoring table as rows of cells, merged as issued: what every printer draws.

A printer knows columns, looks and spans, and nothing of any one table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from chabaocu.templatetags.ui import points
from reports.documents.narrow import heading_lines
from reports.documents.scoresheet import EXCUSED, Detail, Group, Row, ScoresheetPaper
from rubrics.columns import ITEM, POINT, SECTION, TABLE, Column
from rubrics.kinds.outcome import spelled

MORE = "（续）"
SEEN = "（见前页）"


@dataclass(frozen=True)
class Cell:
    """One cell: what it says, over how many rows, and under which names it is measured (``key``)
    and stamped (``value``).
    """

    column: Column
    span: int = 1
    lines: tuple[str, ...] = ()
    number: Decimal | None = None
    value: str = ""
    key: str = ""
    continued: bool = False

    @property
    def text(self) -> str:
        """Its words on one line, or lines as a person wrote them."""
        joined = "" if self.column.look == "heading" else "\n"
        return joined.join(self.lines) + (MORE if self.continued else "")


@dataclass(frozen=True)
class Line:
    """A row below the table's own: an adjustment, the total, the grade."""

    label: str
    text: str
    value: str
    number: Decimal | None = None
    is_total: bool = False


@dataclass(frozen=True)
class _At:
    """Where a cell stands."""

    paper: ScoresheetPaper
    group: Group
    row: Row
    detail: Detail | None
    is_first_page: bool
    name: str  # of the row: group-row or group-row-detail


def blocks(
    paper: ScoresheetPaper, *, is_flow: bool = False, is_first: bool = True, below: int = 0
) -> list[list[list[Cell]]]:
    """The cells, row by row and block by block; a block stays together on a page.

    In a flow, which is laid out to be measured, nothing is merged over more than a block.
    ``below`` rows under the table belong to a cell that covers the whole of it.
    """
    whole = paper.row_count + below
    return [
        [row for r in block for row in _rows(paper, g, r, _Merge(block, whole, is_flow), is_first)]
        for g, group in enumerate(paper.groups)
        for block in (_blocks(group) if is_flow else [range(len(group.rows))])
    ]


def _blocks(group: Group) -> list[range]:
    """The items of a 项目 by what must not be parted: its name needs room where it begins and
    where it ends, and about half as many rows as it has lines give that.
    """
    wanted, count = len(heading_lines(group.name, group.points)) / 2, len(group.rows)
    heights = [row.height for row in group.rows]
    head = next((n for n in range(1, count) if sum(heights[:n]) >= wanted), count)
    tail = next((n for n in range(count - 1, 0, -1) if sum(heights[n:]) >= wanted), 0)
    if head > tail:
        return [range(count)]
    middle = (range(n, n + 1) for n in range(head, tail))
    return [range(head), *middle, range(tail, count)]


def unit_line(paper: ScoresheetPaper) -> str:
    """Who was visited, and when, where the form asks for it."""
    dated = f"　　　　{paper.date_label}：{paper.date_text}" if paper.date_label else ""
    return f"{paper.unit_label}：{paper.unit}{dated}"


def lines_below(paper: ScoresheetPaper) -> list[Line]:
    """Adjustments, total and grade, so that a form adds up; none where nothing is scored."""
    if not paper.is_scored:
        return []
    found = [
        Line(change.name, _signed(change.points), f"change-{number}", change.points)
        for number, change in enumerate(paper.adjustments)
    ]
    found.append(Line(paper.total_label, points(paper.total), "total", paper.total, is_total=True))
    return found + ([Line("等级", paper.grade, "grade")] if paper.grade else [])


@dataclass(frozen=True)
class _Merge:
    """How far cells are merged at a place of the table."""

    block: range  # items of the group
    whole: int  # rows of the table
    is_flow: bool

    def spans(self, group: Group, place: tuple[int, int, int]) -> dict[str, int]:
        """Rows a cell covers by its level; 0 where one above covers it."""
        g, r, d = place
        block = sum(group.rows[n].height for n in self.block)
        starts = r == self.block[0] and d == 0
        return {
            POINT: 1,
            ITEM: group.rows[r].height if d == 0 else 0,
            SECTION: block if starts else 0,
            TABLE: (block if self.is_flow else 0 if g else self.whole) if starts else 0,
        }

    def leaves_out(self, column: Column, group: Group) -> bool:
        """While measuring: what covers the table, and a 项目 where it neither begins nor ends."""
        if not self.is_flow or column.level not in (SECTION, TABLE):
            return False
        ends = self.block[-1] == len(group.rows) - 1 and column.look == "heading"
        return column.level == TABLE or not (self.block[0] == 0 or ends)


def _rows(
    paper: ScoresheetPaper, g: int, r: int, merge: _Merge, is_first: bool
) -> list[list[Cell]]:
    group, row = paper.groups[g], paper.groups[g].rows[r]
    found = []
    for d in range(row.height):
        detail = row.details[d] if row.details else None
        name = f"{g}-{r}-{d}" if row.details else f"{g}-{r}"
        at = _At(paper, group, row, detail, is_first, name)
        spans = merge.spans(group, (g, r, d))
        found.append(
            [
                Cell(column, spans[column.level])
                if merge.leaves_out(column, group)
                else READERS[column.name](column, spans[column.level], at)
                for column in paper.table
                if spans[column.level]
            ]
        )
    return found


def _section(column: Column, span: int, at: _At) -> Cell:
    lines = heading_lines(at.group.name, at.group.points)
    return Cell(column, span, lines, continued=at.group.continued)


def _item(column: Column, span: int, at: _At) -> Cell:
    """Where it has rows of points, it is printed again on the next page, and not measured."""
    if at.row.details:
        return Cell(column, span, (at.row.text,), continued=at.row.continued)
    return Cell(column, span, (at.row.text,), key=at.name)


def _detail(column: Column, span: int, at: _At) -> Cell:
    return Cell(column, span, (at.detail.text,), key=at.name)


def _words(column: Column, span: int, at: _At) -> Cell:
    return Cell(column, span, (at.detail.words,), value=f"words-{at.name}", key=f"{at.name}-words")


def _verdict(column: Column, span: int, at: _At) -> Cell:
    answer = "" if at.detail.continued else at.detail.answer
    return Cell(column, span, (answer,), value=f"verdict-{at.name}")


def _score(column: Column, span: int, at: _At) -> Cell:
    row, value = at.row, f"score-{at.name}"
    if row.continued:
        return Cell(column, span, value=value)
    if row.not_applicable:
        return Cell(column, span, (EXCUSED,), value=value)
    return Cell(column, span, (points(row.score),), row.score, value)


def _worth(column: Column, span: int, at: _At) -> Cell:
    owner = at.detail if column.level == POINT and at.detail else at.row
    return Cell(column, span, () if owner.continued else (points(owner.worth),))


def _method(column: Column, span: int, at: _At) -> Cell:
    owner = {TABLE: at.paper, SECTION: at.group, ITEM: at.row}[column.level]
    is_first = at.is_first_page if column.level == TABLE else not owner.continued
    if is_first or not owner.methods:
        return Cell(column, span, owner.methods)
    return Cell(column, span, ("（见第1页）" if column.level == TABLE else SEEN,))


READERS: dict[str, Callable[[Column, int, _At], Cell]] = {
    "section": _section,
    "item": _item,
    "content": _detail,
    "detail": _detail,
    "reason": _words,
    "judged": _words,
    "verdict": _verdict,
    "score": _score,
    "worth": _worth,
    "method": _method,
}


def _signed(number: Decimal) -> str:
    return spelled(number) if number < 0 else f"+{spelled(number)}"


def values(paper: ScoresheetPaper) -> list[Cell | Line]:
    """What people fill in, in the order of the form."""
    cells = (cell for block in blocks(paper) for row in block for cell in row)
    return [*(cell for cell in cells if cell.value), *lines_below(paper)]
