"""附件1 and 附件2, 评分表: the form as issued, blank or filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.documents.paper import Stamp
from rubrics.models import Item, Version


@dataclass(frozen=True)
class Mark:
    """The result of one scoring point."""

    points: Decimal | None = None
    not_applicable: bool = False


@dataclass(frozen=True)
class Row:
    """A numbered 督导内容 with its 得分."""

    number: int
    text: str
    score: Decimal | None = None
    not_applicable: bool = False
    continued: bool = False


@dataclass(frozen=True)
class Group:
    """A 项目: its name is printed once over its rows."""

    name: str
    rows: tuple[Row, ...]
    continued: bool = False


@dataclass(frozen=True)
class ScoresheetPaper:
    """The whole form; the one context of its preview, PDF and Excel."""

    annex: str
    title: str
    unit_label: str
    unit: str
    section_label: str
    groups: tuple[Group, ...]
    methods: tuple[str, ...]
    total: Decimal | None
    stamp: Stamp

    template = "reports/pdf/_scoresheet.html"
    values_template = "reports/pdf/_scoresheet_values.html"

    @property
    def name(self) -> str:
        return f"{self.annex} {self.title}"

    @property
    def row_count(self) -> int:
        return sum(len(group.rows) for group in self.groups)


def blank_scoresheet(version: Version) -> ScoresheetPaper:
    """The form of a rubric version with nothing filled in."""
    return scoresheet_paper(version, unit="", marks={}, total=None, stamp=Stamp())


def scoresheet_paper(
    version: Version, *, unit: str, marks: Mapping[str, Mark], total: Decimal | None, stamp: Stamp
) -> ScoresheetPaper:
    """The form of ``version`` (fetched ``with_tree``) with the marks by point code."""
    groups = tuple(
        Group(section.name, tuple(_row(item, marks) for item in section.items.all()))
        for section in version.sections.all()
    )
    return ScoresheetPaper(
        annex=version.annex,
        title=version.title,
        unit_label=version.unit_label,
        unit=unit,
        section_label=version.section_label,
        groups=groups,
        methods=tuple(version.methods),
        total=total,
        stamp=stamp,
    )


def _row(item: Item, marks: Mapping[str, Mark]) -> Row:
    """得分 of an item is the sum of its points; 不适用 only where the whole item is."""
    found = [marks[c.code] for c in item.criteria.all() if c.code in marks]
    given = [mark.points for mark in found if mark.points is not None and not mark.not_applicable]
    excused = bool(found) and all(mark.not_applicable for mark in found)
    return Row(item.number, item.text, sum(given, Decimal(0)) if given else None, excused)
