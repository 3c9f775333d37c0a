"""The figures as tables: each number with the address of the rows it was counted from. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from chabaocu.templatetags.ui import percent
from hazards import disclosure
from hazards.tally import Counts, Figures

# column of Counts → its word and what the ledger is asked for
COLUMNS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "found": ("发现", {"tab": "counted"}),
    "open": ("未销号", {"tab": "open"}),
    "overdue": ("逾期", {"tab": "overdue"}),
    "closed": ("已销号", {"tab": "done"}),
    "failed": ("验收未通过", {"tab": "counted", "failed": "on"}),
}
HIDDEN = "不显示"
BAR = 200  # width of a bar in the units of its viewBox


@dataclass(frozen=True)
class Cell:
    """A number and the rows it was counted from; nothing leads to no rows."""

    value: int
    query: str


@dataclass(frozen=True)
class Row:
    """One line of a table; ``workers`` is empty where nothing is told of them."""

    name: str
    counts: Counts
    query: str
    cells: Sequence[Cell]
    rate: str
    bar: str
    median: str
    workers: str


@dataclass(frozen=True)
class Table:
    """One way to break the figures down."""

    key: str
    title: str
    head: str
    rows: Sequence[Row]


def row(
    name: str,
    counts: Counts,
    asked: Mapping[str, str] | None,
    *,
    query: str = "",
    median: Decimal | None = None,
) -> Row:
    """A line whose numbers lead to the ledger under ``asked``; nowhere where that is None."""
    cells = []
    for column, (_, where) in COLUMNS.items():
        value = getattr(counts, column)
        leads = value and asked is not None
        cells.append(Cell(value, urlencode({**asked, **where}) if leads else ""))
    rate = counts.rate
    bar = f"{float((rate or 0) * BAR):.1f}"
    return Row(name, counts, query, cells, percent(rate), bar, days(median), "")


def broken_down(
    key: str,
    title: str,
    labels: Mapping[str, str],
    table: Mapping[str, Counts],
    asked: Mapping[str, str],
) -> Table:
    """By grade, kind or industry, in the order of the words; what has no hazard is left out."""
    rows = [
        row(label, table[name], {**asked, key: name} if name else None)
        for name, label in labels.items()
        if table.get(name, Counts()).found
    ]
    return Table(key, title, title.removeprefix("按"), rows)


def by_part(
    part: str,
    parts: Sequence[tuple[str, Mapping[str, str], Figures]],
    link: Callable[[Mapping[str, str]], Mapping[str, str] | None],
) -> Table:
    """Place by place or unit by unit; ``link`` gives the ledger's filter of one of them."""
    rows = [
        row(name, one.total, link(address), query=urlencode(address), median=one.median)
        for name, address, one in parts
    ]
    return Table("part", f"按{part}", part, rows)


def with_workers(whole: Row, tables: Sequence[Table]) -> tuple[Row, list[Table]]:
    """The same lines with how many were reported by workers, as far as that may be told."""
    told = disclosure.told(_share(whole), [[_share(row) for row in table.rows] for table in tables])
    if told is None:
        return whole, list(tables)
    filled = [
        replace(
            table,
            rows=[
                replace(row, workers=HIDDEN if number is None else str(number))
                for row, number in zip(table.rows, numbers, strict=True)
            ],
        )
        for table, numbers in zip(tables, told, strict=True)
    ]
    return replace(whole, workers=str(whole.counts.workers)), filled


def week_query(asked: Mapping[str, str], week: date, *, closed: bool) -> str:
    """The rows of one week."""
    since, until = ("closed_since", "closed_until") if closed else ("since", "until")
    last = week + timedelta(days=6)
    tab = "done" if closed else "counted"
    return urlencode({**asked, "tab": tab, since: week.isoformat(), until: last.isoformat()})


def days(median: Decimal | None) -> str:
    return "—" if median is None else f"{median.normalize():f} 天"


def _share(row: Row) -> disclosure.Share:
    return disclosure.Share(row.counts.found, row.counts.workers)
