"""问题台账 as Excel: 问题、整改责任、措施、时限、状态, one row a problem."""

from collections.abc import Iterable
from typing import BinaryIO

from reports.render.xlsx import Column, Format, write_table
from scoring.ledger import Entry
from scoring.models import Finding

COLUMNS = [
    Column("序号", 6, lambda row: row[0], Format.INTEGER),
    Column("所在地", 16, lambda row: row[1].finding.sheet.visit.region.name),
    Column("单位", 30, lambda row: row[1].finding.sheet.visit.target.name),
    Column("问题", 44, lambda row: row[1].finding.text),
    Column("督导意见", 36, lambda row: row[1].finding.advice),
    Column("整改责任", 20, lambda row: row[1].finding.responsible),
    Column("整改措施", 40, lambda row: row[1].finding.measures),
    Column("整改时限", 12, lambda row: row[1].finding.due_on, Format.DATE),
    Column("状态", 10, lambda row: row[1].label),
    Column("整改完成", 12, lambda row: row[1].finding.fixed_on, Format.DATE),
]


def write_problems(target: BinaryIO, findings: Iterable[Finding]) -> None:
    """Every problem of the round, numbered in the order of the page."""
    rows = ((number, Entry.of(finding)) for number, finding in enumerate(findings, 1))
    write_table(target, "问题台账", COLUMNS, rows)
