"""A table as it will be printed, each cell knowing its part and its sum: what an editor sees."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.documents.grid import Cell, blocks, lines_below
from reports.documents.scoresheet import ScoresheetPaper, blank_form
from rubrics.columns import ITEM, POINT, SECTION, Column
from rubrics.editing import Place
from rubrics.outline import ItemOutline, Outline
from rubrics.sums import Sum, sums


@dataclass(frozen=True)
class Piece:
    """A stretch of wording: the part it belongs to, and that part's sum where it is shown there."""

    at: str
    text: str
    sum: Sum | None = None


@dataclass(frozen=True)
class ProofCell:
    """One cell of the printed form with what stands in it."""

    cell: Cell
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Proof:
    """The blank form of a table, row by row."""

    paper: ScoresheetPaper
    rows: tuple[tuple[ProofCell, ...], ...]
    total: Sum | None

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.paper.table

    @property
    def before_score(self) -> int:
        """How many columns the label of the total covers."""
        return [column.name for column in self.columns].index("score")

    @property
    def after_score(self) -> tuple[Column, ...]:
        """Those that no cell from above covers beside the total."""
        after = self.columns[self.before_score + 1 :]
        return tuple(column for column in after if column.level != "table")


def proof(outline: Outline) -> Proof:
    """The form as issued; a table of judgements alone has no total."""
    paper, found = blank_form(outline), sums(outline)
    below = len(lines_below(paper))
    rows = []
    for number, block in enumerate(blocks(paper, below=below)):
        for place, row in zip(_places(paper, number), block, strict=True):
            rows.append(tuple(_cell(cell, place, outline, found) for cell in row))
    return Proof(paper, tuple(rows), found[()] if paper.is_scored else None)


def _places(paper: ScoresheetPaper, section: int) -> Iterator[Place]:
    """Item and point of each row of a 项目."""
    for item, row in enumerate(paper.groups[section].rows):
        for point in range(row.height):
            yield section, item, point


def _cell(cell: Cell, place: Place, outline: Outline, found: Mapping[Place, Sum]) -> ProofCell:
    level = cell.column.level
    at = place[: {SECTION: 1, ITEM: 2, POINT: 3}.get(level, 0)]
    if cell.column.name == "score":
        return ProofCell(cell, (Piece(_spelled(at), "", found[at]),))
    if cell.column.name == "item" and level == ITEM:
        item = outline.sections[at[0]].items[at[1]]
        if not item.heading:
            return ProofCell(cell, tuple(_points(item, at, found)))
    shown = found[at] if at and cell.column.look in ("heading", "text") else None
    return ProofCell(cell, (Piece(_spelled(at), cell.text, shown),))


def _points(item: ItemOutline, at: Place, found: Mapping[Place, Sum]) -> Iterator[Piece]:
    """The points of an item that stand in one cell, the number first."""
    number = f"{item.label or item.number}."
    for order, point in enumerate(item.criteria):
        place = (*at, order)
        yield Piece(_spelled(place), ("" if order else number) + point.text, found[place])


def _spelled(place: Place) -> str:
    return ".".join(map(str, place))
