"""From what the inspectors entered to points, totals and the rate. Pure: no database, no clock."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rubrics.kinds import KINDS
from rubrics.kinds.outcome import Choice, InvalidInput, Outcome
from rubrics.outline import Outline, outline_of
from rubrics.scheme import PLAIN, Scheme
from rubrics.totals import Adjustment, settle

if TYPE_CHECKING:
    from rubrics.models import Version

__all__ = [
    "Adjustment",
    "Choice",
    "Given",
    "InvalidInput",
    "Outcome",
    "Point",
    "Result",
    "choices",
    "evaluate",
    "points_in",
    "points_of",
    "score_point",
]

ZERO = Decimal(0)


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


UNSAID = Given()


@dataclass(frozen=True)
class Result:
    """A whole sheet scored. An open or inapplicable point has no outcome and adds nothing.

    The items and the adjustments sum to the total.
    """

    by_code: Mapping[str, Outcome | None]
    items: Mapping[int, Decimal]  # by item number: the sums of their points
    sections: Mapping[int, Decimal]  # by section order: with their adjustments
    total: Decimal
    applicable: Decimal  # 应得分: full marks of the points that apply, answered or not
    rate: Decimal | None  # 得分率, six places; None where nothing applies
    answered: int  # scored or 不适用
    open: tuple[str, ...]
    adjustments: tuple[Adjustment, ...] = ()
    grade: str = ""
    verdicts: Mapping[str, int] = field(default_factory=dict)  # good, partly, bad: how many


def points_of(version: Version) -> tuple[Point, ...]:
    """The scoring points of a version in issued order, from its prefetched tree."""
    return points_in(outline_of(version))


def points_in(outline: Outline) -> tuple[Point, ...]:
    """The scoring points of a table in issued order."""
    return tuple(
        Point(c.code, item.number, order, c.kind, c.points, c.params)
        for order, section in enumerate(outline.sections, 1)
        for item in section.items
        for c in item.criteria
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
    points: Sequence[Point],
    answers: Mapping[str, Given],
    *,
    scheme: Scheme = PLAIN,
    rescale: bool = False,
) -> Result:
    """Score a sheet.

    总得分 is the plain sum of points earned (域8) unless the table's ``scheme`` groups, weighs or
    scales them, or ``rescale`` asks for 实得÷应得×满分; every difference is an adjustment, told in
    words. 得分率 is earned ÷ applicable. An answer to a point that is not in the table raises
    KeyError.
    """
    if unknown := answers.keys() - {p.code for p in points}:
        raise KeyError(*sorted(unknown))
    given = {p.code: answers.get(p.code, UNSAID) for p in points}
    by_code = {p.code: _outcome(p, given[p.code]) for p in points}
    inapplicable = {code for code, said in given.items() if said.not_applicable}
    totals = settle(points, by_code, inapplicable, scheme, rescale=rescale)
    items, sections = _sums(points, by_code, totals.adjustments)
    still_open = tuple(
        code for code, out in by_code.items() if out is None and code not in inapplicable
    )
    return Result(
        by_code=by_code,
        items=items,
        sections=sections,
        total=totals.total,
        applicable=totals.applicable,
        rate=totals.rate,
        answered=len(points) - len(still_open),
        open=still_open,
        adjustments=totals.adjustments,
        grade=totals.grade,
        verdicts=Counter(out.verdict for out in by_code.values() if out and out.verdict),
    )


def _outcome(point: Point, given: Given) -> Outcome | None:
    if given.not_applicable or not given.inputs:
        return None
    return score_point(point.kind, point.points, point.params, given.inputs)


def _sums(
    points: Sequence[Point],
    by_code: Mapping[str, Outcome | None],
    adjustments: Sequence[Adjustment],
) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    items: defaultdict[int, Decimal] = defaultdict(Decimal)
    sections: defaultdict[int, Decimal] = defaultdict(Decimal)
    for point in points:
        outcome = by_code[point.code]
        gained = outcome.points if outcome else ZERO
        items[point.item] += gained
        sections[point.section] += gained
    for adjustment in adjustments:
        if adjustment.section is not None:
            sections[adjustment.section] += adjustment.points
    return dict(items), dict(sections)
