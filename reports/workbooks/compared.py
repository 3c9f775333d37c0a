"""The tables of 对比 as Excel."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO

from analysis.shares import RATE, decimal
from reports.render.xlsx import Column, Format, write_table


def write_compared(target: BinaryIO, found: tuple[str, Sequence[Any]]) -> None:
    """One table; ``found`` is its key and its rows."""
    key, rows = found
    name, columns = TABLES[key]
    write_table(target, name, columns, rows)


def _rate(value: Fraction | None) -> Decimal | None:
    return None if value is None else decimal(value, RATE)


TURNS = (
    Column("得分点", 10, lambda row: row.code),
    Column("内容", 60, lambda row: row.text),
    Column("那一轮失分率", 14, lambda row: _rate(row.before.rate), Format.PERCENT),
    Column("本轮失分率", 12, lambda row: _rate(row.now.rate), Format.PERCENT),
    Column("变化", 10, lambda row: _rate(row.change), Format.PERCENT),
)
OWN = (
    Column("地区", 20, lambda row: row.name),
    Column("单位", 8, lambda row: row.units, Format.INTEGER),
    Column("自查得分率", 12, lambda row: _rate(row.said), Format.PERCENT),
    Column("督导得分率", 12, lambda row: _rate(row.found), Format.PERCENT),
    Column("一致", 8, lambda row: row.same, Format.INTEGER),
    Column("偏高", 8, lambda row: row.high, Format.INTEGER),
    Column("偏低", 8, lambda row: row.low, Format.INTEGER),
    Column("无法比较", 10, lambda row: row.apart, Format.INTEGER),
)
PROBLEMS = (
    Column("得分点", 10, lambda row: row.code),
    Column("内容", 60, lambda row: row.text),
    Column("问题", 8, lambda row: row.problems, Format.INTEGER),
    Column("涉及单位", 10, lambda row: row.units, Format.INTEGER),
    Column("已整改", 8, lambda row: row.fixed, Format.INTEGER),
    Column("转为隐患", 10, lambda row: row.hazards, Format.INTEGER),
    Column("已销号", 8, lambda row: row.closed, Format.INTEGER),
)
VERDICTS = (
    Column("符合", 8, lambda row: row.verdicts.good, Format.INTEGER),
    Column("部分", 8, lambda row: row.verdicts.partly, Format.INTEGER),
    Column("不符合", 8, lambda row: row.verdicts.bad, Format.INTEGER),
    Column("符合率", 10, lambda row: _rate(row.verdicts.rate), Format.PERCENT),
)
JUDGED = (
    Column("名称", 20, lambda row: row.name),
    Column("份数", 8, lambda row: row.sheets, Format.INTEGER),
    *VERDICTS,
    Column(
        "那一轮符合率",
        14,
        lambda row: _rate(row.before.rate if row.before else None),
        Format.PERCENT,
    ),
)
SPREAD = (
    Column("百分比", 12, lambda row: row.label),
    Column("份数", 8, lambda row: row.sheets, Format.INTEGER),
)
JUDGED_POINTS = (
    Column("项目", 18, lambda row: row.section),
    Column("序号", 10, lambda row: row.code),
    Column("内容", 60, lambda row: row.text),
    *VERDICTS,
    Column("不适用", 8, lambda row: row.excused, Format.INTEGER),
)
TABLES = {
    "turns": ("两轮失分率", TURNS),
    "own": ("自查和督导", OWN),
    "problems": ("存在问题", PROBLEMS),
    "spread": ("得分率分布", SPREAD),
    "judged-spread": ("符合率分布", SPREAD),
    "judged": ("符合率", JUDGED),
    "judged-points": ("各点符合率", JUDGED_POINTS),
}
