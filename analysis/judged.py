"""符合率: what was judged 符合, 部分 or 不符合, and not scored; by place, by unit, by point.

符合率 is 符合 ÷ (符合 + 部分 + 不符合): what did not apply is in neither. Checklists earn no
points, so nothing is ranked; of a table that has points as well, only what is judged is told here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from analysis.choice import Choice
from analysis.drawing import bar
from analysis.scores import UNKNOWN, behind, key_of, names_of
from analysis.shares import percent
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


def groups(choice: Choice, by: str) -> list[Group]:
    """In the order of divisions, or of the register."""
    made = {key: rest for key, *rest in choice.summed(_by_key, by)}
    names = names_of(choice, by, [*made]) if made else {}
    order = {key: n for n, key in enumerate(names)}
    return [
        Group(
            names.get(key, key or UNKNOWN),
            made[key][0],
            Verdicts(*(n or 0 for n in made[key][1:])),
            choice.sheets(**behind(choice, by, key), judged=1),
        )
        for key in sorted(made, key=lambda key: (order.get(key, len(order)), key))
    ]


def _by_key(choice: Choice, by: str) -> QuerySet:
    sums = {
        grade: Sum(Cast(KeyTextTransform(grade, "verdicts"), IntegerField())) for grade in GRADES
    }
    rows = visits(choice).annotate(key=key_of(choice, by)).values("key")
    return rows.annotate(sheets=Count("pk"), **sums).values_list("key", "sheets", *sums)


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
    excused, *said = sums
    grades = counted(point.params)
    found = {grades[one]: n for one, n in zip(LABELS, said, strict=True)}
    here = {"version": section.version_id, "point": point.code, "judged": 1}
    marks = (*GRADES, "said", "excused")
    queries = {mark: choice.sheets(**here, mark=mark) for mark in marks}
    return Point(section.name, point.code, point.text, Verdicts(**found), excused, queries)
