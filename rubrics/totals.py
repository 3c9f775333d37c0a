"""From the points of a sheet to its total, rate and grade, step by step and explained. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from rubrics.kinds.outcome import Outcome, spelled
from rubrics.scheme import ONE, Group, Scheme

if TYPE_CHECKING:
    from rubrics.evaluate import Point

ZERO = Decimal(0)
RATE = Decimal("0.000001")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Adjustment:
    """What the total gains or loses beside its points, and why; ``section`` where it is in one."""

    name: str
    points: Decimal
    section: int | None = None


@dataclass(frozen=True)
class Totals:
    """The sum of all points and all ``adjustments`` is the ``total``."""

    total: Decimal
    applicable: Decimal  # 应得分: full marks of what applies, answered or not
    rate: Decimal | None  # 得分率, six places; None where nothing applies
    adjustments: tuple[Adjustment, ...]
    grade: str


def settle(
    points: Sequence[Point],
    outcomes: Mapping[str, Outcome | None],
    inapplicable: Collection[str],
    scheme: Scheme,
    *,
    rescale: bool,
) -> Totals:
    """Groups, spills, section vetoes, weights; then 不适用, the scale, the veto of the sheet.

    ``rescale`` gives 实得÷应得×满分 for the points that do not apply.
    """
    account = _Account(points, outcomes)
    vetoes = [p for p in points if (out := outcomes[p.code]) and out.vetoes]
    account.take(_grouped(points, outcomes, scheme))
    account.take(_spilled(points, outcomes, account))
    account.take(_vetoed(_with_effect(vetoes, "section"), account))
    account.take(_weighed(scheme, account))
    earned, full = account.total, worth(points, scheme)
    applicable = full
    if inapplicable:
        applicable = worth([p for p in points if p.code not in inapplicable], scheme)
    account.take(_brought(earned, applicable, full, scheme, rescale=rescale))
    of_sheet, of_grade = _with_effect(vetoes, "sheet"), _with_effect(vetoes, "grade")
    if of_sheet:
        account.take([Adjustment(_veto_name(of_sheet[0]), -account.total)])
    return Totals(
        total=account.total,
        applicable=applicable,
        rate=_rate(ZERO if of_sheet else earned, applicable),
        adjustments=tuple(account.taken),
        grade=_grade(account.total, scheme, of_grade[0] if of_grade else None),
    )


class _Account:
    """What was earned, in all and by section, while adjustments are taken one by one."""

    def __init__(self, points: Sequence[Point], outcomes: Mapping[str, Outcome | None]) -> None:
        self.taken: list[Adjustment] = []
        self.total = ZERO
        self.sections: defaultdict[int | None, Decimal] = defaultdict(Decimal)
        for point in points:
            if outcome := outcomes[point.code]:
                self.total += outcome.points
                self.sections[point.section] += outcome.points

    def take(self, adjustments: Iterable[Adjustment]) -> None:
        for adjustment in adjustments:
            self.taken.append(adjustment)
            self.total += adjustment.points
            self.sections[adjustment.section] += adjustment.points


def worth(points: Sequence[Point], scheme: Scheme) -> Decimal:
    """Full marks of these points: grouped ones as they count, bonus none, sections weighed."""
    grouped = {code for group in scheme.groups for code in group.codes}
    weigh = scheme.weights.get
    alone = (p.points * weigh(p.section, ONE) for p in points if p.code not in grouped)
    asked = (group for group in scheme.groups if not group.bonus)
    return sum(alone, ZERO) + sum((_together(points, group, scheme) for group in asked), ZERO)


def _together(points: Sequence[Point], group: Group, scheme: Scheme) -> Decimal:
    members = [p for p in points if p.code in group.codes]
    if not members:
        return ZERO
    return group.counted(p.points for p in members) * scheme.weight(members[0].section)


def _grouped(
    points: Sequence[Point], outcomes: Mapping[str, Outcome | None], scheme: Scheme
) -> Iterator[Adjustment]:
    where = {p.code: p.section for p in points}
    for group in scheme.groups:
        found = [out.points for code in group.codes if (out := outcomes.get(code))]
        surplus = sum(found, ZERO) - group.counted(found)
        if surplus:
            yield Adjustment(_group_name(group), -surplus, where[group.codes[0]])


def _spilled(
    points: Sequence[Point], outcomes: Mapping[str, Outcome | None], account: _Account
) -> Iterator[Adjustment]:
    """Deducted beyond a point's own marks, from what its section has left (在该类目内扣分)."""
    over: defaultdict[int, Decimal] = defaultdict(Decimal)
    for point in points:
        if (outcome := outcomes[point.code]) and outcome.over:
            over[point.section] += outcome.over
    for section, lost in over.items():
        if taken := min(lost, account.sections[section]):
            yield Adjustment("在该类目内扣分", -taken, section)


def _vetoed(hit: Sequence[Point], account: _Account) -> Iterator[Adjustment]:
    """A section loses all it has, by the first 否决项 hit in it."""
    first = {p.section: p for p in reversed(hit)}
    for section, point in sorted(first.items()):
        if lost := account.sections[section]:
            yield Adjustment(_veto_name(point), -lost, section)


def _weighed(scheme: Scheme, account: _Account) -> Iterator[Adjustment]:
    for section, weight in sorted(scheme.weights.items()):
        if change := account.sections[section] * (weight - 1):
            yield Adjustment(f"权重 {spelled(weight)}", change, section)


def _brought(
    earned: Decimal, applicable: Decimal, full: Decimal, scheme: Scheme, *, rescale: bool
) -> Iterator[Adjustment]:
    """实得÷应得×满分, then the scale; each rounded once, and told as what it changes."""
    now = earned
    if rescale and applicable and applicable != full:
        now = rounded(earned * full / applicable, CENT)
        yield Adjustment("不适用折算：实得÷应得×满分", now - earned)
    if scheme.scale and full:
        exact = earned * full / applicable if rescale and applicable else earned
        scaled = rounded(
            exact * scheme.scale.points / full, Decimal(1).scaleb(-scheme.scale.places)
        )
        yield Adjustment(f"折算为{spelled(scheme.scale.points)}分制", scaled - now)


def _grade(total: Decimal, scheme: Scheme, barred_by: Point | None) -> str:
    """The highest grade reached; 否决 bars the named grade and those above it."""
    names = [grade.name for grade in scheme.grades]
    barred = barred_by.params.get("grade") if barred_by else None
    first = names.index(barred) + 1 if barred in names else 0
    reached = (grade.name for grade in scheme.grades[first:] if total >= grade.at_least)
    return next(reached, "")


def _with_effect(vetoes: Iterable[Point], effect: str) -> list[Point]:
    return [point for point in vetoes if point.params["effect"] == effect]


def _rate(earned: Decimal, applicable: Decimal) -> Decimal | None:
    return rounded(earned / applicable, RATE) if applicable else None


def _group_name(group: Group) -> str:
    if group.rule == "best":
        return f"{group.name}：只取最高一项"
    return f"{group.name}：累计不超过{spelled(group.points)}分"


def _veto_name(point: Point) -> str:
    return f"否决项 {point.code}"


def rounded(value: Decimal, places: Decimal) -> Decimal:
    """四舍五入 to these places."""
    return value.quantize(places, rounding=ROUND_HALF_UP)
