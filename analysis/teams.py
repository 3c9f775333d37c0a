"""The teams of a round beside each other: the sheets to compare, and the verdict in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analysis.choice import counted
from analysis.shares import TENTH
from analysis.strictness import FEWEST, Basis, Doubt, Effect, Finding, Sheet, Verdict
from orgs.roles import Permission as P
from orgs.scope import Scope
from plans.models import Team
from scoring.models import SelfComparison

CITY = 6  # digits of a city's path
WORDS = {
    Finding.STRICT: "偏严",
    Finding.LENIENT: "偏宽",
    Finding.SAME: "看不出差别",
    Finding.FEW: "份数太少，不下结论",
}
UNCHANGED = "这只说明尺度可能不同，不会自动改任何分数。"


def sheets(plan: int, scope: Scope) -> tuple[Sheet, ...]:
    """Every confirmed and scored sheet of a round, with the unit's own mark where there is one."""
    found = counted(scope).filter(plan=plan, rate__isnull=False, team__isnull=False)
    rows = found.order_by("pk").values_list("pk", "team", "target_kind", "place", "rate")
    own = checks(plan, scope)
    return tuple(
        Sheet(team, kind, place[:CITY], _percent(rate), _percent(own[pk]) if pk in own else None)
        for pk, team, kind, place, rate in rows
    )


def checks(plan: int, scope: Scope) -> dict[int, Decimal]:
    """By 督导: the 得分率 that the unit gave itself before, where the two were compared."""
    found = SelfComparison.objects.within(scope, P.VISIT_REVIEW).present()
    found = found.filter(sheet__visit__plan=plan, check_sheet__visit__rate__isnull=False)
    return dict(found.values_list("sheet__visit", "check_sheet__visit__rate"))


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
        return f"{_tenth(self.effect.mean)}%"

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
    widest = _tenth(verdict.smallest or 0.0)
    return [f"份数所限，与各组平均相差不到 {widest} 个百分点的，本来就看不出来。"]


def _detail(row: Row) -> str:
    effect = row.effect
    side = "低" if effect.finding == Finding.STRICT else "高"
    near, far = sorted((abs(effect.low), abs(effect.high)))
    return (
        f"{row.name}给分比各组平均{side} {_tenth(abs(effect.effect or 0.0))} 个百分点，"
        f"区间 {_tenth(near)}～{_tenth(far)}，不含 0。"
    )


def signed(points: float) -> str:
    """+0.5, −6.1, 0.0."""
    told = _tenth(abs(points))
    sign = "" if told == "0.0" else "−" if points < 0 else "+"
    return f"{sign}{told}"


def _percent(rate: Decimal) -> float:
    return float(rate * 100)


def _tenth(value: float) -> str:
    return f"{Decimal(repr(round(value, 9))).quantize(TENTH, 'ROUND_HALF_UP')}"
