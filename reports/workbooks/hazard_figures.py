"""隐患统计 as Excel: the tables of the page one below the other, with the same numbers."""

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from hazards.shown import COLUMNS, Row
from hazards.statistics import Page
from hazards.tally import Counts
from reports.render.xlsx import Column, Format, write_table

WHOLE, WEEKS = "合计", "按周"


def write_hazard_figures(target: BinaryIO, page: Page) -> None:
    """Every number of the page; what it does not show is not in the file either."""
    write_table(target, "隐患统计", _columns(page), _rows(page))


def _columns(page: Page) -> list[Column]:
    counts = [
        Column(word, 10, partial(_count, n), Format.INTEGER)
        for n, (word, _) in enumerate(COLUMNS.values())
    ]
    workers = [Column("职工上报", 10, lambda row: row[1].workers)] if page.whole.workers else []
    return [
        Column("表", 14, lambda row: row[0]),
        Column("项", 30, lambda row: row[1].name),
        *counts,
        Column("整改率", 10, lambda row: row[1].rate),
        Column("销号用时中位数", 14, lambda row: row[1].median),
        *workers,
    ]


def _count(n: int, row: tuple[str, Row]) -> int | None:
    cell = row[1].cells[n]
    return cell.value if cell else None


def _rows(page: Page) -> Iterator[tuple[str, Row]]:
    yield WHOLE, page.whole
    for table in page.tables:
        yield from ((table.title, row) for row in table.rows)
    for week, found, closed in page.trend_rows:
        cells = [found, None, None, closed, None]
        yield WEEKS, Row(f"{week} 起一周", Counts(), "", cells, "", "", "", "")
