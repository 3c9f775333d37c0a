"""A scoring table as issued, blank or filled: 附件1, 附件2 and every other layout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.documents.paper import Stamp
from rubrics.columns import Column, columns_of, score_columns
from rubrics.models import Version
from rubrics.outline import CriterionOutline, ItemOutline, Outline, SectionOutline, outline_of

EXCUSED, NO_DATE = "不适用", "　　年　　月　　日"
OWN = "（自查）"


@dataclass(frozen=True)
class Mark:
    """The result of one scoring point; ``told`` is the rule's own explanation of it."""

    points: Decimal | None = None
    not_applicable: bool = False
    full: Decimal = Decimal(0)
    told: str = ""
    said: str = ""  # 扣分原因 or 评价, as a person wrote it

    @property
    def answer(self) -> str:
        """是, 部分, 否, or what else was entered, in words."""
        return EXCUSED if self.not_applicable else self.told

    @property
    def reason(self) -> str:
        """What was written, and behind it how the figure came about where points were lost."""
        if self.not_applicable:
            return "：".join(filter(None, (EXCUSED, self.said)))
        is_lost = self.points is not None and self.points < self.full
        return f"{self.said}（{self.told}）" if is_lost and self.told else self.said

    @property
    def judged(self) -> str:
        """The verdict, and what was written."""
        return "：".join(filter(None, (self.answer, self.said)))


NONE = Mark()


@dataclass(frozen=True)
class Detail:
    """A scoring point in a row of its own."""

    text: str
    answer: str = ""
    words: str = ""
    continued: bool = False
    worth: Decimal | None = None  # where the table says it in a column of its own


@dataclass(frozen=True)
class Row:
    """A numbered 督导内容 with its 得分; ``details`` where its points stand in rows."""

    number: int
    text: str
    score: Decimal | None = None
    not_applicable: bool = False
    continued: bool = False
    details: tuple[Detail, ...] = ()
    methods: tuple[str, ...] = ()
    worth: Decimal | None = None

    @property
    def height(self) -> int:
        """How many rows of the table it takes."""
        return len(self.details) or 1


@dataclass(frozen=True)
class Group:
    """A 项目: its name is printed once over its rows."""

    name: str
    rows: tuple[Row, ...]
    continued: bool = False
    points: Decimal | None = None  # where the source states them
    methods: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """How many rows of the table it takes."""
        return sum(row.height for row in self.rows)


@dataclass(frozen=True)
class Adjustment:
    """What the total gains or loses beside the 得分 above it, and why."""

    name: str
    points: Decimal


@dataclass(frozen=True)
class ScoresheetPaper:
    """The whole form; the one context of its preview, PDF, Word and Excel."""

    annex: str
    title: str
    unit_label: str
    unit: str
    section_label: str
    groups: tuple[Group, ...]
    methods: tuple[str, ...]
    total: Decimal | None
    stamp: Stamp
    columns: tuple[Column, ...] = ()
    total_label: str = "总 得 分"
    date_label: str = ""  # 时间 beside the unit, where the form asks for it
    date: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    grade: str = ""

    flow = "rows"  # what goes on from page to page
    template = "reports/pdf/_scoresheet.html"
    values_template = "reports/pdf/_scoresheet_values.html"

    @property
    def name(self) -> str:
        return self.title if self.is_named_by_title else f"{self.annex} {self.title}"

    @property
    def label(self) -> str:
        """What a link calls it."""
        return self.annex

    @property
    def is_named_by_title(self) -> bool:
        """Whether the source gives the table no number of its own."""
        return self.title.removesuffix(OWN).endswith(self.annex)

    @property
    def date_text(self) -> str:
        """The date, or room to write one."""
        return self.date or NO_DATE

    @property
    def table(self) -> tuple[Column, ...]:
        """The columns; a paper issued before there were other layouts names none."""
        return self.columns or score_columns(self.section_label)

    @property
    def is_scored(self) -> bool:
        return any(column.name == "score" for column in self.table)

    @property
    def row_count(self) -> int:
        return sum(group.height for group in self.groups)


def blank_scoresheet(version: Version) -> ScoresheetPaper:
    """The form of a rubric version (fetched ``with_tree``) with nothing filled in."""
    return blank_form(outline_of(version))


def blank_form(outline: Outline) -> ScoresheetPaper:
    """The form of a table, stored or not yet, with nothing filled in."""
    return scoresheet_paper(outline, unit="", marks={}, total=None, stamp=Stamp())


def scoresheet_paper(
    outline: Outline,
    *,
    unit: str,
    marks: Mapping[str, Mark],
    total: Decimal | None,
    stamp: Stamp,
    date: str = "",
    adjustments: Sequence[Adjustment] = (),
    grade: str = "",
    by_unit: bool = False,
) -> ScoresheetPaper:
    """The form of a table with the marks by point code; one of judgements alone has no total.

    What a unit filled ``by_unit`` for itself says so in its title.
    """
    columns = columns_of(outline)
    names = {column.name for column in columns}
    return ScoresheetPaper(
        annex=outline.annex,
        title=f"{outline.title}{OWN if by_unit else ''}",
        unit_label=outline.unit_label,
        unit=unit,
        section_label=outline.section_label,
        groups=tuple(_group(section, marks, names) for section in outline.sections),
        methods=outline.methods,
        total=total if "score" in names else None,
        stamp=stamp,
        columns=columns,
        total_label=outline.heads.get("total", "总 得 分"),
        date_label=outline.heads.get("date", ""),
        date=date,
        adjustments=tuple(adjustments),
        grade=grade,
    )


def _group(section: SectionOutline, marks: Mapping[str, Mark], names: set[str]) -> Group:
    rows = tuple(_row(item, marks, names) for item in section.items)
    return Group(section.name, rows, points=section.points, methods=section.methods)


def _row(item: ItemOutline, marks: Mapping[str, Mark], names: set[str]) -> Row:
    """得分 of an item is the sum of its points; 不适用 only where the whole item is."""
    found = [marks[c.code] for c in item.criteria if c.code in marks]
    given = [mark.points for mark in found if mark.points is not None and not mark.not_applicable]
    return Row(
        item.number,
        item.text,
        sum(given, Decimal(0)) if given else None,
        bool(found) and all(mark.not_applicable for mark in found),
        details=tuple(_detail(item, c, marks.get(c.code, NONE), names) for c in item.criteria)
        if names & {"detail", "content"}
        else (),
        methods=item.methods,
        worth=item.worth if "worth" in names else None,
    )


def _detail(item: ItemOutline, criterion: CriterionOutline, mark: Mark, names: set[str]) -> Detail:
    """A column of content holds the number and the point; one of details the point alone."""
    is_first = criterion is item.criteria[0]
    begun = f"{item.label or item.number}.{item.heading}" if is_first else ""
    text = begun + criterion.text if "content" in names else criterion.text
    if "verdict" in names:
        return Detail(text, mark.answer, mark.said)
    worth = criterion.points if "worth" in names else None
    return Detail(text, words=mark.judged if "judged" in names else mark.reason, worth=worth)
