"""What the columns of each layout are called, where the issued table says nothing else. Pure."""

from collections.abc import Mapping

from rubrics.columns import HEADS as BORROWED
from rubrics.columns import LAYOUTS
from rubrics.outline import Outline

TOTAL = ("total", "总 得 分")
IF_SAID = ("worth", "date")  # printed only where the table gives them a head
NAMES = {
    "item": "内容栏",
    "detail": "细则或问题栏",
    "worth": "分值栏，空着就不印",
    "reason": "原因或评价栏",
    "verdict": "判断栏",
    "score": "得分栏",
    "method": "方法栏",
    "total": "总分那一行",
    "date": "单位右边的日期栏，空着就不印",
}


def _usual(layout: str) -> dict[str, str]:
    """By the name under which ``heads`` keeps them; 项目 is the section's own label."""
    columns = [column for column in LAYOUTS[layout] if column.name != "section"]
    heads = {BORROWED.get(column.name, column.name): column.head for column in columns}
    return heads | dict((TOTAL,)) | {name: "" for name in IF_SAID if name in (*heads, "date")}


HEADS: Mapping[str, Mapping[str, str]] = {layout: _usual(layout) for layout in LAYOUTS}


def heads_of(outline: Outline) -> Mapping[str, str]:
    """Every head of the table's layout as it is printed."""
    return {name: outline.heads.get(name, usual) for name, usual in HEADS[outline.layout].items()}
