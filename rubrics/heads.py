"""What the columns of each layout are called, where the issued table says nothing else. Pure."""

from collections.abc import Mapping

from rubrics.outline import Outline

TOTAL = ("total", "总 得 分")
DATE = ("date", "")  # printed beside the unit, where the form asks for it
HEADS: Mapping[str, Mapping[str, str]] = {
    layout: dict((*columns, TOTAL, DATE))
    for layout, columns in {
        "scores": (("item", "督导内容"), ("score", "得分"), ("method", "督导方法")),
        "details": (
            ("item", "内容"),
            ("detail", "细则"),
            ("reason", "扣分原因"),
            ("score", "得分"),
        ),
        "checklist": (("item", "内容"), ("method", "方法"), ("score", "得分"), ("verdict", "评价")),
        "questions": (
            ("item", "检查内容"),
            ("detail", "检查问题"),
            ("verdict", "是否"),
            ("score", "得分"),
            ("reason", "评价"),
        ),
    }.items()
}
NAMES = {
    "item": "内容栏",
    "detail": "细则或问题栏",
    "reason": "原因或评价栏",
    "verdict": "判断栏",
    "score": "得分栏",
    "method": "方法栏",
    "total": "总分那一行",
    "date": "单位右边的日期栏，空着就不印",
}


def heads_of(outline: Outline) -> Mapping[str, str]:
    """Every head of the table's layout as it is printed."""
    return {name: outline.heads.get(name, usual) for name, usual in HEADS[outline.layout].items()}
