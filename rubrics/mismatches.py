"""Where a table contradicts itself: wording, points, items, sections, total. Pure.

The points win (域3); a mismatch is reported before publication and an accepted one is kept as
a note of the version.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rubrics import scheme
from rubrics.evaluate import points_in
from rubrics.kinds import KINDS, RuleKind
from rubrics.kinds.outcome import spelled
from rubrics.outline import CriterionOutline, Outline
from rubrics.sums import Sum, promised, sum_of


@dataclass(frozen=True)
class Mismatch:
    """One contradiction: the place, and what it says in words."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}：{self.text}"


def mismatches(outline: Outline) -> tuple[Mismatch, ...]:
    """Every contradiction of the table, from the single point up to the total."""
    return (*_all_parts(outline), *_total(outline), *_repeated(outline), *_scheme(outline))


LEVELS = {  # how the place of a contradiction begins
    "得分点": "得分点 ",
    "各项": "第",
    "项目": "项目“",
    "总分": "总分",
    "序号": "序号",
    "计分规则": "计分规则",
}


def by_level(found: tuple[Mismatch, ...]) -> dict[str, list[Mismatch]]:
    """The contradictions under the level at which they were looked for, each level named."""
    return {
        level: [one for one in found if one.where.startswith(begins)]
        for level, begins in LEVELS.items()
    }


def total_of(outline: Outline) -> Decimal:
    """The total as it comes out of the scoring points."""
    return sum((item.worth for item in outline.items), Decimal(0))


def _all_parts(outline: Outline) -> Iterator[Mismatch]:
    for section in outline.sections:
        for item in section.items:
            for criterion in item.criteria:
                yield from _criterion(criterion)
            if not item.criteria:
                yield Mismatch(f"第{item.number}项", "没有得分点")
            yield from _differs(f"第{item.number}项", sum_of(item), "得分点")
        yield from _differs(f"项目“{section.name}”", sum_of(section), "各项")


def _criterion(criterion: CriterionOutline) -> Iterator[Mismatch]:
    where = f"得分点 {criterion.code}"
    if criterion.kind not in KINDS:
        yield Mismatch(where, f"没有“{criterion.kind}”这种计分方式")
        return
    for fault in KINDS[criterion.kind].faults(criterion.points, criterion.params):
        yield Mismatch(where, fault)
    worth = sum_of(criterion)
    if not worth.agrees:
        said = spelled(worth.stated)
        yield Mismatch(where, f"原文写{said}分，登记为{spelled(criterion.points)}分")


def _total(outline: Outline) -> Iterator[Mismatch]:
    """A table with groups or weights promises what they leave of its points."""
    yield from _differs("总分", Sum(promised(outline), outline.total), "各项")


def _differs(where: str, of: Sum, parts: str) -> Iterator[Mismatch]:
    if of.stated is not None and not of.agrees:
        yield Mismatch(where, f"标明{spelled(of.stated)}分，{parts}合计{spelled(of.found)}分")


def _repeated(outline: Outline) -> Iterator[Mismatch]:
    numbers = [item.number for item in outline.items]
    if numbers != list(range(1, len(numbers) + 1)):
        yield Mismatch("序号", "各项须从1起连续编号")
    codes = [c.code for item in outline.items for c in item.criteria]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Mismatch(f"得分点 {code}", "点号重复")


def _scheme(outline: Outline) -> Iterator[Mismatch]:
    points, said = points_in(outline), scheme.read(outline.scheme)
    for fault in scheme.faults(said, {point.code: point.section for point in points}):
        yield Mismatch("计分规则", fault)
    grades = {grade.name for grade in said.grades}
    for point in points:
        barred = point.params.get("grade") if point.kind == RuleKind.VETO else None
        if barred and barred not in grades:
            yield Mismatch("计分规则", f"否决项 {point.code} 说的“{barred}”不在等级里")
