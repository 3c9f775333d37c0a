"""存在问题清单 of one unit as Excel, one row a problem."""

from typing import BinaryIO

from reports.documents.problem_list import ProblemList
from reports.render.xlsx import Column, Format, write_table
from scoring.ledger import Entry

COLUMNS = [
    Column("序号", 6, lambda row: row[0], Format.INTEGER),
    Column("存在问题", 50, lambda row: row[1].finding.text),
    Column("督导意见", 40, lambda row: row[1].finding.advice),
    Column("整改责任", 20, lambda row: row[1].finding.responsible),
    Column("整改措施", 40, lambda row: row[1].finding.measures),
    Column("整改时限", 12, lambda row: row[1].finding.due_on, Format.DATE),
    Column("状态", 10, lambda row: row[1].label),
]


def write_problem_list(target: BinaryIO, told: ProblemList) -> None:
    """Every problem, numbered as on the page."""
    rows: list[tuple[int, Entry]] = list(enumerate(told.entries, 1))
    write_table(target, told.title, COLUMNS, rows)
