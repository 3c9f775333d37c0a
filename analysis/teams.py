"""The teams of a round beside each other: the sheets to compare, and the verdict in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Left

from analysis.choice import compiled, confirmed, counted
from analysis.fitting import Cell, Effect, Finding, Sheet
from analysis.scores import MILLION, millionths, units
from analysis.shares import TENTH
from analysis.strictness import FEWEST, MANY, Basis, Doubt, Verdict, compare, compare_many
from chabaocu.prepared import Slot
from orgs.roles import Permission as P
from orgs.scope import Scope
from plans.models import Team, Visit
from scoring.models import SelfComparison

CITY = 6  # digits of a city's path
PERCENT = MILLION // 100  # millionths in a point of a hundred
VISIT, CHECK = "sheet__visit__", "check_sheet__visit__rate"
WORDS = {
    Finding.STRICT: "偏严",
    Finding.LENIENT: "偏宽",
    Finding.SAME: "看不出差别",
    Finding.FEW: "份数太少，不下结论",
}
UNCHANGED = "这只说明尺度可能不同，不会自动改任何分数。"


def verdict(plan: int, scope: Scope) -> Verdict | None:
    """What can be said of a round; None where nothing of it is confirmed and scored.

    Many sheets are added up by the database, and only few are read one by one.
    """
    some = _rows(_singles, plan, scope, MANY + 1)
    if not some:
        return None
    if len(some) > MANY:
        found = compare_many(_cells(_marks, plan, scope), _cells(_checks, plan, scope))
        if found:
            return found
        some = _rows(_singles, plan, scope, None)
    return compare(_sheets(some, _rows(_own, plan, scope)))


def _sheets(rows: Iterable[tuple], own: Iterable[tuple[int, int]]) -> tuple[Sheet, ...]:
    """Each with the unit's own mark where there is one."""
    said = {pk: rate / PERCENT for pk, rate in own}
    return tuple(
        Sheet(team, kind, city, rate / PERCENT, said.get(pk))
        for pk, team, kind, city, rate in sorted(rows)
    )


def _cells(build: Callable[..., QuerySet], plan: int, scope: Scope) -> tuple[Cell, ...]:
    """In one order, so that equal sheets add up to equal numbers."""
    return tuple(
        Cell(team, kind, city, n, total / PERCENT, squares / PERCENT**2)
        for team, kind, city, n, total, squares in sorted(_rows(build, plan, scope))
    )


def _rows(build: Callable[..., QuerySet], plan: int, scope: Scope, *how: Any) -> list[Any]:
    found = compiled(build, scope.shape, *how, plan_once=False)
    return found.rows(plan=plan, **scope.values)


def _scored(scope: Scope) -> QuerySet[Visit]:
    return counted(scope).filter(plan=Slot("plan"), rate__isnull=False, team__isnull=False)


def _singles(scope: Scope, most: int | None) -> QuerySet:
    names = ("pk", "team", "target_kind", Left("place", CITY), millionths(F("rate")))
    return _scored(scope).values_list(*names)[:most]


def _compared(scope: Scope) -> QuerySet[SelfComparison]:
    """The units' own marks, where they were compared with the team's."""
    found = SelfComparison.objects.within(scope, P.VISIT_REVIEW).present()
    of = {f"{VISIT}plan": Slot("plan"), f"{VISIT}rate__isnull": False}
    of |= {f"{VISIT}team__isnull": False, f"{CHECK}__isnull": False}
    return confirmed(found, VISIT).filter(**of)


def _own(scope: Scope) -> QuerySet:
    return _compared(scope).values_list("sheet__visit", millionths(F(CHECK)))


def _marks(scope: Scope) -> QuerySet:
    return _added(_scored(scope), "", F("rate"))


def _checks(scope: Scope) -> QuerySet:
    """The team's marks less the units' own."""
    return _added(_compared(scope), VISIT, F(f"{VISIT}rate") - F(CHECK))


def _added(rows: QuerySet, visit: str, value: Any) -> QuerySet:
    """By team, kind and city: how many, the sum of a value and of its squares."""
    by = {"of_team": F(f"{visit}team"), "of_kind": F(f"{visit}target_kind")}
    by["city"] = Left(f"{visit}place", CITY)
    sums = {"n": Count("pk"), "total": millionths(Sum(value))}
    sums["squares"] = units(Sum(value * value), MILLION**2)
    found = rows.annotate(**by).values(*by).annotate(**sums)
    return found.values_list(*by, *sums)


def names(plan: int, scope: Scope) -> dict[int, str]:
    """The teams of a round in their order."""
    teams = Team.objects.within(scope).filter(plan=plan).order_by("order", "pk")
    return dict(teams.values_list("pk", "name"))


@dataclass(frozen=True)
class Row:
    """One team as the page shows it."""

    name: str
    effect: Effect
    basis: Basis

    @property
    def finding(self) -> str:
        return WORDS[self.effect.finding]

    @property
    def stands_out(self) -> bool:
        return self.effect.finding in (Finding.STRICT, Finding.LENIENT)

    @property
    def mean(self) -> str:
        """Less the units' own marks, or the mark itself."""
        if self.effect.mean is None:
            return "—"
        if self.basis == Basis.CHECKS:
            return signed(self.effect.mean)
        return f"{tenth(self.effect.mean)}%"

    @property
    def distance(self) -> str:
        return "—" if self.effect.effect is None else signed(self.effect.effect)

    @property
    def interval(self) -> str:
        if self.effect.half is None:
            return "—"
        return f"{signed(self.effect.low)} ～ {signed(self.effect.high)}"


def rows(verdict: Verdict, named: Mapping[int, str]) -> list[Row]:
    """The teams in their order."""
    effects = {effect.team: effect for effect in verdict.effects}
    return [
        Row(name, effects[team], verdict.basis) for team, name in named.items() if team in effects
    ]


def headline(verdict: Verdict, found: Sequence[Row]) -> str:
    """The verdict in one sentence."""
    if verdict.doubt == Doubt.FEW:
        return f"份数太少，不下结论：至少要有两个组各有 {FEWEST} 份可以比较的评分表。"
    if verdict.doubt == Doubt.APART:
        return "不下结论：各组去的市不同，又没有足够的单位自查可比，分不开是尺度不同还是单位不同。"
    out = [row for row in found if row.stands_out]
    same = [row for row in found if row.effect.finding == Finding.SAME]
    if not out:
        return f"{len(same)} 个组看不出差别。"
    called = "；".join(f"{row.name}{row.finding}，值得复核" for row in out)
    return f"{called}；其余 {len(same)} 组看不出差别。" if same else f"{called}。"


def details(verdict: Verdict, found: Sequence[Row]) -> list[str]:
    """What stands behind the sentence, and what it does not say."""
    if verdict.doubt:
        return []
    said = [_detail(row) for row in found if row.stands_out]
    if said:
        return [*said, UNCHANGED]
    widest = tenth(verdict.smallest or 0.0)
    return [f"份数所限，与各组平均相差不到 {widest} 个百分点的，本来就看不出来。"]


def _detail(row: Row) -> str:
    effect = row.effect
    side = "低" if effect.finding == Finding.STRICT else "高"
    near, far = sorted((abs(effect.low), abs(effect.high)))
    return (
        f"{row.name}给分比各组平均{side} {tenth(abs(effect.effect or 0.0))} 个百分点，"
        f"区间 {tenth(near)}～{tenth(far)}，不含 0。"
    )


def signed(points: float) -> str:
    """+0.5, −6.1, 0.0."""
    told = tenth(abs(points))
    sign = "" if not told else "−" if points < 0 else "+"
    return f"{sign}{told}"


def tenth(value: float) -> Decimal:
    """四舍五入 to one place, as pages and files tell what was fitted."""
    return Decimal(repr(round(value, 9))).quantize(TENTH, ROUND_HALF_UP)
