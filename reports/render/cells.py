"""Values as the cells of a worksheet: a whole column of some rows at once, which is what is fast.

Text is always text, never a formula or a link; control characters, which no Excel file may
hold, are dropped.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from django.utils import timezone

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# what text must not bring into a cell as it is; Excel reads _x0041_ as the letter A
UNSAFE = re.compile(rf"[&<>\r]|_x[0-9A-Fa-f]{{4}}_|{CONTROL.pattern}")
HEXED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
CELL_LIMIT = 32767  # characters Excel keeps in one cell
DAY_0 = date(1899, 12, 30).toordinal()  # Excel counts days from here
SECONDS = 86400

# letter of the column, style, values, numbers of their rows → one cell each
Writer = Callable[[str, int, Sequence[Any], Sequence[int]], list[str]]


def clean_text(text: str) -> str:
    """The text as an Excel cell can hold it."""
    return CONTROL.sub("", text)[:CELL_LIMIT]


def cells(letter: str, style: int, values: Sequence[Any], rows: Sequence[int]) -> list[str]:
    """The cells of one column in some rows; nothing where there is no value."""
    kinds = set(map(type, values))
    writer = WRITERS.get(kinds.pop()) if len(kinds) == 1 else None
    if writer:
        return writer(letter, style, values, rows)
    return [_cell(letter, style, value, row) for value, row in zip(values, rows, strict=True)]


def _cell(letter: str, style: int, value: Any, row: int) -> str:
    if value is None:
        return ""
    writer = WRITERS.get(type(value))
    if writer is None:
        writer, value = _texts, str(value)
    return writer(letter, style, (value,), (row,))[0]


def _texts(letter: str, style: int, values: Sequence[str], rows: Sequence[int]) -> list[str]:
    if UNSAFE.search("\n".join(values)) or max(map(len, values)) > CELL_LIMIT:
        values = [_escaped(value) for value in values]
    head = f'<c r="{letter}'
    middle = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
    return [
        f"{head}{row}{middle}{value}</t></is></c>" if value else ""
        for row, value in zip(rows, values, strict=True)
    ]


def _escaped(text: str) -> str:
    text = clean_text(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = HEXED.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _numbers(letter: str, style: int, values: Sequence[Any], rows: Sequence[int]) -> list[str]:
    return [
        f'<c r="{letter}{row}" s="{style}"><v>{value}</v></c>' if isfinite(value) else ""
        for row, value in zip(rows, values, strict=True)
    ]


def _flags(letter: str, style: int, values: Sequence[bool], rows: Sequence[int]) -> list[str]:
    return [
        f'<c r="{letter}{row}" s="{style}" t="b"><v>{value:d}</v></c>'
        for row, value in zip(rows, values, strict=True)
    ]


def _days(letter: str, style: int, values: Sequence[date], rows: Sequence[int]) -> list[str]:
    return _numbers(letter, style, [value.toordinal() - DAY_0 for value in values], rows)


def _moments(letter: str, style: int, values: Sequence[datetime], rows: Sequence[int]) -> list[str]:
    """Moments of our own time zone, to the second."""
    zone = timezone.get_current_timezone()
    local = [value.astimezone(zone) if value.tzinfo else value for value in values]
    return _numbers(letter, style, [_serial(moment) for moment in local], rows)


def _serial(moment: datetime) -> float:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return moment.toordinal() - DAY_0 + seconds / SECONDS


WRITERS: dict[type, Writer] = {
    str: _texts,
    int: _numbers,
    float: _numbers,
    Decimal: _numbers,
    bool: _flags,
    date: _days,
    datetime: _moments,
}
