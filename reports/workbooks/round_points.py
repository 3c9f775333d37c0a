"""The papers of a round in its 汇总表: marks point by point, what was said of each, the records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_datetime

from orgs.roles import TeamRole
from reports.render.book_xlsx import POINTS, Book, Cell, Sheet, column_letter, formula
from reports.workbooks.round_rows import HANDED_IN, Row
from rubrics.kinds import verdict
from rubrics.models import Criterion, Version
from rubrics.record_forms import TEXTS
from scoring.models import Scoresheet

Told = Callable[[int, int], None]
CHUNK = 200
FIRST = 3  # the column of the first point
EXCUSED = "不适用"
POINT = (
    ("序号", 6),
    ("单位", 34),
    ("得分点", 9),
    ("填报", 30),
    ("得分", 8),
    ("评价", 8),
    ("理由", 36),
    ("备注", 30),
    ("填报人", 10),
    ("时间", 17),
)
RECORD = (
    ("序号", 6),
    ("单位", 34),
    ("督导人员", 24),
    *((label, 44) for label in TEXTS.values()),
    ("签字", 30),
    ("更正理由", 24),
)
STANDARD = (("评分表", 30), ("得分点", 9), ("项目", 20), ("内容", 70), ("分值", 8), ("计分", 36))
DRAFT = (
    ("序号", 6),
    ("单位", 34),
    ("第几稿", 8),
    ("总得分", 9),
    ("提交时间", 17),
    ("更正理由", 40),
    ("内容哈希", 66),
)


@dataclass(frozen=True)
class Table:
    """A scoring table as columns: its points, and which of them are judged in words."""

    version: Version
    criteria: list[Criterion]

    @property
    def judged(self) -> list[Criterion]:
        return [one for one in self.criteria if one.kind == "verdict"]

    @property
    def scored(self) -> bool:
        return bool(self.version.total)

    @property
    def last(self) -> str:
        """The letter of the last point's column."""
        return column_letter(FIRST + len(self.criteria) - 1)


def write_points(book: Book, visits, rows: list[Row], told: Told) -> None:
    """A sheet of marks for each table, then every answer in full, the records, the standards.

    The papers are read once, some at a time; what stands on several sheets is written together.
    """
    tables = [_table(version) for version in _versions(visits)]
    sheets = [_marks_sheet(book, table) for table in tables]
    points = book.sheet("逐点填报", *zip(*POINT, strict=True), freeze="C2")
    records = book.sheet("记录表", *zip(*RECORD, strict=True), freeze="C2")
    done = 0
    for table, sheet in zip(tables, sheets, strict=True):
        for row, frozen in _frozen(table.version, rows):
            sheet.add(_mark_line(table, row, frozen, at=sheet.rows + 1))
            for line in _points(row, frozen):
                points.add(line)
            records.add(_record(row, frozen))
            done += 1
            told(done, len(rows))
    _standards(book, tables)
    _drafts(book, rows)


def _versions(visits) -> list[Version]:
    return list(Version.objects.with_tree().filter(pk__in=visits.order_by().values("version")))


def _table(version: Version) -> Table:
    return Table(
        version,
        [
            criterion
            for section in version.sections.all()
            for item in section.items.all()
            for criterion in item.criteria.all()
        ],
    )


def _marks_sheet(book: Book, table: Table) -> Sheet:
    version = table.version
    heads = [("序号", 6), ("单位", 34), *((one.code, 7) for one in table.criteria)]
    if table.judged:
        heads += [(word, 8) for word in verdict.GRADES.values()]
    if table.scored:
        heads += [("调整", 8), ("合计", 9)]
    title = f"逐点 {version.annex or version.rubric.code}"
    return book.sheet(title, *zip(*heads, strict=True), freeze="C2")


def _mark_line(table: Table, row: Row, frozen: dict[str, Any], *, at: int) -> list[Any]:
    given = {point["code"]: point for point in frozen["points"]}
    marks = [_mark(one, given.get(one.code)) for one in table.criteria]
    line = [row.number, row.unit, *marks]
    if table.judged:
        line += _judged(table, at)
    if table.scored:
        line += _summed(table, row, marks, at)
    return line


def _mark(criterion: Criterion, point: dict[str, Any] | None) -> Any:
    """Points as a number; 不适用 and a judgement in words."""
    if point is None:
        return None
    if point["not_applicable"]:
        return EXCUSED
    if criterion.kind == "verdict" or point["points"] is None:
        return point["explanation"]
    return Decimal(point["points"])


def _judged(table: Table, at: int) -> Iterator[Cell]:
    """How often it is 符合, 部分 and 不符合; where 是 is the bad answer, the two are exchanged."""
    turned = [
        f"{column_letter(number)}{at}"
        for number, one in enumerate(table.criteria, start=FIRST)
        if one.kind == "verdict" and verdict.counted(one.params)["yes"] == "bad"
    ]
    cells = f"{column_letter(FIRST)}{at}:{table.last}{at}"
    yes, partly, no = verdict.LABELS.values()
    for word, other in ((yes, no), (partly, ""), (no, yes)):
        moved = f'-({{0}}="{word}")+({{0}}="{other}")' if other else ""
        yield formula(
            f'=COUNTIF({cells},"{word}")' + "".join(moved.format(cell) for cell in turned)
        )


def _summed(table: Table, row: Row, marks: list[Any], at: int) -> list[Any]:
    """What caps, bonuses and 折算 change, and the sum, which is the stored total."""
    sums = sum((mark for mark in marks if isinstance(mark, Decimal)), Decimal(0))
    adjusted = (row.visit.total or Decimal(0)) - sums
    own = FIRST + len(marks) + (len(verdict.GRADES) if table.judged else 0)
    changed = f"{column_letter(own)}{at}"
    cells = f"{column_letter(FIRST)}{at}:{table.last}{at}"
    return [adjusted or None, formula(f"=SUM({cells},{changed})", POINTS)]


def _points(row: Row, frozen: dict[str, Any]) -> Iterator[list[Any]]:
    """Every answer as it was given, and what the table changed about their sum."""
    for point in frozen["points"]:
        excused = point["not_applicable"]
        marks = Decimal(point["points"]) if point["points"] is not None and not excused else None
        told = EXCUSED if excused else point["explanation"]
        grade = verdict.GRADES.get(point["verdict"], "")
        by = [point["by"], parse_datetime(point["at"]) if point["at"] else None]
        said = [marks, grade, point["reason"], point["note"]]
        yield [row.number, row.unit, point["code"], told, *said, *by]
    for one in frozen["adjustments"]:
        yield [
            row.number,
            row.unit,
            "调整",
            one["name"],
            Decimal(one["points"]),
            one.get("section", ""),
        ]


def _record(row: Row, frozen: dict[str, Any]) -> list[Any]:
    people = "、".join(f"{one['name']}（{one['label']}）" for one in frozen["members"])
    texts = [frozen["texts"].get(field, "") for field in TEXTS]
    roles = dict(TeamRole.choices)
    signed = "、".join(
        f"{roles.get(one['role'], '')}{one['name']}" for one in frozen.get("signatures", [])
    )
    return [row.number, row.unit, people, *texts, signed, frozen["reason"]]


def _standards(book: Book, tables: list[Table]) -> None:
    """What each column of the marks asks for."""
    sheet = book.sheet("评分标准", *zip(*STANDARD, strict=True))
    for table in tables:
        for one in table.criteria:
            item = one.item
            heads = [table.version.title, one.code, item.section.name]
            sheet.add([*heads, one.text, one.points, one.get_kind_display()])


def _drafts(book: Book, rows: list[Row]) -> None:
    """Every draft that was ever handed in, with its total, also those that were corrected."""
    sheet = book.sheet("各稿", *zip(*DRAFT, strict=True))
    by_visit = {row.visit.pk: row for row in rows}
    stored = Scoresheet.objects.unscoped(reason="of visits in scope")
    for start in range(0, len(rows), CHUNK):
        part = [row.visit.pk for row in rows[start : start + CHUNK]]
        found = stored.filter(visit__in=part, frozen_at__isnull=False)
        lines = found.values_list(
            "visit", "revision", "total", "frozen_at", "reason", "content_hash"
        )
        for visit, *told in lines.order_by("visit__place", "visit", "revision"):
            sheet.add([by_visit[visit].number, by_visit[visit].unit, *told])


def _frozen(version: Version, rows: list[Row]) -> Iterator[tuple[Row, dict[str, Any]]]:
    """The stored papers of the visits with this table that are handed in, some at a time."""
    own = [r for r in rows if r.visit.version_id == version.pk and r.visit.status in HANDED_IN]
    stored = Scoresheet.objects.unscoped(reason="of visits in scope")
    stored = stored.filter(frozen_at__isnull=False).order_by("revision")
    for start in range(0, len(own), CHUNK):
        part = own[start : start + CHUNK]
        found = stored.filter(visit__in=[row.visit.pk for row in part])
        latest = dict(found.values_list("visit_id", "frozen"))
        yield from ((row, latest[row.visit.pk]) for row in part if row.visit.pk in latest)
