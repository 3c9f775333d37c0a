"""Hostile workbooks are refused before they cost anything."""

import io
import struct
import time
import zipfile

import pytest
from openpyxl import Workbook

from orgs.importing.extent import outside
from orgs.importing.workbook import BadWorkbook, read_sheet

SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1024 * 1024
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def book(*rows) -> bytes:
    made = Workbook()
    made.active.title = "单位"
    for row in rows or (["单位名称"], ["示例"]):
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def with_members(data: bytes, **members: bytes) -> bytes:
    """The workbook with members replaced or added (names without their folder's slash trouble)."""
    members = {name.replace("__", "/"): content for name, content in members.items()}
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            if name not in members:
                archive.writestr(name, source.read(name))
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def sheet(inner: str) -> bytes:
    return with_members(book(), **{SHEET: (HEAD + inner + "</sheetData></worksheet>").encode()})


def lying() -> bytes:
    """A member that unpacks to 30 MB and says it has 100 bytes."""
    data = with_members(book(), **{"xl/media/a.bin": b"\0" * 30 * MEGABYTE})
    real = struct.pack("<L", 30 * MEGABYTE)
    return data.replace(real, struct.pack("<L", 100))


def elsewhere() -> bytes:
    """The sheet's part has a name that says nothing of a sheet, and reaches far."""
    relations = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(io.BytesIO(book())) as archive:
        told = archive.read(relations).replace(b"worksheets/sheet1.xml", b"media/a.png")
    far = HEAD + '<row r="9"><c r="ZZ9"/></row></sheetData></worksheet>'
    return with_members(book(), **{relations: told, "xl/media/a.png": far.encode()})


HOSTILE = {
    "not a zip": lambda: b"name,code\n1,2\n",
    "zip cut short": lambda: book()[:-200],
    "another zip": lambda: with_members(b"PK\x05\x06" + b"\0" * 18, **{"a.txt": b"x"}),
    "bomb by ratio": lambda: with_members(book(), **{"xl/media/a.bin": b"\0" * 30 * MEGABYTE}),
    "bomb by size": lambda: with_members(
        book(), **{f"xl/media/{n}.bin": b"\0" * 9 * MEGABYTE for n in range(6)}
    ),
    "lying header": lying,
    "many members": lambda: with_members(book(), **{f"a{n}.xml": b"<a/>" for n in range(201)}),
    "entity": lambda: with_members(
        book(),
        **{SHEET: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'},
    ),
    "entity in 16 bits": lambda: with_members(
        book(), **{SHEET: '<?xml version="1.0"?><!DOCTYPE x>'.encode("utf-16")}
    ),
    "macro renamed": lambda: with_members(book(), **{"xl/vbaProject.bin": b"\xd0\xcf"}),
    "external link": lambda: with_members(book(), **{"xl/externalLinks/a.xml": b"<a/>"}),
    "many rows": lambda: sheet("<row/>" * 20_002),
    "many columns": lambda: sheet("<row>" + "<c/>" * 1_000_000 + "</row>"),
    "prefixed columns": lambda: sheet("<x:row>" + "<x:c/>" * 61 + "</x:row>"),
    "two far cells": lambda: sheet('<row><c r="A1"/></row><row><c r="XFD1048576"/></row>'),
    "far cell in small letters": lambda: sheet("<row><c/><c r='xfd7'/></row>"),
    "far row": lambda: sheet('<row r="0020002"/>'),
    "one column more": lambda: sheet('<row><c r="BI1"/></row>'),
    "sheet under another name": elsewhere,
    "spreadsheet of another kind": lambda: with_members(book(), **{"content.xml": b"<a/>"}),
    "broken XML": lambda: sheet("<row><c>"),
    "empty": lambda: sheet(""),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_within_a_second(name):
    data = HOSTILE[name]()
    began = time.perf_counter()
    with pytest.raises(BadWorkbook):
        read_sheet(io.BytesIO(data), len(data), sheet="单位")
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("place", ["A1", "BH1", "AZ20001", "Z9", "BH19999", "B10000"])
def test_place_within_the_limits_is_allowed(place):
    assert not outside(20_001, 60).search(f'<c t="s" r = "{place}">'.encode())


@pytest.mark.parametrize(
    "place", ["BI1", "CA1", "AAA1", "A20002", "A20010", "A21000", "A30000", "A100000", "&#88;1"]
)
def test_place_beyond_the_limits_is_seen(place):
    assert outside(20_001, 60).search(f"<c t='s' r = '{place}'>".encode())


def test_attribute_that_ends_in_r_is_no_place():
    assert not outside(20_001, 60).search(b'<cfRule operator="lessThan" xr:uid="7">')


def test_large_file_is_refused_unread():
    with pytest.raises(BadWorkbook, match="超过 5 MB"):
        read_sheet(io.BytesIO(b""), 5 * MEGABYTE + 1, sheet="单位")


def test_full_list_is_read():
    rows = [["单位名称", "县（市、区）"], *([f"示例{n}", "甲一县"] for n in range(20_000))]
    data = book(*rows)
    read = read_sheet(io.BytesIO(data), len(data), sheet="单位")
    assert (len(read.rows), read.rows[-1]) == (20_000, (20_001, ["示例19999", "甲一县"]))


def test_last_cell_allowed_is_read():
    data = sheet('<row><c r="A1"><v>7</v></c></row><row><c r="BH20001"><v>1</v></c></row>')
    read = read_sheet(io.BytesIO(data), len(data), sheet="单位")
    assert read.header == ["7", *[""] * 59]
    assert read.rows == [(20_001, [*[""] * 59, "1"])]


def test_empty_columns_on_the_left_stay():
    data = sheet('<row><c r="C1"><v>7</v></c></row>')
    assert read_sheet(io.BytesIO(data), len(data), sheet="单位").header == ["", "", "7"]


def test_empty_rows_between_keep_their_numbers():
    data = book(["单位名称"], [], ["示例"], [" "], ["末"])
    assert read_sheet(io.BytesIO(data), len(data), sheet="单位").rows == [
        (3, ["示例"]),
        (5, ["末"]),
    ]


def test_sheet_of_the_template_is_preferred():
    made = Workbook()
    made.active.append(["说明"])
    made.create_sheet("单位").append(["单位名称"])
    stream = io.BytesIO()
    made.save(stream)
    assert read_sheet(stream, 1, sheet="单位").header == ["单位名称"]
