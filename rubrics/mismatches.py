"""Where a table contradicts itself: wording, points, items, sections, total. Pure.

The points win (域3); a mismatch is reported before publication and an accepted one is kept as
a note of the version.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from rubrics.kinds import KINDS
from rubrics.kinds.outcome import spelled
from rubrics.outline import CriterionOutline, ItemOutline, Outline, SectionOutline

STATED = re.compile(r"（([0-9]+(?:\.[0-9]+)?)分）")


@dataclass(frozen=True)
class Mismatch:
    """One contradiction: the place, and what it says in words."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}：{self.text}"


def mismatches(outline: Outline) -> tuple[Mismatch, ...]:
    """Every contradiction of the table, from the single point up to the total."""
    return (*_all_parts(outline), *_total(outline), *_repeated(outline))


def sum_of(parts: Iterable[CriterionOutline | ItemOutline]) -> Decimal:
    """The points of the parts together."""
    return sum((part.points for part in parts), Decimal(0))


def total_of(outline: Outline) -> Decimal:
    """The total as it comes out of the scoring points."""
    return sum((sum_of(i.criteria) for s in outline.sections for i in s.items), Decimal(0))


def _all_parts(outline: Outline) -> Iterator[Mismatch]:
    for section in outline.sections:
        for item in section.items:
            for criterion in item.criteria:
                yield from _criterion(criterion)
            yield from _differs(f"第{item.number}项", item.points, sum_of(item.criteria), "得分点")
        yield from _section(section)


def _criterion(criterion: CriterionOutline) -> Iterator[Mismatch]:
    where = f"得分点 {criterion.code}"
    if criterion.kind not in KINDS:
        yield Mismatch(where, f"没有“{criterion.kind}”这种计分方式")
        return
    for fault in KINDS[criterion.kind].faults(criterion.points, criterion.params):
        yield Mismatch(where, fault)
    stated = STATED.search(criterion.text)
    if stated and Decimal(stated[1]) != criterion.points:
        yield Mismatch(where, f"原文写{stated[1]}分，登记为{spelled(criterion.points)}分")


def _section(section: SectionOutline) -> Iterator[Mismatch]:
    if section.points is not None:
        yield from _differs(f"项目“{section.name}”", section.points, sum_of(section.items), "各项")


def _total(outline: Outline) -> Iterator[Mismatch]:
    items = [item for section in outline.sections for item in section.items]
    yield from _differs("总分", outline.total, sum_of(items), "各项")


def _differs(where: str, stated: Decimal, found: Decimal, parts: str) -> Iterator[Mismatch]:
    if stated != found:
        yield Mismatch(where, f"标明{spelled(stated)}分，{parts}合计{spelled(found)}分")


def _repeated(outline: Outline) -> Iterator[Mismatch]:
    items = [item for section in outline.sections for item in section.items]
    numbers = [item.number for item in items]
    if numbers != list(range(1, len(items) + 1)):
        yield Mismatch("序号", "各项须从1起连续编号")
    codes = [c.code for item in items for c in item.criteria]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Mismatch(f"得分点 {code}", "点号重复")
