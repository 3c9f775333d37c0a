"""奖励台账 as Excel: the lines of the page, in its order, with its columns."""

from collections.abc import Iterable
from typing import BinaryIO

from reports.render.xlsx import Column, Format, write_table
from rewards.ledger import Line

COLUMNS = [
    Column("编号", 20, lambda line: line.number),
    Column("单位", 30, lambda line: line.unit),
    Column("隐患", 40, lambda line: line.text),
    Column("级别", 8, lambda line: line.grade),
    Column("发现人", 22, lambda line: line.finder),
    Column("规定金额（元）", 14, lambda line: line.proposed, Format.MONEY),
    Column("奖励金额（元）", 14, lambda line: line.amount, Format.MONEY),
    Column("说明", 30, lambda line: line.note),
    Column("批准人", 12, lambda line: line.granted_by),
    Column("批准时间", 18, lambda line: line.granted_at, Format.MOMENT),
    Column("发放", 10, lambda line: "已发放" if line.paid_at else "待发放"),
    Column("发放人", 12, lambda line: line.paid_by),
    Column("发放时间", 18, lambda line: line.paid_at, Format.MOMENT),
    Column("领取凭据", 30, lambda line: line.receipt),
]


def write_rewards(target: BinaryIO, lines: Iterable[Line]) -> None:
    """Every line of the ledger as its reader sees it."""
    write_table(target, "奖励台账", COLUMNS, lines)
