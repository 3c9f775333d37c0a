"""隐患台账 as Excel: the rows and columns of the page, written as they are read.

A page cell that says two things, the hazard and its place, is two columns here; what the page
cuts is whole.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import BinaryIO

from django.db.models import QuerySet

from hazards.columns import COLUMNS
from hazards.lines import hazard_lines
from hazards.models import Hazard
from reports.render.xlsx import Column, Format, write_table

CHUNK = 1000  # rows read at once
WIDTHS = {"number": 20, "unit": 30, "place": 14, "status": 14, "responsible": 12, "left": 12}
WHOLE = ("text", "where", "due_on", "reported_at")
Told = Callable[[int, int], None]


def write_hazards(
    target: BinaryIO,
    found: QuerySet[Hazard],
    columns: Sequence[str],
    *,
    today: date,
    told: Told = lambda done, total: None,
) -> None:
    """Every row of ``found`` in its order; ``told`` hears how many are written of how many.

    The keys are read first, eight bytes a row, so that the list is one moment's and the rest of
    the memory stays the same however long it is.
    """
    keys = array("q", found.values_list("pk", flat=True).iterator(chunk_size=10 * CHUNK))
    sheet = [column for name in columns for column in _columns(name)]
    write_table(target, "隐患台账", sheet, _rows(keys, today, told))


def _rows(keys: array, today: date, told: Told) -> Iterator[tuple]:
    kept = Hazard.objects.unscoped(reason="keys from a query in scope")
    for start in range(0, len(keys), CHUNK):
        told(start, len(keys))
        chunk = keys[start : start + CHUNK].tolist()
        lines = hazard_lines(chunk, today=today)
        rest = {pk: row for pk, *row in kept.filter(pk__in=chunk).values_list("pk", *WHOLE)}
        yield from ((lines[pk], *rest[pk]) for pk in chunk if pk in lines and pk in rest)
    told(len(keys), len(keys))


def _columns(name: str) -> list[Column]:
    """One column of the page as one or two of the sheet."""
    if name == "text":
        return [
            Column("隐患", 44, lambda row: row[1]),
            Column("地点", 20, lambda row: row[2]),
        ]
    if name == "due":
        return [Column(COLUMNS[name], 12, lambda row: row[3], Format.DATE)]
    if name == "found":
        return [Column(COLUMNS[name], 18, lambda row: row[4], Format.MOMENT)]
    return [Column(COLUMNS[name], WIDTHS.get(name, 10), partial(_word, name))]


def _word(name: str, row: tuple) -> str:
    return getattr(row[0], name)
