"""自查自纠 of a round as Excel: what each unit said of itself beside what was found."""

from collections.abc import Iterable
from typing import BinaryIO

from reports.render.xlsx import Column, Format, write_table
from scoring.self_lists import Row


def _count(name: str):
    """A number of the comparison; nothing where nothing is compared."""
    return lambda row: getattr(row.comparison, name) if row.comparison else None


COLUMNS = [
    Column("单位", 30, lambda row: row.check.target.name),
    Column("所在地", 16, lambda row: row.check.region.name),
    Column("对象", 14, lambda row: row.check.get_target_kind_display()),
    Column("三类企业", 10, lambda row: row.check.target.get_size_class_display()),
    Column("自查", 14, lambda row: row.label),
    Column("报送期限", 12, lambda row: row.check.phase.ends_on, Format.DATE),
    Column("自查结果", 18, lambda row: row.said),
    Column("督导结果", 18, lambda row: row.found),
    Column("差（督导－自查）", 14, _count("change"), Format.POINTS),
    Column("一致", 8, _count("same"), Format.INTEGER),
    Column("偏高", 8, _count("high"), Format.INTEGER),
    Column("偏低", 8, _count("low"), Format.INTEGER),
    Column("无法比较", 10, _count("apart"), Format.INTEGER),
]


def write_self_checks(target: BinaryIO, rows: Iterable[Row]) -> None:
    """The rows as the page shows them, all pages of them."""
    write_table(target, "自查自纠", COLUMNS, rows)
