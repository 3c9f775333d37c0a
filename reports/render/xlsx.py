"""Lists as Excel: a column says its header, width, format and where its value comes from.

    COLUMNS = [
        Column("单位", 30, lambda visit: visit.target.name),
        Column("总得分", 10, lambda visit: visit.total, Format.POINTS),
        Column("得分率", 10, lambda visit: visit.rate, Format.PERCENT),
    ]
    content = table_bytes("督导结果", COLUMNS, visits)
    write_table(path_or_file, "督导结果", COLUMNS, visits.iterator())

Rows may be any iterable of any length: they are written as they come, none is kept. Text is
always text, never a formula; control characters, which no Excel file may hold, are dropped.
"""

import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, BinaryIO

from django.utils import timezone

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
CELL_LIMIT = 32767  # characters Excel keeps in one cell
SHEET_LIMIT = 31
HEAD_FILL = "F2F2F2"


class Format(StrEnum):
    """How a column's values are shown."""

    TEXT = "@"
    INTEGER = "0"
    POINTS = "0.0"
    PERCENT = "0.0%"
    DATE = "yyyy-mm-dd"
    MOMENT = "yyyy-mm-dd hh:mm"


@dataclass(frozen=True)
class Column:
    """One column: header, width in characters, value of a row, and its format."""

    header: str
    width: float
    value: Callable[[Any], Any]
    format: Format = Format.TEXT


def clean_text(text: str) -> str:
    """The text as an Excel cell can hold it."""
    return CONTROL.sub("", text)[:CELL_LIMIT]


def sheet_title(text: str) -> str:
    """A name Excel accepts for a sheet."""
    return re.sub(r"[\[\]:*?/\\']", " ", clean_text(text)).strip()[:SHEET_LIMIT] or "Sheet1"


def table_bytes(sheet: str, columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    """The list as the content of an .xlsx file."""
    buffer = io.BytesIO()
    write_table(buffer, sheet, columns, rows)
    return buffer.getvalue()


def write_table(
    target: str | os.PathLike | BinaryIO, sheet: str, columns: Sequence[Column], rows: Iterable[Any]
) -> None:
    """Stream the list into ``target``: head row kept in sight, filters on, printed on A4."""
    from rustpy_xlsxwriter import Format as Style
    from rustpy_xlsxwriter import write_worksheet

    head = Style().set_bold().set_background_color(HEAD_FILL).set_border_bottom("thin")
    write_worksheet(
        _records(columns, rows),
        target,
        sheet_name=sheet_title(sheet),
        freeze_row=1,
        autofilter=True,
        header_format=head,
        column_widths={c.header: c.width for c in columns},
        column_formats={c.header: Style().set_num_format(str(c.format)) for c in columns},
        page_setup={
            "landscape": True,
            "paper_size": 9,
            "fit_to_pages": (1, 0),
            "repeat_rows": 0,
            "footer": "&C第 &P 页，共 &N 页",
        },
    )


def _records(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Rows as the writer takes them; an empty list still gets its head row."""
    empty = True
    for row in rows:
        empty = False
        yield {column.header: plain(column.value(row)) for column in columns}
    if empty:
        yield {column.header: None for column in columns}


def plain(value: Any) -> Any:
    """A value Excel knows: text, number, date, moment of our own time zone, or nothing."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, date):
        return value
    return clean_text(str(value))
