"""XX科室X月份安全生产工作开展情况: 高青县方案附件1 to the letter, with what the system holds.

What it does not hold stays as the template words it, for the office to write in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from reports.documents.official import Block, Official, look_of

PLANNING = "一、工作开展计划"
DONE = "二、工作完成情况"
NEXT = "三、下个月工作计划"
INSPECTED = "安全检查："  # what the system counted, beside the wording of the template
ISSUED = (
    "（一）行业规划：",
    "1、上级部门发文情况（例如：“十四五”民用爆炸物品行业安全发展规划等文件），以及开展形式。",
    "2、我局制定相关文件，以及开展形式。",
    "（二）产业政策：",
    "1、上级部门发文情况（例如：“技改专项贷”、“设备购置补助”等政策），以及开展形式。",
    "2、我局制定产业政策文件情况，以及开展形式。",
    "（三）法规标准：",
    "组织行业企业开展多种形式学习法规标准情况。（例如：《关于开展全市废弃资源综合利用业企业安全"
    "生产“大学习、大培训、大考试”专项行动的通知》）",
    "（四）其他工作开展情况。安全检查、领导调研、安全宣传、安全培训等工作。",
)
TO_COME = "根据上级文件要求或工作安排，拟开展XX行动、参加XX调研、组织开展安全培训、安全宣传等工作。"


@dataclass(frozen=True)
class Figures:
    """What the round's papers hold of one office in one month."""

    planned: int = 0  # units of the round that are this office's
    visited: tuple[str, ...] = ()  # names of the units inspected in the month
    problems: int = 0
    fixed: int = 0
    late: int = 0
    coming: tuple[str, ...] = ()  # names of those due in the month after


@dataclass(frozen=True)
class Monthly:
    """The whole form."""

    office: str
    month: date  # its first day
    round: str
    figures: Figures = field(default_factory=Figures)

    @property
    def title(self) -> str:
        return f"{self.office}{self.month.month}月份安全生产工作开展情况"

    @property
    def lines(self) -> list[str]:
        """What stands on the form, a paragraph each."""
        return list(self._lines())

    @property
    def paper(self) -> Official:
        """The form as a 公文, unsigned: the office finishes it."""
        blocks = tuple(Block(look_of(line), line) for line in self.lines)
        return Official(self.title, blocks=blocks)

    def _lines(self) -> Iterator[str]:
        yield PLANNING
        planned = f"{self.figures.planned}家单位" if self.figures.planned else "XX"
        yield (
            f"根据XXXX文件要求，组织开展{self.round}行动，计划对{planned}开展工作，预计取得XX效果"
        )
        yield DONE
        yield from ISSUED
        yield self._inspected()
        yield NEXT
        yield TO_COME
        if self.figures.coming:
            yield f"{INSPECTED}安排检查{_counted(self.figures.coming)}。"

    def _inspected(self) -> str:
        told = self.figures
        if not told.visited:
            return f"{INSPECTED}{self.month.month}月没有检查单位。"
        late = f"（其中逾期{told.late}个）" if told.late else ""
        return (
            f"{INSPECTED}{self.month.month}月检查{_counted(told.visited)}，发现问题{told.problems}个，"
            f"已整改{told.fixed}个，未整改{told.problems - told.fixed}个{late}。"
        )


def _counted(names: tuple[str, ...]) -> str:
    return f"单位{len(names)}家（{'、'.join(names)}）"
