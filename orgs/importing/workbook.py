"""Read a workbook a stranger may have made: every limit is checked before anything is parsed."""

import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from python_calamine import CalamineError, CalamineWorkbook

from orgs.importing.extent import Extent, TooLarge

MEGABYTE = 1024 * 1024
MAX_MEMBERS = 200
MAX_RATIO = 100
SMALL = 64 * 1024  # tiny members compress beyond any ratio and harm nobody
CHUNK = MEGABYTE
NOT_PLAIN_XML = (b"<!DOCTYPE", b"<!ENTITY", b"\x00")
NEEDED = {"[content_types].xml", "xl/workbook.xml"}
OTHER_KINDS = {"content.xml", "xl/workbook.bin"}  # .ods and .xlsb, which have no such limits


@dataclass(frozen=True)
class Limits:
    """How much a file may hold; what a list of units needs, unless told otherwise."""

    megabytes: int = 5
    unpacked_megabytes: int = 50
    rows: int = 20_000
    columns: int = 60


UNITS = Limits()


@dataclass(frozen=True)
class Package:
    """What a file of one kind is called, and which members it must have."""

    suffix: str
    needed: frozenset[str]
    again: str  # what to do with a refused one


EXCEL = Package(".xlsx", frozenset(NEEDED), "请用模板重新填写。")
WORD = Package(
    ".docx",
    frozenset({"[content_types].xml", "word/document.xml"}),
    "请在 Word 里把表格复制到新文件，另存为 .docx 再传。",
)
# what a list or a table never needs, and what would act on whoever opens the archived file
EMBEDDED = ("embeddings/", "activex/", "oleobject")
OUTWARD = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
MOST_OF_RELATIONS = MEGABYTE


class BadWorkbook(Exception):
    """The file is refused as a whole; the message says why, in words for the person."""


@dataclass(frozen=True)
class Sheet:
    """The filled rows of one sheet: (number as in Excel, cell texts)."""

    name: str
    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_sheet(file: IO[bytes], size: int, *, sheet: str, limits: Limits = UNITS) -> Sheet:
    """The texts of one sheet, or BadWorkbook; costs no more than the limits allow."""
    inspect(file, size, limits)
    file.seek(0)
    return _parse(file, sheet, limits)


def inspect(file: IO[bytes], size: int, limits: Limits, package: Package = EXCEL) -> None:
    """Refuse with BadWorkbook what is too large, no plain package, or carries more than text."""
    if size > limits.megabytes * MEGABYTE:
        told = f"{size / MEGABYTE:.1f} MB，超过 {limits.megabytes} MB"
        raise BadWorkbook(f"文件有 {told}，请分成几份导入。")
    kind = package.suffix
    try:
        with zipfile.ZipFile(file) as archive:
            _check_members(archive, limits, package)
            for info in archive.infolist():
                _check_content(archive, info, limits, package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadWorkbook(f"这不是 {kind} 文件，或文件已损坏。请另存为 {kind} 再传。") from error


def _check_members(archive: zipfile.ZipFile, limits: Limits, package: Package) -> None:
    members = archive.infolist()
    names = {member.filename.lower() for member in members}
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > limits.unpacked_megabytes * MEGABYTE:
        raise BadWorkbook("文件展开后太大，已拒收。请只保留要导入的一张表。")
    for member in members:
        _check_member(member, package)
    _check_names(names, package)


def _check_member(member: zipfile.ZipInfo, package: Package) -> None:
    packed = max(member.compress_size, 1)
    if member.file_size > SMALL and member.file_size / packed > MAX_RATIO:
        raise BadWorkbook(f"文件压缩得不正常，已拒收。{package.again}")
    if ".." in member.filename.split("/") or member.filename.startswith(("/", "\\")):
        raise BadWorkbook(f"文件里有不正常的路径，已拒收。{package.again}")


def _check_names(names: set[str], package: Package) -> None:
    if any(name.endswith("vbaproject.bin") for name in names):
        raise BadWorkbook(f"文件里有宏，已拒收。请另存为不含宏的 {package.suffix}。")
    if any("externallinks/" in name for name in names):
        raise BadWorkbook("文件里有指向别的文件的链接，已拒收。请把链接改成数值。")
    if any(part in name for name in names for part in EMBEDDED):
        raise BadWorkbook("文件里嵌有别的文件或控件，已拒收。请删去再传。")
    if not names >= package.needed or names & OTHER_KINDS:
        raise BadWorkbook(f"这不是 {package.suffix} 文件。{package.again}")


def _check_content(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, package: Package
) -> None:
    """Unpack once without keeping it: a header that lies about the size fails here."""
    if info.filename.lower().endswith(".rels"):
        _check_relations(archive, info)
    is_xml = info.filename.lower().endswith((".xml", ".rels"))
    extent = Extent(limits.rows, limits.columns)  # whatever its name, it may be read as a sheet
    tail = b""
    try:
        with archive.open(info) as member:
            while chunk := member.read(CHUNK):
                if is_xml and any(mark in tail + chunk for mark in NOT_PLAIN_XML):
                    raise BadWorkbook(f"文件内容不正常，已拒收。{package.again}")
                extent.add(chunk)
                tail = chunk[-16:]
    except TooLarge as error:
        told = f"最多 {limits.rows:,} 行、{limits.columns} 列"
        raise BadWorkbook(f"表太大：{told}，请分成几份导入。") from error


def _check_relations(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """A template or picture fetched from elsewhere is refused; a link to be clicked is not."""
    with archive.open(info) as member:
        data = member.read(MOST_OF_RELATIONS + 1)
    outward = [found for found in OUTWARD.findall(data) if b"/hyperlink" not in found]
    if outward or len(data) > MOST_OF_RELATIONS:
        raise BadWorkbook("文件里有指向别处的链接（模板、图片或对象），已拒收。请删去再传。")


def _parse(file: IO[bytes], name: str, limits: Limits) -> Sheet:
    """A compiled reader does it; it keeps the whole sheet, hence the limits before it."""
    try:
        book = CalamineWorkbook.from_filelike(file)
        sheet = book.get_sheet_by_name(name if name in book.sheet_names else book.sheet_names[0])
        rows = list(_texts(sheet))
    except (CalamineError, IndexError, ValueError, OSError) as error:
        raise BadWorkbook("读不懂这个文件。请用模板填写后再传。") from error
    if not rows:
        raise BadWorkbook("表里没有内容。请用模板填写。")
    return Sheet(sheet.name, rows[0][1], rows[1:])


def _texts(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows that say something; the first row always counts as the header."""
    left = [""] * (sheet.start or (0, 0))[1]  # the reader leaves out empty columns on the left
    texts: defaultdict[type, _Texts] = defaultdict(_Texts)  # by type: 1, 1.0 and True are equal
    for number, row in enumerate(sheet.iter_rows(), start=1):
        told = left + row if left else row
        cells = [v.strip() if type(v) is str else texts[type(v)][v] for v in told]
        said = "".join(cells)
        if ILLEGAL_CHARACTERS_RE.search(said):
            cells = [ILLEGAL_CHARACTERS_RE.sub("", text).strip() for text in cells]
        if number == 1 or said:
            yield number, cells


class _Texts(dict):
    """Cells as the person sees them, 3 and not 3.0; the same days and numbers come again."""

    def __missing__(self, value: Any) -> str:
        shown = int(value) if isinstance(value, float) and value.is_integer() else value
        text = self[value] = str(shown)
        return text
