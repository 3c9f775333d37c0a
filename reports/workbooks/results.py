"""督导结果 as Excel: the rows of the list, in its order, with its columns.

Rows are plain tuples of the columns' fields: 100,000 models would cost more than their file.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from reports.render.xlsx import Column, Format, write_table
from rubrics.kinds.verdict import GRADES
from rubrics.models import Rubric
from scoring.results import Listing

FIELDS = (
    "rate",
    "total",
    "applicable",
    "grade",
    "verdicts",
    "visit_on",
    "target_kind",
    "confirmed_at",
    "released_at",
    "target__name",
    "plan__title",
    "team__name",
    "region__name",
    "region__level",
    "region__parent__name",
)
CHUNK = 2000  # rows fetched at once
KINDS = dict(Rubric.Target.choices)

# a column reads (the fields, the rank)


def _counted(grade: str, row: tuple) -> int | None:
    verdicts = row[0].verdicts
    return verdicts.get(grade, 0) if verdicts else None


PLACE = [
    Column("市", 14, lambda row: _city(row[0])),
    Column("县（市、区）", 16, lambda row: _county(row[0])),
    Column("单位", 34, lambda row: row[0].target__name),
    Column("对象", 14, lambda row: KINDS[row[0].target_kind]),
    Column("轮次", 34, lambda row: row[0].plan__title),
    Column("督导日期", 12, lambda row: row[0].visit_on, Format.DATE),
]
RESULT = [
    Column("总得分", 10, lambda row: row[0].total, Format.POINTS),
    Column("应得分", 10, lambda row: row[0].applicable, Format.POINTS),
    Column("得分率", 10, lambda row: row[0].rate, Format.PERCENT),
]
VERDICTS = [
    Column(word, 10, partial(_counted, grade), Format.INTEGER) for grade, word in GRADES.items()
]
GRADE = [Column("等级", 10, lambda row: row[0].grade)]
RANK = [
    Column("名次", 8, lambda row: row[1].place if row[1] else None, Format.INTEGER),
    Column("并列", 8, lambda row: "并列" if row[1] and row[1].is_shared else ""),
]
DESK = [
    Column("督导组", 16, lambda row: row[0].team__name),
    Column("确认时间", 18, lambda row: row[0].confirmed_at, Format.MOMENT),
]
RELEASED = [Column("下发时间", 18, lambda row: row[0].released_at, Format.MOMENT)]


def write_results(target: BinaryIO, listing: Listing) -> None:
    """Every row of the listing; ranks, teams and confirmation only where the page shows them."""
    columns = [*PLACE, *_result(listing)]
    if listing.is_desk:
        columns = [*(RANK if listing.is_ranked else ()), *columns, *DESK]
    write_table(target, "督导结果", [*columns, *RELEASED], _rows(listing))


def _rows(listing: Listing) -> Iterator[tuple[Any, Any]]:
    visits = listing.visits.select_related(None).order_by(*listing.order)
    found = visits.values_list(*FIELDS, named=True).iterator(chunk_size=CHUNK)
    return listing.rows(found)


def _result(listing: Listing) -> list[Column]:
    """Points and rate; counts for checklists, and grades where the tables give them."""
    if listing.is_judged:
        return VERDICTS
    mixed = [] if listing.is_ranked or not _has_judged(listing) else VERDICTS
    graded = GRADE if listing.visits.exclude(grade="").exists() else []
    return [*RESULT, *graded, *mixed]


def _has_judged(listing: Listing) -> bool:
    return listing.visits.filter(verdicts__isnull=False).exists()


def _city(row: Any) -> str:
    if row.region__level == "county" and row.region__parent__name:
        return row.region__parent__name
    return row.region__name


def _county(row: Any) -> str:
    return row.region__name if row.region__level == "county" else ""
