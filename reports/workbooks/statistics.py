"""Statistics as Excel: the rows of a page, all of them, as numbers."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import BinaryIO

from analysis.scores import Group
from analysis.shares import CENT, RATE, decimal
from reports.render.xlsx import Column, Format, write_table


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
