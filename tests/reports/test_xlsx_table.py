"""Lists as Excel, reopened and compared cell by cell."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from reports.render.xlsx import Column, Format, sheet_title, table_bytes

COLUMNS = [
    Column("单位", 30, lambda row: row[0]),
    Column("总得分", 10, lambda row: row[1], Format.POINTS),
    Column("得分率", 10, lambda row: row[2], Format.PERCENT),
    Column("日期", 12, lambda row: row[3], Format.DATE),
]
ROW = ("示例县总工会", Decimal("41.5"), Decimal("0.83"), date(2017, 12, 5))
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)", "http://a.example/", "{=1}"]


def reopen(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_table_cells_are_typed():
    sheet = reopen(table_bytes("督导结果", COLUMNS, [ROW]))
    assert [cell.value for cell in sheet[1]] == ["单位", "总得分", "得分率", "日期"]
    assert [cell.value for cell in sheet[2]] == [
        "示例县总工会",
        41.5,
        0.83,
        datetime(2017, 12, 5),
    ]
    assert [cell.number_format for cell in sheet[2]] == ["@", "0.0", "0.0%", "yyyy-mm-dd"]


def test_table_prints_on_a4_with_head_repeated():
    sheet = reopen(table_bytes("督导结果", COLUMNS, [ROW]))
    assert (sheet.title, sheet.page_setup.paperSize, sheet.page_setup.orientation) == (
        "督导结果",
        9,
        "landscape",
    )
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")


@pytest.mark.parametrize("text", HOSTILE)
def test_table_text_is_never_a_formula_or_link(text):
    cell = reopen(table_bytes("表", [Column("文", 9, lambda row: row)], [text]))["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_table_drops_control_characters():
    cell = reopen(table_bytes("表", [Column("文", 9, lambda row: row)], ["甲\x00\x0b乙\n丙"]))["A2"]
    assert cell.value == "甲乙\n丙"


def test_table_escapes_what_excel_would_read_as_a_character():
    content = table_bytes("表", [Column("文", 9, lambda row: row)], ["_x0041_ <b>&amp;</b>"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x0041_ &lt;b&gt;&amp;amp;&lt;/b&gt;" in text


def test_table_text_is_cut_where_excel_cuts_it():
    cell = reopen(table_bytes("表", [Column("文", 9, lambda row: row)], ["长" * 40_000]))["A2"]
    assert len(cell.value) == 32767


@pytest.mark.parametrize("value", [True, 7, 7.5, Decimal("7.5"), "字", None])
def test_mixed_column_keeps_each_type(value):
    rows = ["甲", None, 3, value]
    sheet = reopen(table_bytes("表", [Column("值", 9, lambda row: row)], rows))
    assert [sheet[f"A{row}"].value for row in range(2, 6)] == ["甲", None, 3, value]


def test_number_that_is_none_leaves_its_cell_empty():
    rows = [float("nan"), float("inf"), 1.5]
    sheet = reopen(table_bytes("表", [Column("值", 9, lambda row: row)], rows))
    assert [cell.value for cell in sheet["A"]] == ["值", None, None, 1.5]


def test_equal_rows_give_equal_bytes():
    assert table_bytes("表", COLUMNS, [ROW] * 3) == table_bytes("表", COLUMNS, [ROW] * 3)


def test_table_filter_covers_its_cells():
    sheet = reopen(table_bytes("表", COLUMNS, [ROW] * 250))
    assert (sheet.auto_filter.ref, sheet.max_row) == ("A1:D251", 251)


def test_table_without_rows_keeps_its_head():
    sheet = reopen(table_bytes("表", COLUMNS, []))
    assert [cell.value for cell in sheet[1]] == ["单位", "总得分", "得分率", "日期"]


def test_table_moment_is_in_local_time():
    moment = datetime(2017, 12, 5, 1, 30, tzinfo=UTC)
    sheet = reopen(table_bytes("表", [Column("时", 9, lambda row: row, Format.MOMENT)], [moment]))
    assert sheet["A2"].value == datetime(2017, 12, 5, 9, 30)


def test_table_takes_rows_from_a_generator():
    rows = ((f"示例{n}", n, None, None) for n in range(500))
    assert reopen(table_bytes("表", COLUMNS, rows)).max_row == 501


def test_sheet_title_is_one_excel_accepts():
    assert sheet_title("甲/乙:丙[丁]" + "长" * 40) == ("甲 乙 丙 丁 " + "长" * 40)[:31]
