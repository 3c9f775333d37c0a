"""Lists as Excel: a column says its header, width, format and where its value comes from.

    COLUMNS = [
        Column("单位", 30, lambda visit: visit.target.name),
        Column("总得分", 10, lambda visit: visit.total, Format.POINTS),
        Column("得分率", 10, lambda visit: visit.rate, Format.PERCENT),
    ]
    content = table_bytes("督导结果", COLUMNS, visits)
    write_table(path_or_file, "督导结果", COLUMNS, visits.iterator())

Rows may be any iterable of any length: they are written as they come, none is kept. Equal rows
give equal bytes. Why not by a library: docs/adr/0008.
"""

import io
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, BinaryIO

from reports.render.cells import cells, clean_text
from reports.render.xlsx_parts import HEAD_STYLE, SPREADSHEET, STYLES, XML, Format, parts

SHEET_LIMIT, ROW_LIMIT = 31, 1_048_576
BATCH = 100  # rows made at once
LEVEL = 2  # of compression: half the time of the usual 6, a third more bytes


@dataclass(frozen=True)
class Column:
    """One column: header, width in characters, value of a row, and its format."""

    header: str
    width: float
    value: Callable[[Any], Any]
    format: Format = Format.TEXT


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
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            area = _write_sheet(part, columns, rows)
        for name, text in parts(sheet_title(sheet), area):
            with archive.open(name, "w") as part:  # dated 1980, whenever it is made
                part.write(text.encode())


def _write_sheet(part: IO[bytes], columns: Sequence[Column], rows: Iterable[Any]) -> str:
    """The worksheet; returns the cells it covers."""
    letters = _letters(len(columns))
    part.write(_opening(columns).encode())
    last = 1
    for count, text in _row_texts(columns, letters, rows):
        part.write(text.encode())
        last = count
    area = f"A1:{letters[-1]}{last}"
    part.write(_closing(area).encode())
    return area


def _row_texts(
    columns: Sequence[Column], letters: Sequence[str], rows: Iterable[Any]
) -> Iterator[tuple[int, str]]:
    """The head, then some rows at a time, with the number of the last of them."""
    heads = [cells(at, HEAD_STYLE, [c.header], [1]) for at, c in zip(letters, columns, strict=True)]
    yield 1, _rows([1], heads)
    plan = [(at, STYLES[c.format], c.value) for at, c in zip(letters, columns, strict=True)]
    source, first = iter(rows), 2
    while batch := list(islice(source, BATCH)):
        numbers = range(first, first := first + len(batch))
        if first > ROW_LIMIT + 1:
            raise OverflowError(f"an Excel sheet holds {ROW_LIMIT} rows")
        made = [cells(at, style, list(map(value, batch)), numbers) for at, style, value in plan]
        yield first - 1, _rows(numbers, made)


def _rows(numbers: Sequence[int], by_column: Sequence[Sequence[str]]) -> str:
    by_row = zip(*by_column, strict=True)
    return "".join(
        f'<row r="{number}">{"".join(row)}</row>'
        for number, row in zip(numbers, by_row, strict=True)
    )


def _letters(count: int) -> list[str]:
    from openpyxl.utils import get_column_letter

    return [get_column_letter(number) for number in range(1, count + 1)]


def _opening(columns: Sequence[Column]) -> str:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{column.width}" customWidth="1"/>'
        for n, column in enumerate(columns, start=1)
    )
    return (
        f'{XML}<worksheet xmlns="{SPREADSHEET}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
    )


def _closing(area: str) -> str:
    return (
        f'</sheetData><autoFilter ref="{area}"/>'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>"
        "</worksheet>"
    )
