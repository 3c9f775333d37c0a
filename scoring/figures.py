"""What a draft comes to while it is filled: total, progress, what is still open."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from rubrics.evaluate import Given, Outcome, Result
from rubrics.kinds.outcome import spelled
from rubrics.kinds.verdict import GRADES
from rubrics.totals import CENT, rounded
from scoring import statements
from scoring.marks import Standing, suffices
from scoring.models import Scoresheet
from scoring.tables import Table, table_of


class Row(NamedTuple):
    """One point of the sheet as it stands: of its table, then as its answer says."""

    pk: int
    code: str
    item: int
    points: Decimal
    state: str
    gained: Decimal | None
    not_applicable: bool
    reason: str
    inputs: Mapping[str, Any]
    version: int = 0
    note: str = ""
    by: int | None = None
    settled_by: int | None = None
    criterion: int = 0
    outcome: Outcome | None = None
    free: bool = False

    @property
    def is_done(self) -> bool:
        return self.state == Standing.AGREED and suffices(
            self.gained,
            self.points,
            self.reason,
            not_applicable=self.not_applicable,
            outcome=self.outcome,
            free=self.free,
        )


class Figures(NamedTuple):
    """The rows of a sheet, and what they come to; ``result`` where a sum does not tell it."""

    rows: list[Row]
    total: Decimal
    result: Result | None
    judges: bool = False  # whether some points are judged and counted


def figures_of(sheet: Scoresheet) -> Figures:
    """The sheet as it stands; ``sheet`` comes with its version."""
    table = table_of(sheet.version)
    return weigh(rows_of(sheet, table), table)


def rows_of(sheet: Scoresheet, table: Table) -> list[Row]:
    """All points of the sheet, in issued order."""
    found = {row[0]: row for row in statements.ROWS.rows(sheet=sheet.pk)}
    answers = ((point, found[point.code]) for point in table.points)
    return [Row(row[1], p.code, p.item, p.points, *row[2:]) for p, row in answers]


def weigh(rows: list[Row], table: Table) -> Figures:
    """What the rows come to: 总得分 as it will be when the papers are submitted."""
    if table.is_plain:
        return Figures(rows, total_of(rows), None)
    result = table.result(
        {
            row.code: Given(row.inputs, row.not_applicable)
            for row in rows
            if row.state == Standing.AGREED
        }
    )
    told = [
        row._replace(outcome=result.by_code[row.code], free=row.code in table.free) for row in rows
    ]
    return Figures(told, rounded(result.total, CENT), result, table.has_judged)


def total_of(rows: Iterable[Row]) -> Decimal:
    """总得分: the plain sum of the points earned (域8)."""
    return sum((row.gained for row in rows if row.gained is not None), Decimal(0))


def told(found: Figures, codes: Collection[str] = ()) -> dict[str, Any]:
    """Total, progress, what is open by code, and the sums of the items these codes are in.

    One code has one ``item``, several have ``items``.
    """
    rows = found.rows
    still_open = [row.code for row in rows if not row.is_done]
    made = {
        "total": shown(found.total),
        "answered": len(rows) - len(still_open),
        "questions": len(rows),
        "open": still_open,
    }
    if found.result:
        made |= _settled(found.result, judges=found.judges)
    items = sorted({row.item for row in rows if row.code in codes})
    if len(codes) == 1:
        made["item"] = item_figures(items[0], rows)
    elif codes:
        made["items"] = [item_figures(item, rows) for item in items]
    return made


def item_figures(item: int, rows: list[Row]) -> dict[str, Any]:
    """得分 of one numbered item, and how many of its points are still open."""
    points = [row for row in rows if row.item == item]
    return {
        "number": item,
        "got": got(points),
        "open": sum(not row.is_done for row in points),
    }


def got(points: list[Row]) -> str:
    """What stands in the item's own column: its sum, or how it was judged."""
    filled = [row for row in points if row.state == Standing.AGREED]
    if not filled:
        return ""
    if any(row.points for row in points):
        return shown(total_of(points))
    return "、".join(row.outcome.explanation for row in filled if row.outcome)


def shown(total: Decimal) -> str:
    """35.0, and 35.25 where there are hundredths: a page never shows another sum than counts."""
    return f"{total:.1f}" if total == round(total, 1) else f"{total:.2f}"


def counted(verdicts: Mapping[str, int]) -> str:
    """符合 12 · 部分 2 · 不符合 1"""
    return " · ".join(f"{word} {verdicts.get(grade, 0)}" for grade, word in GRADES.items())


def _settled(result: Result, *, judges: bool) -> dict[str, Any]:
    return {
        "adjustments": [
            {"name": one.name, "points": _signed(one.points)} for one in result.adjustments
        ],
        "grade": result.grade,
        "verdicts": counted(result.verdicts) if judges else "",
    }


def _signed(points: Decimal) -> str:
    """+1.5 or −1.5, with the minus sign of print."""
    text = spelled(abs(rounded(points, CENT)))
    return f"{'−' if points < 0 else '+'}{text}"
