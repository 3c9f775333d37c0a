"""The forms as Excel, reopened."""

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl

from reports.documents.record import blank_record
from reports.render.form_xlsx import form_bytes
from tests.reports.papers import SENTENCE, record, scoresheet


def reopen(*papers):
    return openpyxl.load_workbook(io.BytesIO(form_bytes(list(papers))))


def merged(sheet) -> set[str]:
    return {str(cells) for cells in sheet.merged_cells.ranges}


def test_scoresheet_has_the_cells_of_the_form():
    sheet = reopen(scoresheet())["附件1"]
    assert [cell.value for cell in sheet[4]] == ["项  目", "督导内容", "得分", "督导方法"]
    assert {"A5:A6", "A7:A8", "A9:B9", "D5:D9", "A2:D2"} <= merged(sheet)
    assert (sheet["A5"].value, sheet["A9"].value) == ("动员部署", "总 得 分")


def test_total_is_a_live_sum_of_numbers():
    sheet = reopen(scoresheet())["附件1"]
    assert [sheet[f"C{row}"].value for row in range(5, 9)] == [4.5] * 4
    assert sheet["C9"].value == "=SUM(C5:C8)"


def test_total_of_a_rescaled_sheet_is_no_sum():
    sheet = reopen(replace(scoresheet(), total=Decimal("40")))["附件1"]
    assert sheet["C9"].value == 40


def test_form_prints_on_a4_with_heads_repeated():
    sheet = reopen(scoresheet())["附件1"]
    assert (int(sheet.page_setup.paperSize), sheet.page_setup.fitToWidth) == (9, 1)
    assert sheet.print_title_rows == "$4:$4"


def test_text_of_people_is_never_a_formula():
    book = reopen(scoresheet(text="=1+1"), record(text="=HYPERLINK(1)\x00", members=("=2",)))
    formulas = [
        cell.coordinate
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas == ["C9"]


def test_record_has_the_cells_of_the_form():
    sheet = reopen(record())["附件3"]
    assert [sheet[f"A{row}"].value for row in range(4, 8)] == [
        "时　间",
        "所到县级以上工会",
        "总得分",
        "督导组成员",
    ]
    assert {"A8:A10", "A4:B4"} <= merged(sheet)
    assert sheet["A8"].value == "对县级以上工会督导情况"
    assert (sheet["C6"].value, sheet["C8"].value) == (41.5, SENTENCE)


def test_very_long_text_covers_several_rows():
    sheet = reopen(record(text=SENTENCE * 200))["附件3"]
    assert all((size.height or 0) <= 409 for size in sheet.row_dimensions.values())
    assert sheet["C8"].value == SENTENCE * 200


def test_blank_record_is_empty():
    sheet = reopen(blank_record("enterprise_union"))["附件4"]
    assert not any(sheet[f"C{row}"].value for row in range(4, 13))
