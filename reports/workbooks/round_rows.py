"""The visits of a round as its 汇总表 tells them: one line each, every stored field."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from orgs.models import Region
from orgs.roles import Permission as P
from plans.models import Phase, Plan, Visit
from reports.render.book_xlsx import PERCENT, Cell
from rubrics.kinds.verdict import GRADES
from rubrics.models import Rubric
from scoring.standings import DONE
from scoring.sums import RANKED

S = Visit.Status
KINDS, STATES = dict(Rubric.Target.choices), dict(S.choices)
PROVINCE, CITY = 3, 6  # digits of region paths
HANDED_IN = {S.SUBMITTED, S.CONFIRMED, S.ARCHIVED}
COUNTS = "是"  # what says that a visit is counted
FIELDS = (
    "pk",
    "place",
    "region__name",
    "target__name",
    "target_kind",
    "scorer",
    "team",
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
    "starts_at",
    "ends_at",
    "revision",
    "version__title",
    "verdicts",
    "self_check",
    "submitted_by__name",
    "vetted_by__name",
    "vetted_at",
    "confirmed_by__name",
    "released_by__name",
    "mismatched_at",
    "version_id",
)
COLUMNS = (
    ("序号", 6),
    ("市", 10),
    ("县（市、区）", 14),
    ("单位", 34),
    ("对象", 12),
    ("督导组", 14),
    ("督导日期", 12),
    ("状态", 10),
    ("总得分", 9),
    ("应得分", 9),
    ("得分率", 9),
    ("等级", 10),
    ("提交时间", 17),
    ("确认时间", 17),
    ("下发时间", 17),
    ("计入统计", 9),
    ("开始", 7),
    ("结束", 7),
    ("第几稿", 7),
    ("评分表", 30),
    *((word, 8) for word in GRADES.values()),
    ("自查总得分", 10),
    ("自查得分率", 10),
    ("提交人", 10),
    ("初审人", 10),
    ("初审时间", 17),
    ("确认人", 10),
    ("下发人", 10),
    ("核实不一致", 17),
)
HEADS = tuple(head for head, _ in COLUMNS)
WIDTHS = tuple(width for _, width in COLUMNS)
SHORT = HEADS.index("计入统计") + 1  # columns of a city, which fit a page
NOBODY = (None, None)


@dataclass(frozen=True)
class Row:
    """One visit, as the sheets tell it."""

    number: int
    city: str
    visit: Any  # a named tuple of FIELDS
    own: tuple[Any, Any] = NOBODY  # 总得分 and 得分率 of the unit's 自查

    @property
    def unit(self) -> str:
        """Its name, with what was done there where that is not 督导."""
        name, scorer = self.visit.target__name, self.visit.scorer
        return name if scorer == RANKED else f"{name}（{Phase.DEEDS[scorer]}）"

    @property
    def counts(self) -> bool:
        """Whether it is confirmed, as all is that the pages of the statistics count."""
        return self.visit.status in DONE

    @property
    def values(self) -> list[Any]:
        """In the order of COLUMNS."""
        v = self.visit
        scored = v.rate is not None or not v.verdicts  # what is only judged has no points
        points = [v.total, v.applicable] if scored else [None, None]
        result = [*points, Cell(v.rate, PERCENT), v.grade]
        times = [v.submitted_at, v.confirmed_at, v.released_at]
        return [*self._told, *result, *times, COUNTS if self.counts else "否", *self._rest]

    @property
    def _told(self) -> list[Any]:
        v = self.visit
        names = [v.region__name, v.target__name, KINDS[v.target_kind], v.team__name or ""]
        return [self.number, self.city, *names, v.visit_on, STATES[v.status]]

    @property
    def _rest(self) -> list[Any]:
        v, said = self.visit, self.visit.verdicts or {}
        counted = [said.get(grade, 0) if said else None for grade in GRADES]
        own, rate = self.own
        told = [v.starts_at, v.ends_at, v.revision, v.version__title]
        people = [v.submitted_by__name, v.vetted_by__name, v.vetted_at]
        people += [v.confirmed_by__name, v.released_by__name]
        return [*told, *counted, own, Cell(rate, PERCENT), *people, v.mismatched_at]


def visits_of(plan: Plan, user: Any) -> QuerySet[Visit]:
    """The visits of a round whose results this person may see, but those that fell away."""
    seen = Visit.objects.permitted(user, P.RESULT_VIEW).by_teams().filter(plan=plan)
    return seen.exclude(status=S.CANCELLED).order_by("place", "target_kind", "pk")


def rows_of(visits: QuerySet[Visit], plan: Plan, user: Any) -> list[Row]:
    """Numbered in the order of divisions."""
    found = list(visits.values_list(*FIELDS, named=True))
    cities, own = _cities({visit.place for visit in found}), dict(_own_checks(plan, user))
    return [
        Row(number, cities[visit.place[:CITY]], visit, own.get(visit.self_check, NOBODY))
        for number, visit in enumerate(found, start=1)
    ]


def by_city(rows: list[Row]) -> dict[str, list[Row]]:
    """The visits of each city."""
    cities: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        cities[row.city].append(row)
    return cities


def _own_checks(plan: Plan, user: Any):
    """The 自查 that were handed in, as far as this person sees them."""
    checks = Visit.objects.permitted(user, P.RESULT_VIEW).filter(plan=plan, status=S.FILED)
    return ((pk, told) for pk, *told in checks.values_list("pk", "total", "rate"))


def _cities(places: set[str]) -> dict[str, str]:
    """Cities by path; 市辖区, which many provinces have, stands behind its province's name."""
    paths = {place[:CITY] for place in places}
    every = Region.objects.unscoped(reason="divisions are public; the visits are scoped")
    above = {path[:PROVINCE] for path in paths}
    names = dict(every.filter(path__in=paths | above).values_list("path", "name"))
    often = Counter(names.get(path, "") for path in paths)
    return {
        path: name if often[name := names.get(path, "")] == 1 else names[path[:PROVINCE]] + name
        for path in paths
    }


def stamps(plan: Plan, user: Any) -> list[Any]:
    """What tells whether the lines would be others."""
    visits = visits_of(plan, user)
    return [list(visits.values_list(*FIELDS)), [*_own_checks(plan, user)]]


def with_revision(found: QuerySet) -> QuerySet:
    """Of rows that hang on a sheet, those of the present frozen draft."""
    return found.filter(sheet__revision=F("sheet__visit__revision"), sheet__frozen_at__isnull=False)
