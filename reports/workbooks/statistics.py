"""Statistics as Excel: the rows of a page, all of them, as numbers."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import BinaryIO

from analysis.losses import Losses, Part, rows_of
from analysis.scores import Group
from analysis.shares import CENT, RATE, decimal
from analysis.strictness import Basis
from analysis.teams import Row, tenth
from reports.render.xlsx import Column, Format, write_table

BASES = {Basis.CHECKS: "督导得分率减自查得分率", Basis.MARKS: "督导得分率"}


def write_ranking(target: BinaryIO, found: tuple[str, Sequence[Group]]) -> None:
    """A ranking; ``found`` is the name of its groups and the groups."""
    head, groups = found
    write_table(target, "得分率排名", [*_columns(head)], groups)


def _columns(head: str) -> Sequence[Column]:
    return (
        Column("名次", 8, lambda group: group.rank.place, Format.INTEGER),
        Column("并列", 8, lambda group: "并列" if group.rank.is_shared else ""),
        Column(head, 24, lambda group: group.name),
        Column("份数", 8, lambda group: group.sums.sheets, Format.INTEGER),
        Column("平均得分率", 12, lambda group: _rounded(group.sums.rate, RATE), Format.PERCENT),
        Column("平均总得分", 12, lambda group: _rounded(group.sums.total, CENT), Format.POINTS),
        Column("最低得分率", 12, lambda group: group.low, Format.PERCENT),
        Column("最高得分率", 12, lambda group: group.high, Format.PERCENT),
        Column("上轮得分率", 12, lambda group: _rounded(group.before, RATE), Format.PERCENT),
    )


def _rounded(value: Fraction | None, places: Decimal) -> Decimal | None:
    return None if value is None else decimal(value, places)


def write_teams(target: BinaryIO, rows: Sequence[Row]) -> None:
    """The teams of a round beside each other; distances in percentage points."""
    write_table(target, "各组尺度", TEAMS, rows)


def _points(value: float | None) -> Decimal | None:
    return None if value is None else tenth(value)


TEAMS = (
    Column("督导组", 20, lambda row: row.name),
    Column("份数", 8, lambda row: row.effect.sheets, Format.INTEGER),
    Column("比较", 22, lambda row: BASES[row.basis]),
    Column("平均（百分点）", 14, lambda row: _points(row.effect.mean), Format.POINTS),
    Column("比各组平均（百分点）", 18, lambda row: _points(row.effect.effect), Format.POINTS),
    Column("区间下限", 12, lambda row: _points(_end(row, row.effect.low)), Format.POINTS),
    Column("区间上限", 12, lambda row: _points(_end(row, row.effect.high)), Format.POINTS),
    Column("结论", 20, lambda row: row.finding),
)


def _end(row: Row, end: float) -> float | None:
    return None if row.effect.half is None else end


def write_losses(target: BinaryIO, found: Losses | None) -> None:
    """A row for each point: what it could have earned, what was lost, and 失分率 by place."""
    places = found.places if found else {}
    by_place = [
        Column(name, 10, partial(_at, path), Format.PERCENT) for path, name in places.items()
    ]
    write_table(target, "失分率", [*LOSSES, *by_place], rows_of(found) if found else ())


def _points_of(hundredths: int) -> Decimal:
    return Decimal(hundredths) / 100


def _at(path: str, row: tuple[Part, Part, Part]) -> Decimal | None:
    return _rounded(row[2].at(path).rate, RATE)


LOSSES = (
    Column("项目", 18, lambda row: row[0].text),
    Column("序号", 8, lambda row: row[1].label),
    Column("得分点", 10, lambda row: row[2].code),
    Column("内容", 60, lambda row: row[2].text),
    Column("分值", 8, lambda row: Decimal(row[2].full), Format.POINTS),
    Column("份数", 8, lambda row: row[2].loss.sheets, Format.INTEGER),
    Column("不适用", 8, lambda row: row[2].loss.excused, Format.INTEGER),
    Column("失分份数", 10, lambda row: row[2].loss.short, Format.INTEGER),
    Column("适用的满分", 12, lambda row: _points_of(row[2].loss.worth), Format.POINTS),
    Column("失去的分", 10, lambda row: _points_of(row[2].loss.lost), Format.POINTS),
    Column("失分率", 10, lambda row: _rounded(row[2].loss.rate, RATE), Format.PERCENT),
)
