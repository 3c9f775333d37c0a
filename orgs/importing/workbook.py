"""Read a workbook a stranger may have made: every limit is checked before anything is parsed."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

MEGABYTE = 1024 * 1024
MAX_FILE = 5 * MEGABYTE
MAX_MEMBERS = 200
MAX_UNPACKED = 50 * MEGABYTE
MAX_RATIO = 100
MAX_ROWS, MAX_COLUMNS = 20_000, 60
SMALL = 64 * 1024  # tiny members compress beyond any ratio and harm nobody
CHUNK = MEGABYTE
ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)[\s>/]")
NOT_PLAIN_XML = (b"<!DOCTYPE", b"<!ENTITY", b"\x00")


class BadWorkbook(Exception):
    """The file is refused as a whole; the message says why, in words for the person."""


@dataclass(frozen=True)
class Sheet:
    """The filled rows of one sheet: (number as in Excel, cell texts)."""

    name: str
    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_sheet(file: IO[bytes], size: int, *, sheet: str) -> Sheet:
    """The texts of one sheet, or BadWorkbook; costs no more than the limits allow."""
    if size > MAX_FILE:
        raise BadWorkbook(f"文件有 {size / MEGABYTE:.1f} MB，超过 5 MB，请分成几份导入。")
    _inspect(file)
    file.seek(0)
    return _parse(file, sheet)


def _inspect(file: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            _check_members(archive)
            for info in archive.infolist():
                _check_content(archive, info)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadWorkbook(
            "这不是 .xlsx 文件，或文件已损坏。请用 Excel 另存为 .xlsx 再传。"
        ) from error


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise BadWorkbook("文件展开后太大，已拒收。请只保留要导入的一张表。")
    for member in members:
        packed = max(member.compress_size, 1)
        if member.file_size > SMALL and member.file_size / packed > MAX_RATIO:
            raise BadWorkbook("文件压缩得不正常，已拒收。请用模板重新填写。")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BadWorkbook("文件里有宏，已拒收。请另存为不含宏的 .xlsx。")
    if any("externalLinks/" in name for name in names):
        raise BadWorkbook("文件里有指向别的文件的链接，已拒收。请把链接改成数值。")
    if "[Content_Types].xml" not in names:
        raise BadWorkbook("这不是 .xlsx 文件。请用模板填写。")


def _check_content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Unpack once without keeping it: a header that lies about the size fails here."""
    is_xml = info.filename.endswith((".xml", ".rels"))
    is_sheet = "/worksheets/" in f"/{info.filename}"
    counts = _Counts()
    with archive.open(info) as member:
        tail = b""
        while chunk := member.read(CHUNK):
            if is_xml and any(mark in tail + chunk for mark in NOT_PLAIN_XML):
                raise BadWorkbook("文件内容不正常，已拒收。请用模板重新填写。")
            if is_sheet:
                counts.add(tail + chunk, len(tail))
            tail = chunk[-16:]


class _Counts:
    """Rows of a sheet and cells of its present row, counted on the raw bytes."""

    def __init__(self) -> None:
        self.rows = self.cells = 0

    def add(self, data: bytes, seen: int) -> None:
        for tag in ROW_OR_CELL.finditer(data):
            if tag.end() <= seen:
                continue
            if tag[1] == b"row":
                self.rows, self.cells = self.rows + 1, 0
            else:
                self.cells += 1
            if self.rows > MAX_ROWS + 1 or self.cells > MAX_COLUMNS:
                raise BadWorkbook(
                    f"表太大：最多 {MAX_ROWS:,} 行、{MAX_COLUMNS} 列，请分成几份导入。"
                )


def _parse(file: IO[bytes], name: str) -> Sheet:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles it does not know
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = book[name] if name in book.sheetnames else book.worksheets[0]
            sheet.reset_dimensions()
            rows = list(_texts(sheet))
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise BadWorkbook("读不懂这个文件。请用模板填写后再传。") from error
    if not rows:
        raise BadWorkbook("表里没有内容。请用模板填写。")
    return Sheet(sheet.title, rows[0][1], rows[1:])


def _texts(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows that say something; the first row always counts as the header."""
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_text(value) for value in row[:MAX_COLUMNS]]
        if number == 1 or any(cells):
            yield number, cells


def _text(value: object) -> str:
    """A cell as the person sees it: 3 and not 3.0, no spaces around."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return ILLEGAL_CHARACTERS_RE.sub("", str(value)).strip()
