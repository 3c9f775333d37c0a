"""The table as issued: which cells are merged, and over how many rows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from rubrics.outline import ItemOutline, Outline


@dataclass(frozen=True)
class Row:
    """One 督导内容; a span of 0 means the cell is covered by one above."""

    section: str
    section_span: int
    item: ItemOutline
    methods: Sequence[str]
    methods_span: int


def rows(outline: Outline) -> list[Row]:
    """One row per item; 项目 merged over its items, 督导方法 over what it applies to."""
    count = sum(len(section.items) for section in outline.sections)
    made: list[Row] = []
    for section in outline.sections:
        for item in section.items:
            first = item is section.items[0]
            if outline.methods:
                methods, span = outline.methods, 0 if made else count
            elif section.methods:
                methods, span = section.methods, len(section.items) if first else 0
            else:
                methods, span = item.methods, 1
            section_span = len(section.items) if first else 0
            made.append(Row(section.name, section_span, item, methods, span))
    return made
