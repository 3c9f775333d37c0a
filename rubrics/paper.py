"""The blank table as issued, in the columns of its layout: cells with the rows they span. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from rubrics.columns import ITEM, POINT, SECTION, TABLE, Column, columns_of
from rubrics.kinds.outcome import spelled
from rubrics.outline import CriterionOutline, ItemOutline, Outline, SectionOutline


@dataclass(frozen=True)
class Cell:
    """A cell that begins in its row."""

    column: Column
    span: int
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """The whole table, blank."""

    outline: Outline
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def total(self) -> str:
        """What stands before the sum; empty where nothing is scored."""
        names = {column.name for column in self.columns}
        return self.outline.heads.get("total", "总 得 分") if "score" in names else ""


def paper(outline: Outline) -> Paper:
    """The table as it is printed with nothing filled in."""
    columns = columns_of(outline)
    return Paper(outline, columns, tuple(_Rows(outline, columns)))


class _Rows:
    """Row by row; what covers several rows begins in the first of them."""

    def __init__(self, outline: Outline, columns: tuple[Column, ...]) -> None:
        self.outline, self.columns = outline, columns
        self.names = {column.name for column in columns}
        self.by_point = any(c.level == POINT and c.name in ("detail", "content") for c in columns)

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        whole = sum(self._height(item) for item in self.outline.items)
        for section in self.outline.sections:
            block = sum(self._height(item) for item in section.items)
            for item in section.items:
                for n in range(self._height(item)):
                    begins = item is section.items[0] and n == 0
                    top = begins and section is self.outline.sections[0]
                    spans = {
                        TABLE: whole if top else 0,
                        SECTION: block if begins else 0,
                        ITEM: 0 if n else self._height(item),
                        POINT: 1,
                    }
                    yield tuple(self._row(section, item, n, spans))

    def _height(self, item: ItemOutline) -> int:
        return max(len(item.criteria), 1) if self.by_point else 1

    def _row(
        self, section: SectionOutline, item: ItemOutline, n: int, spans: dict[str, int]
    ) -> Iterator[Cell]:
        for column in self.columns:
            if span := spans[column.level]:
                yield Cell(column, span, self._texts(column, section, item, n))

    def _texts(
        self, column: Column, section: SectionOutline, item: ItemOutline, n: int
    ) -> tuple[str, ...]:
        if column.name == "section":
            return _named(section)
        if column.name == "method":
            owner = {TABLE: self.outline, SECTION: section, ITEM: item}[column.level]
            return tuple(owner.methods)
        if column.name == "item":
            return (item.text,)
        if column.name == "worth":
            at_point = column.level == POINT and item.criteria
            return (spelled(item.criteria[n].points if at_point else item.worth),)
        if column.name in ("detail", "content") and item.criteria:
            return (self._point(item, item.criteria[n]),)
        return ()

    def _point(self, item: ItemOutline, criterion: CriterionOutline) -> str:
        """A column of content holds the number too; one of details the point alone."""
        if "content" not in self.names or criterion is not item.criteria[0]:
            return criterion.text
        return f"{item.label or item.number}.{item.heading}{criterion.text}"


def _named(section: SectionOutline) -> tuple[str, ...]:
    if section.points is None or "分）" in section.name:
        return (section.name,)
    return (section.name, f"（{spelled(section.points)}分）")
