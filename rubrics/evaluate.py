"""From what the inspectors entered to points, totals and the rate. Pure: no database, no clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from rubrics.kinds import KINDS
from rubrics.kinds.outcome import Choice, InvalidInput, Outcome

if TYPE_CHECKING:
    from rubrics.models import Version

__all__ = [
    "Choice",
    "Given",
    "InvalidInput",
    "Outcome",
    "Point",
    "Result",
    "choices",
    "evaluate",
    "points_of",
    "score_point",
]

ZERO = Decimal(0)
RATE = Decimal("0.000001")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Point:
    """A scoring point (得分点): where it stands, its full marks and its rule."""

    code: str
    item: int
    section: int
    kind: str
    points: Decimal
    params: Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """What was entered for one point; empty inputs mean nothing was."""

    inputs: Mapping[str, Any] = field(default_factory=dict)
    not_applicable: bool = False


@dataclass(frozen=True)
class Result:
    """A whole sheet scored. An open or inapplicable point has no outcome and adds nothing."""

    by_code: Mapping[str, Outcome | None]
    items: Mapping[int, Decimal]  # by item number
    sections: Mapping[int, Decimal]  # by section order
    total: Decimal
    applicable: Decimal  # 应得分: full marks of the points that apply, answered or not
    rate: Decimal | None  # 得分率, six places; None where nothing applies
    answered: int  # scored or 不适用
    open: tuple[str, ...]


def points_of(version: Version) -> tuple[Point, ...]:
    """The scoring points of a version in issued order, from its prefetched tree."""
    return tuple(
        Point(c.code, item.number, section.order, c.kind, c.points, c.params)
        for section in version.sections.all()
        for item in section.items.all()
        for c in item.criteria.all()
    )


def score_point(
    kind: str, points: Decimal, params: Mapping[str, Any], inputs: Mapping[str, Any]
) -> Outcome:
    """Score one point; InvalidInput, with a message for the person, where it cannot be."""
    return KINDS[kind].score(points, params, inputs)


def choices(kind: str, params: Mapping[str, Any], points: Decimal) -> tuple[Choice, ...]:
    """What a page offers at one tap: levels with none last, the ladder of counts, full and 0."""
    return KINDS[kind].choices(points, params)


def evaluate(
    points: Sequence[Point], answers: Mapping[str, Given], *, rescale: bool = False
) -> Result:
    """Score a sheet.

    总得分 is the plain sum of points earned (域8); ``rescale`` gives 实得÷应得×满分 instead, for
    a version that says so. 得分率 is earned ÷ applicable either way. An answer to a point that is
    not in the table raises KeyError.
    """
    if unknown := answers.keys() - {p.code for p in points}:
        raise KeyError(*sorted(unknown))
    given = {p.code: answers.get(p.code, Given()) for p in points}
    by_code = {p.code: _outcome(p, given[p.code]) for p in points}
    items, sections = _sums(points, by_code)
    earned = sum(items.values(), ZERO)
    applicable = sum((p.points for p in points if not given[p.code].not_applicable), ZERO)
    full = sum((p.points for p in points), ZERO)
    still_open = tuple(
        code for code, out in by_code.items() if out is None and not given[code].not_applicable
    )
    return Result(
        by_code=by_code,
        items=items,
        sections=sections,
        total=_rescaled(earned, applicable, full) if rescale else earned,
        applicable=applicable,
        rate=_rounded(earned / applicable, RATE) if applicable else None,
        answered=len(points) - len(still_open),
        open=still_open,
    )


def _outcome(point: Point, given: Given) -> Outcome | None:
    if given.not_applicable or not given.inputs:
        return None
    return score_point(point.kind, point.points, point.params, given.inputs)


def _sums(
    points: Sequence[Point], by_code: Mapping[str, Outcome | None]
) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    items: defaultdict[int, Decimal] = defaultdict(Decimal)
    sections: defaultdict[int, Decimal] = defaultdict(Decimal)
    for point in points:
        outcome = by_code[point.code]
        gained = outcome.points if outcome else ZERO
        items[point.item] += gained
        sections[point.section] += gained
    return dict(items), dict(sections)


def _rescaled(earned: Decimal, applicable: Decimal, full: Decimal) -> Decimal:
    return _rounded(earned * full / applicable, CENT) if applicable else ZERO


def _rounded(value: Decimal, places: Decimal) -> Decimal:
    return value.quantize(places, rounding=ROUND_HALF_UP)
