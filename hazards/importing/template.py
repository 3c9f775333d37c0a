"""The workbook of hazards to fill in, with the unit's places to choose from."""

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from hazards.importing.columns import COLUMNS, PLACE
from hazards.models import Place
from orgs.importing.template import bytes_of, drop_down, explain, head
from orgs.importing.workbook import Limits
from orgs.models import Organization

SHEET, HELP, PLACES = "隐患", "填写说明", "场所"
LIMITS = Limits(rows=2_000)
RULES = (
    "在“隐患”这张表里填，从第 2 行开始，一行一条隐患；不要改第一行。",
    "带 * 的列必填；有下拉的列从下拉里选。",
    "上传后先检查：有一处不对，就一行都不写入，并逐格告诉您怎么改。",
    "写入后都是“已上报”，照常登记、定级、整改、验收，不能直接写成已销号。",
    f"最多 {LIMITS.rows:,} 行、{LIMITS.megabytes} MB；文件里不要有宏、外部链接和图片。",
)


def template(unit: Organization) -> bytes:
    """An empty list with drop-downs of the kinds and of the unit's places."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    head(sheet, [column.title + ("*" if column.required else "") for column in COLUMNS])
    places = Place.objects.unscoped(reason="the list is of this unit").active().filter(unit=unit)
    names = sorted(set(places.values_list("name", flat=True)))
    beside = book.create_sheet(PLACES)
    beside.sheet_state = "hidden"
    for row, name in enumerate(names, start=1):
        beside.cell(row, 1, name).data_type = "s"
    for index, column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = column.width
        offered = f"{PLACES}!$A$1:$A${len(names)}" if column.title == PLACE and names else ""
        drop_down(sheet, letter, column, offered)
    explain(book.create_sheet(HELP, 0), RULES, COLUMNS)
    book.active = book.index(sheet)
    return bytes_of(book)
