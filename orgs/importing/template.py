"""The workbook to fill in, and the filled one with the wrong cells marked."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from orgs.importing.check import Problem, Rows, names_of
from orgs.importing.columns import COLUMNS, COUNTY, Column
from orgs.models import Region, User

SHEET, HELP, PLACES = "单位", "填写说明", "区划"
HEAD = PatternFill("solid", fgColor="FFE8ECF2")
BAD = PatternFill("solid", fgColor="FFFFC7CE")
LAST_ROW = 20_001
RULES = (
    "在“单位”这张表里填，从第 2 行开始，一行一个单位；不要改第一行。",
    "带 * 的列必填；有下拉的列从下拉里选。",
    "上传后先检查：有一处不对，就一行都不写入，并逐格告诉您怎么改。改好再传一次即可，已经在系统里的不会重复。",
    "最多 20,000 行、5 MB；文件里不要有宏、外部链接和图片。",
)


def template(user: User) -> bytes:
    """An empty list with drop-downs of what this person may write."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    head(sheet, [c.title + ("*" if c.required else "") for c in COLUMNS])
    places = _places(book.create_sheet(PLACES), user)
    for index, column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = column.width
        source = f"{PLACES}!$A$1:$A${places}" if column.title == COUNTY else ""
        drop_down(sheet, letter, column, source)
    explain(book.create_sheet(HELP, 0), RULES, COLUMNS)
    book.active = book.index(sheet)
    return bytes_of(book)


def drop_down(sheet: Worksheet, letter: str, column: Column, source: str = "") -> None:
    """Offer what the column may hold: its own choices, or the cells of ``source``."""
    if column.choices:
        source = f'"{",".join(column.choices)}"'
    if source:
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(rule)


def marked(
    header: Sequence[str], rows: Rows, problems: Sequence[Problem], *, name: str = SHEET
) -> bytes:
    """The list as it was read, its wrong cells red and with what to write as a comment."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    head(sheet, header)
    for number, cells in rows:
        for index, text in enumerate(cells, start=1):
            _write(sheet, number, index, text)
    for problem in problems:
        cell = sheet.cell(problem.row, problem.index + 1)
        cell.fill = BAD
        cell.comment = Comment(f"{problem.what}。{problem.fix}", "查保促督导平台")
    return bytes_of(book)


def head(sheet: Worksheet, titles: Sequence[str]) -> None:
    """The first row, which stays in sight."""
    for index, title in enumerate(titles, start=1):
        _write(sheet, 1, index, title)
        cell = sheet.cell(1, index)
        cell.font, cell.fill = Font(bold=True), HEAD
    sheet.freeze_panes = "A2"


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Text stays text: what somebody typed is never a formula."""
    cell = sheet.cell(row, column, text)
    if text:
        cell.data_type = "s"


def _places(sheet: Worksheet, user: User) -> int:
    regions = Region.objects.visible_to(user).filter(valid_to=None).select_related("parent")
    names = [region.name for region in regions]
    for row, region in enumerate(regions, start=1):
        text = region.name if names.count(region.name) == 1 else names_of(region)[-1]
        sheet.cell(row, 1, text)
    sheet.sheet_state = "hidden"
    return max(len(names), 1)


def explain(sheet: Worksheet, rules: Sequence[str], columns: Sequence[Column]) -> None:
    """How to fill the list in: the rules, and what each column may hold."""
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 70
    sheet.cell(1, 1, "怎样填写").font = Font(bold=True, size=14)
    for row, rule in enumerate(rules, start=2):
        sheet.cell(row, 1, f"{row - 1}.").alignment = Alignment(vertical="top")
        sheet.cell(row, 2, rule).alignment = Alignment(wrap_text=True)
    for row, column in enumerate(columns, start=len(rules) + 3):
        sheet.cell(row, 1, column.title).font = Font(bold=True)
        choices = f"可填：{'、'.join(column.choices)}。" if column.choices else ""
        sheet.cell(row, 2, f"{choices}{column.hint}").alignment = Alignment(wrap_text=True)


def bytes_of(book: Workbook) -> bytes:
    """The finished file."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
