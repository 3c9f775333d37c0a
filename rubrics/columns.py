"""Which columns an issued scoring table has: each layout as data, for page, PDF, Word and Excel."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rubrics.outline import Outline

# what one cell of a column covers: the whole table, a 项目, a numbered 内容, or a scoring point
TABLE, SECTION, ITEM, POINT = "table", "section", "item", "point"


@dataclass(frozen=True)
class Column:
    """One column; ``width`` in mm on paper, 0 takes what the others leave."""

    name: str
    head: str
    level: str
    look: str  # heading, text, small, words or value
    width: int = 0


BLOCK = Column("section", "项目", SECTION, "heading", 15)
WORTH = Column("worth", "分值", ITEM, "small", 14)
DETAIL = Column("detail", "细则", POINT, "text")
SCORE = Column("score", "得分", ITEM, "value", 14)
METHOD = Column("method", "督导方法", TABLE, "small", 34)
WORDS = Column("reason", "扣分原因", POINT, "words", 32)
LAYOUTS: Mapping[str, tuple[Column, ...]] = {
    "scores": (BLOCK, Column("item", "督导内容", ITEM, "text"), WORTH, SCORE, METHOD),
    "details": (
        replace(BLOCK, width=17),
        Column("item", "内容", ITEM, "text", 32),
        WORTH,
        DETAIL,
        replace(METHOD, level=ITEM, width=24),
        WORDS,
        SCORE,
    ),
    "checklist": (
        BLOCK,
        Column("content", "内容", POINT, "text"),
        replace(METHOD, head="方法", level=ITEM, width=46),
        SCORE,
        replace(WORDS, name="judged", head="评价"),
    ),
    "questions": (
        BLOCK,
        Column("item", "检查内容", ITEM, "text", 32),
        replace(DETAIL, head="检查问题"),
        Column("verdict", "是否", POINT, "value", 14),
        SCORE,
        replace(WORDS, head="评价", width=34),
    ),
}
MOST_WIDE, WIDE, NARROW = 5, 32, 24  # of many columns the wide ones give way
HEADS = {"content": "item", "judged": "verdict"}  # columns that go by another one's head


def columns_of(outline: Outline) -> tuple[Column, ...]:
    """The columns of a table as it was issued, with its own heads."""
    heads = {"section": outline.section_label, **outline.heads}
    printed = [c for c in LAYOUTS[outline.layout] if _is_printed(c, outline)]
    is_crowded = len(printed) > MOST_WIDE
    return tuple(
        replace(
            column,
            width=NARROW if is_crowded and column.width == WIDE else column.width,
            head=heads.get(HEADS.get(column.name, column.name), column.head),
            level=LEVELS[column.name](outline) if column.name in LEVELS else column.level,
        )
        for column in printed
    )


def score_columns(section_label: str) -> tuple[Column, ...]:
    """The columns of 附件1 and 附件2."""
    first, *others = (column for column in LAYOUTS["scores"] if column.name != "worth")
    return (replace(first, head=section_label), *others)


def _is_printed(column: Column, outline: Outline) -> bool:
    """A table of questions has no 得分, and one block needs no column to name it.

    方法 stands where the table says any, and where it was issued with an empty column of them.
    """
    if column.name == "worth":
        return "worth" in outline.heads
    if column.name == "method":
        is_usual = outline.layout == "scores" and not outline.heads
        return is_usual or "method" in outline.heads or has_methods(outline)
    if column.name == "score":
        return outline.layout in ("scores", "details") or bool(outline.total)
    if column.name == "section" and outline.layout == "questions":
        return len(outline.sections) > 1
    return True


def has_methods(outline: Outline) -> bool:
    """Whether the table says anywhere how to look."""
    parts = (*outline.sections, *outline.items)
    return bool(outline.methods) or any(part.methods for part in parts)


def _methods_level(outline: Outline) -> str:
    if outline.methods:
        return TABLE
    return SECTION if any(section.methods for section in outline.sections) else ITEM


def _worth_level(outline: Outline) -> str:
    """分值 stands beside each point where the points' own wording does not say it."""
    points = [c for item in outline.items for c in item.criteria]
    is_said = any("分）" in point.text for point in points)
    return ITEM if is_said or outline.layout != "details" else POINT


LEVELS = {"method": _methods_level, "worth": _worth_level}
