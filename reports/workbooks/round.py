"""汇总表: a whole round as one workbook, every stored value in it, sums as live formulas.

总览 counts from 全部单位 by formula; a sheet for each city; the marks point by point, a sheet for
each table; 排名; 存在问题; 逾期. Stored results only, nothing is scored again. As on the pages 督导
alone is counted and ranked; 帮扶 and 复核 have a sheet each.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from audit.canonical import sha256
from clocks.due import calendar_due
from orgs.models import Region
from orgs.roles import Permission as P
from plans.models import Phase, Plan, Visit
from reports.render.book_xlsx import PERCENT, POINTS, Book, Cell, formula
from reports.render.xlsx import sheet_title
from rubrics.models import Rubric, Version
from scoring.models import Finding, Scoresheet
from scoring.ranking import ranks
from scoring.standings import DONE, RANKED

Told = Callable[[int, int], None]
S = Visit.Status
KINDS, STATES = dict(Rubric.Target.choices), dict(S.choices)
CITY, CHUNK = 6, 200
ALL = "全部单位"
FIELDS = (
    "pk",
    "place",
    "region__name",
    "target__name",
    "target_kind",
    "team__name",
    "visit_on",
    "status",
    "total",
    "applicable",
    "rate",
    "grade",
    "submitted_at",
    "confirmed_at",
    "released_at",
    "version_id",
    "scorer",
)
HEADS = (
    "序号",
    "市",
    "县（市、区）",
    "单位",
    "对象",
    "督导组",
    "督导日期",
    "状态",
    "总得分",
    "应得分",
    "得分率",
    "等级",
    "提交时间",
    "确认时间",
    "下发时间",
)
WIDTHS = (6, 10, 14, 34, 12, 14, 12, 10, 9, 9, 9, 10, 17, 17, 17)
HANDED_IN = {S.SUBMITTED, S.CONFIRMED, S.ARCHIVED}


@dataclass(frozen=True)
class Row:
    """One visit, as the sheets tell it."""

    number: int
    city: str
    visit: Any  # a named tuple of FIELDS

    @property
    def unit(self) -> str:
        """Its name, with what was done there where that is not 督导."""
        name, scorer = self.visit.target__name, self.visit.scorer
        return name if scorer == RANKED else f"{name}（{Phase.DEEDS[scorer]}）"

    @property
    def values(self) -> list[Any]:
        """In the order of HEADS."""
        v = self.visit
        rate = Cell(v.rate, PERCENT)
        return [*self.told, v.total, v.applicable, rate, v.grade, *self.times]

    @property
    def told(self) -> list[Any]:
        v = self.visit
        names = [v.region__name, v.target__name, KINDS[v.target_kind], v.team__name or ""]
        return [self.number, self.city, *names, v.visit_on, STATES[v.status]]

    @property
    def times(self) -> list[Any]:
        v = self.visit
        return [v.submitted_at, v.confirmed_at, v.released_at]


def write_round(
    target: str | os.PathLike,
    plan: Plan,
    user: Any,
    *,
    today: date,
    told: Told = lambda done, total: None,
) -> None:
    """The workbook of the visits whose results this person may see."""
    visits = _visits(plan, user)
    rows = _rows(visits)
    ranked = [row for row in rows if row.visit.scorer == RANKED]
    book = Book()
    _overview(book, plan, ranked, today)
    _everything(book, ranked)
    _ranking(book, ranked)
    for city, own in _by_city(ranked).items():
        _means(book, city, own)
    for scorer, deed in Phase.DEEDS.items():
        if own := [row for row in rows if row.visit.scorer == scorer != RANKED]:
            _means(book, deed, own)
    _marks(book, visits, rows, told)
    _problems(book, visits, rows)
    _late(book, plan, rows, today)
    book.save(target)


def fingerprint(plan: Plan, user: Any) -> str:
    """Of everything the workbook would hold; as long as it stays, so does the workbook."""
    visits = _visits(plan, user)
    return sha256([list(visits.values_list(*FIELDS)), list(_found(visits))])


def _visits(plan: Plan, user: Any):
    seen = Visit.objects.permitted(user, P.RESULT_VIEW).by_teams().filter(plan=plan)
    return seen.exclude(status=S.CANCELLED).order_by("place", "target_kind", "pk")


def _rows(visits) -> list[Row]:
    found = list(visits.values_list(*FIELDS, named=True))
    regions = Region.objects.unscoped(reason="divisions are public; the visits are scoped")
    paths = {visit.place[:CITY] for visit in found}
    cities = dict(regions.filter(path__in=paths).values_list("path", "name"))
    return [
        Row(number, cities.get(visit.place[:CITY], ""), visit)
        for number, visit in enumerate(found, start=1)
    ]


def _by_city(rows: list[Row]) -> dict[str, list[Row]]:
    cities: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        cities[row.city].append(row)
    return cities


OVERVIEW = (
    ("市", 14),
    ("应督导", 10),
    ("已提交", 10),
    ("已确认", 10),
    ("平均总得分", 12),
    ("平均得分率", 12),
    ("最低得分率", 12),
    ("最高得分率", 12),
)
SPREAD = (
    ("AVERAGE", "I", POINTS),
    ("AVERAGE", "K", PERCENT),
    ("MIN", "K", PERCENT),
    ("MAX", "K", PERCENT),
)
MEANS = (("I", POINTS), ("J", POINTS), ("K", PERCENT))


def _overview(book: Book, plan: Plan, rows: list[Row], today: date) -> None:
    """A line for each city and one for the round, counted from the other sheets by Excel."""
    note = f"{plan.title} {today:%Y-%m-%d}"
    sheet = book.sheet("总览", *zip(*OVERVIEW, strict=True), note=note)
    for number, (city, own) in enumerate(_by_city(rows).items(), start=2):
        sheet.add([city, *_counts(f"A{number}"), *_spread(f"'{sheet_title(city)}'", len(own))])
    last = sheet.rows
    sums = [formula(f"=SUM({letter}2:{letter}{last})") for letter in "BCD"]
    sheet.add(["合计", *sums, *_spread(f"'{ALL}'", len(rows))])


def _counts(city: str) -> Iterator[Cell]:
    """应督导, 已提交 and 已确认 of a city."""
    where = f"'{ALL}'!$B:$B,{city}"
    yield formula(f"=COUNTIF({where})")
    for states in (HANDED_IN, DONE):
        each = [f"COUNTIFS({where},'{ALL}'!$H:$H,\"{STATES[s]}\")" for s in sorted(states)]
        yield formula(f"={'+'.join(each)}")


def _spread(sheet: str, count: int) -> Iterator[Cell]:
    """The mean 总得分, and mean, lowest and highest 得分率 of a sheet's visits."""
    for name, letter, look in SPREAD:
        cells = f"{sheet}!{letter}2:{letter}{count + 1}"
        yield formula(f'=IF(COUNT({cells})=0,"",{name}({cells}))', look)


def _everything(book: Book, rows: list[Row]) -> None:
    sheet = book.sheet(ALL, HEADS, WIDTHS)
    for row in rows:
        sheet.add(row.values)


def _means(book: Book, title: str, rows: list[Row]) -> None:
    """The visits of a city, or of a kind of work, and their means."""
    sheet = book.sheet(title, HEADS, WIDTHS)
    for row in rows:
        sheet.add(row.values)
    last = sheet.rows
    means = [formula(f'=IFERROR(AVERAGE({at}2:{at}{last}),"")', look) for at, look in MEANS]
    sheet.add(["", "平均", *[""] * 6, *means])


def _ranking(book: Book, rows: list[Row]) -> None:
    """名次 among units of one kind, equal ones together, the next rank left out (并列)."""
    heads = ("对象", "名次", "单位", "市", "县（市、区）", "总得分", "得分率")
    sheet = book.sheet("排名", heads, (12, 12, 34, 10, 14, 9, 9))
    kinds: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        v = row.visit
        if v.status in DONE and v.rate is not None:
            kinds[v.target_kind].append(row)
    for kind, own in kinds.items():
        scores = [(row.visit.rate, row.visit.total) for row in own]
        found = ranks(Counter(scores).items())
        for score, row in sorted(zip(scores, own, strict=True), key=lambda o: found[o[0]].place):
            v = row.visit
            place = [v.target__name, row.city, v.region__name]
            sheet.add([KINDS[kind], str(found[score]), *place, v.total, Cell(v.rate, PERCENT)])


def _marks(book: Book, visits, rows: list[Row], told: Told) -> None:
    """Each table's marks, a column a scoring point; the sum of a line is the stored total."""
    done = 0
    for version in Version.objects.with_tree().filter(pk__in=visits.values("version")):
        codes = [
            criterion.code
            for section in version.sections.all()
            for item in section.items.all()
            for criterion in item.criteria.all()
        ]
        title = f"逐点 {version.annex or version.rubric.code}"
        heads = ("序号", "单位", *codes, "调整", "合计")
        sheet = book.sheet(title, heads, (6, 34, *[7] * len(codes), 8, 9))
        for row, frozen in _frozen(version, rows):
            sheet.add(_mark_line(row, codes, frozen, at=sheet.rows + 1))
            done += 1
            told(done, len(rows))


def _mark_line(row: Row, codes: list[str], frozen: dict[str, Any], *, at: int) -> list[Any]:
    given = {point["code"]: point for point in frozen["points"]}
    points = [_mark(given.get(code)) for code in codes]
    sums = sum((mark for mark in points if isinstance(mark, Decimal)), Decimal(0))
    adjusted = (row.visit.total or Decimal(0)) - sums
    last = _letters(len(codes) + 3)
    total = formula(f"=SUM(C{at}:{last}{at})", POINTS)
    return [row.number, row.unit, *points, adjusted or None, total]


def _mark(point: dict[str, Any] | None) -> Any:
    """Points as a number; 不适用 and a judgement in words."""
    if point is None:
        return None
    if point["not_applicable"]:
        return "不适用"
    return Decimal(point["points"]) if point["points"] is not None else point["explanation"]


def _letters(number: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    return get_column_letter(number)


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


PROBLEM = (
    ("序号", 6),
    ("市", 10),
    ("单位", 30),
    ("得分点", 9),
    ("存在问题", 44),
    ("督导意见", 36),
    ("整改责任", 18),
    ("整改措施", 36),
    ("整改时限", 12),
    ("整改完成", 12),
)


def _found(visits) -> QuerySet:
    """The problems of the present papers, each behind the key of its visit."""
    found = Finding.objects.unscoped(reason="of visits in scope").filter(
        sheet__visit__in=visits,
        sheet__revision=F("sheet__visit__revision"),
        sheet__frozen_at__isnull=False,
        withdrawn_at=None,
    )
    names = ("criterion__code", "text", "advice", "responsible", "measures", "due_on", "fixed_on")
    ordered = found.order_by("sheet__visit__place", "sheet__visit", "order", "pk")
    return ordered.values_list("sheet__visit", *names)


def _problems(book: Book, visits, rows: list[Row]) -> None:
    sheet = book.sheet("存在问题", *zip(*PROBLEM, strict=True))
    by_visit = {row.visit.pk: row for row in rows if row.visit.status in HANDED_IN}
    number = 0
    for visit, *values in _found(visits).iterator(chunk_size=CHUNK):
        if row := by_visit.get(visit):
            number += 1
            sheet.add([number, row.city, row.unit, *values])


def _late(book: Book, plan: Plan, rows: list[Row], today: date) -> None:
    """Visits whose papers are not handed in though their term is over (源1 四（四）)."""
    sheet = book.sheet(
        "逾期", ("市", "单位", "督导组", "状态", "期限", "逾期天数"), (10, 34, 14, 10, 12, 10)
    )
    ends: dict[str | None, date] = {}
    for row in rows:
        v = row.visit
        if v.visit_on:
            ends[v.team__name] = max(v.visit_on, ends.get(v.team__name, v.visit_on))
    for row in rows:
        v = row.visit
        due = calendar_due(ends.get(v.team__name, plan.visits_end_on), plan.materials_days)
        if v.status not in HANDED_IN and due < today:
            late = (today - due).days
            sheet.add([row.city, row.unit, v.team__name or "", STATES[v.status], due, late])
