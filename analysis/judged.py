"""符合率: what was judged 符合, 部分 or 不符合, and not scored; by place, by unit, by point.

符合率 is 符合 ÷ (符合 + 部分 + 不符合): what did not apply is in neither. Checklists earn no
points, so nothing is ranked; of a table that has points as well, only what is judged is told here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, QuerySet, Sum

from analysis.choice import Choice
from analysis.drawing import bar
from analysis.measures import said, share
from analysis.scores import UNKNOWN, behind, key_of, names_of
from analysis.shares import percent, signed
from analysis.spread import Bin
from plans.models import Visit
from rubrics.kinds.verdict import GRADES, LABELS, counted
from rubrics.models import Criterion
from scoring.blank import issued
from scoring.models import PointSum


@dataclass(frozen=True)
class Verdicts:
    """How many judgements were good, partly and bad."""

    good: int = 0
    partly: int = 0
    bad: int = 0

    def __add__(self, other: "Verdicts") -> "Verdicts":
        return Verdicts(self.good + other.good, self.partly + other.partly, self.bad + other.bad)

    @property
    def all(self) -> int:
        return self.good + self.partly + self.bad

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.good, self.all) if self.all else None

    def less(self, other: "Verdicts | None") -> Fraction | None:
        """By how much the rate is higher than the other."""
        rates = self.rate, other.rate if other else None
        return None if None in rates else rates[0] - rates[1]

    @property
    def percent(self) -> str:
        return percent(self.rate)

    @property
    def bar(self) -> str:
        return bar(self.rate)


NOTHING = Verdicts()


@dataclass(frozen=True)
class Group:
    """The sheets of one place, industry or size."""

    name: str
    sheets: int
    verdicts: Verdicts
    query: str
    before: Verdicts | None = None  # in the other round

    @property
    def told(self) -> str:
        """By how much its 符合率 grew since the other round, with its sign."""
        return signed(self.verdicts.less(self.before))


@dataclass(frozen=True)
class Point:
    """One point that is judged."""

    section: str
    code: str
    text: str
    verdicts: Verdicts
    excused: int
    queries: Mapping[str, str]  # of the sheets by good, partly, bad; said, whichever; excused


def visits(choice: Choice) -> QuerySet[Visit]:
    """The confirmed 督导 of which something was judged."""
    return choice.results.filter(verdicts__isnull=False)


def groups(choice: Choice, by: str, before: Choice | None = None) -> list[Group]:
    """In the order of divisions, or of the register; beside another round where one is given."""
    made = _summed(choice, by)
    earlier = _summed(before, by) if before and made else {}
    names = names_of(choice, by, [*made]) if made else {}
    order = {key: n for n, key in enumerate(names)}
    return [
        Group(
            names.get(key, key or UNKNOWN),
            *made[key],
            choice.sheets(**behind(choice, by, key), judged=1),
            earlier[key][1] if key in earlier else None,
        )
        for key in sorted(made, key=lambda key: (order.get(key, len(order)), key))
    ]


def _summed(choice: Choice, by: str) -> dict[str, tuple[int, Verdicts]]:
    rows = choice.summed(_by_key, by)
    return {key: (n, Verdicts(*(one or 0 for one in sums))) for key, n, *sums in rows}


def _by_key(choice: Choice, by: str) -> QuerySet:
    sums = {grade: Sum(said(grade)) for grade in GRADES}
    rows = visits(choice).annotate(key=key_of(choice, by)).values("key")
    return rows.annotate(sheets=Count("pk"), **sums).values_list("key", "sheets", *sums)


def spread(choice: Choice) -> list[Bin]:
    """How the 符合率 of single sheets are spread: every tenth has its bin."""
    counts: dict[int, int] = {}
    for tenth, n in choice.summed(_by_tenth):
        counts[min(tenth, 9)] = counts.get(min(tenth, 9), 0) + n
    return [
        Bin(low, low + 10, counts.get(low // 10, 0), choice.sheets(**_bounds(low), judged=1))
        for low in range(0, 100, 10)
    ]


def _bounds(low: int) -> dict[str, int | None]:
    return {"share_low": low, "share_high": low + 10 if low < 90 else None}


def _by_tenth(choice: Choice) -> QuerySet:
    rows = visits(choice).annotate(tenth=share() / 10).filter(tenth__isnull=False)
    return rows.values("tenth").annotate(n=Count("pk")).values_list("tenth", "n")


def together(parts: Iterable[Group | Point]) -> Verdicts:
    """All judgements of these."""
    return sum((part.verdicts for part in parts), NOTHING)


def points(choice: Choice) -> list[Point]:
    """The points that were judged, as the tables have them; from the sums kept of them."""
    rows = [row for row in choice.rows(_by_point) if any(row[4:])]
    found = {pk: rest for _, _, pk, *rest in rows}
    tables = {(version, content_hash) for version, content_hash, *_ in rows}
    return [
        _point(choice, section, criterion, found[criterion.pk])
        for table in sorted(tables)
        for section in issued(*table).sections.all()
        for item in section.items.all()
        for criterion in item.criteria.all()
        if criterion.pk in found
    ]


def _by_point(choice: Choice) -> QuerySet:
    key = ("version__pk", "version__content_hash", "criterion")
    sums = {name: Sum(name) for name in ("excused", *LABELS)}
    rows = choice.kept(PointSum, choice.whole).values(*key).annotate(**sums)
    return rows.values_list(*key, *sums)


def _point(choice: Choice, section: Any, point: Criterion, sums: Sequence[int]) -> Point:
    excused, *answers = sums
    grades = counted(point.params)
    found = {grades[one]: n for one, n in zip(LABELS, answers, strict=True)}
    here = {"version": section.version_id, "point": point.code, "judged": 1}
    marks = (*GRADES, "said", "excused")
    queries = {mark: choice.sheets(**here, mark=mark) for mark in marks}
    return Point(section.name, point.code, point.text, Verdicts(**found), excused, queries)
