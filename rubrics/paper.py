"""The table as issued: which cells are merged, and over how many rows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from rubrics.kinds import KINDS, RuleKind
from rubrics.kinds.award import step_of
from rubrics.kinds.outcome import spelled
from rubrics.outline import CriterionOutline, ItemOutline, Outline


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


def rule_in_words(criterion: CriterionOutline) -> str:
    """How the point is scored, in one line."""
    if criterion.kind == RuleKind.AWARD:
        return f"0 到 {spelled(criterion.points)} 分，每格 {spelled(step_of(criterion.params))} 分"
    found = KINDS[criterion.kind].choices(criterion.points, criterion.params)
    return "；".join(f"{choice.label} {spelled(choice.points)} 分" for choice in found)
