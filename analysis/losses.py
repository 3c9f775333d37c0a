"""失分率: where the points of a round are lost, by section, item and scoring point.

Read from the sums that are kept of confirmed sheets (scoring.sums); only below a county, where
there are few, answers are counted as they are asked for. What did not apply (不适用) is left out of
the denominator; so are the points of groups of which only a part counts (加分, 只取最高一项,
累计封顶), because not having them is no loss.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Left
from django.http import QueryDict

from analysis.choice import Choice
from analysis.drawing import bar
from analysis.scores import HUNDRED, units
from analysis.shares import percent, steps
from chabaocu.prepared import Rows, Slot
from rubrics.kinds.outcome import spelled
from rubrics.models import Criterion, Item, Version
from scoring.blank import issued
from scoring.models import PointSum, ReasonSum
from scoring.sums import LEVELS
from scoring.tables import table_of

STEPS = (5, 15, 25, 35, 50)  # percent; a step begins with its number
WORST, REASONS = 10, 3
ANSWER = "sheets__answers__"
REASON = Rows(
    lambda: ReasonSum.objects.unscoped(reason="keys from a query in scope"),
    "pk",
    "reason",
    "sheets",
    size=WORST * REASONS,
)


class Loss(NamedTuple):
    """So many sheets: what they could have earned, and what they lost of it, in hundredths."""

    sheets: int = 0
    excused: int = 0  # sheets to which it did not apply
    short: int = 0  # sheets that lost something
    worth: int = 0
    lost: int = 0

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.lost, self.worth) if self.worth else None

    @property
    def percent(self) -> str:
        return percent(self.rate)

    @property
    def whole(self) -> str:
        """As a cell of a heat map shows it: 33; — where nothing applied."""
        return str(steps(self.lost * 100, self.worth)) if self.worth else "—"

    @property
    def step(self) -> int:
        """How dark the cell is, 0 to 5; by the unrounded rate."""
        return sum(self.lost * 100 >= step * self.worth for step in STEPS) if self.worth else 0

    @property
    def bar(self) -> str:
        return bar(self.rate)

    @property
    def points(self) -> str:
        """How many points were lost in all."""
        return spelled(Decimal(self.lost) / HUNDRED)


NOTHING = Loss()


@dataclass(frozen=True)
class Part:
    """A section, an item or a point with its loss, everywhere and by place."""

    label: str
    text: str
    loss: Loss
    places: Mapping[str, Loss]
    code: str = ""
    full: str = ""
    parts: Sequence["Part"] = ()
    query: str = ""  # of the sheets that lost something
    query_applied: str = ""  # of those whose 失分率 it is
    query_excused: str = ""  # of those to which it did not apply
    reasons: Sequence[tuple[str, int, str]] = ()

    @property
    def title(self) -> str:
        """As a heat map names it."""
        return f"{self.label}. {self.text}" if self.label else self.text

    def at(self, place: str) -> Loss:
        return self.places.get(place, NOTHING)


@dataclass(frozen=True)
class Losses:
    """Where a round lost its points by one version of a table."""

    choice: Choice
    version: Version
    sections: Sequence[Part]
    places: Mapping[str, str]
    beside: Sequence[str] = ()  # codes whose points count only as a part of a group

    @property
    def items(self) -> list[Part]:
        return [item for section in self.sections for item in section.parts]

    @property
    def points(self) -> list[Part]:
        return [point for item in self.items for point in item.parts]

    @cached_property
    def whole(self) -> Part:
        """All sections together."""
        return _together("", f"全部 {spelled(self.version.total)} 分", self.sections)

    @property
    def most(self) -> list[Part]:
        """The points with the highest 失分率."""
        lost = [point for point in self.points if point.loss.lost]
        return sorted(lost, key=lambda p: (-p.loss.rate, -p.loss.lost))[:WORST]

    @cached_property
    def worst(self) -> list[Part]:
        """The same with the reasons that were given most."""
        found = self.most
        given = _reasons(self.choice, self.version, [point.code for point in found])
        return [_with(point, self._linked(point, given[point.code])) for point in found]

    @cached_property
    def query(self) -> str:
        """Of all its sheets."""
        return self.choice.sheets(version=self.version.pk)

    @cached_property
    def queries(self) -> Mapping[str, str]:
        """Of its sheets in each place."""
        pk = self.version.pk
        here = self.choice
        return {path: here.sheets(**here.spot(path), version=pk) for path in self.places}

    def _linked(self, point: Part, given: Sequence[tuple[str, int]]) -> list[tuple[str, int, str]]:
        return [(text, n, f"{point.query}&{urlencode({'reason': text})}") for text, n in given]


def versions(choice: Choice) -> list[Version]:
    """The versions that scored these sheets, with their trees, the one of most sheets first."""
    used = sorted(choice.rows(_used), key=lambda row: (-row[2], row[0]))
    return [issued(pk, content_hash) for pk, content_hash, _ in used]


def _used(choice: Choice) -> QuerySet:
    kept = choice.kept(PointSum, choice.whole).filter(is_scored=True)
    found = kept.values("version__pk", "version__content_hash").annotate(n=Max("sheets"))
    return found.values_list("version__pk", "version__content_hash", "n")


def wanted(offered: Sequence[Version], data: QueryDict) -> Version:
    """The version an address asks for; the one of most sheets where it asks for none of them."""
    asked = data.get("version")
    return next((one for one in offered if str(one.pk) == asked), offered[0])


def are_few(choice: Choice, version: Version, most: int) -> bool:
    """Whether the sheets of a page lie in several places, but not in more than so many."""
    found = choice.rows(_places, most + 1, version=version.pk)
    return 1 < len(found) <= most


def _places(choice: Choice, most: int) -> QuerySet:
    if choice.level in LEVELS:
        rows = choice.kept(PointSum, choice.level).filter(is_scored=True)
    else:
        rows = choice.visits
    found = rows.filter(version=Slot("version")).order_by("place")
    return found.values_list("place", flat=True).distinct()[:most]


def losses(choice: Choice, version: Version, *, by_place: bool = True) -> Losses:
    """Everything a page or a file tells of one version; also of each place where that is wanted."""
    by_point = (
        _counted(choice, version) if by_place else kept_by_point(choice, version, choice.whole)
    )
    beside = {code for group in table_of(version).scheme.groups for code in group.codes}
    sections = [_section(choice, section, by_point, beside) for section in version.sections.all()]
    paths = sorted({path for places in by_point.values() for path in places}) if by_place else []
    named = choice.names(paths) if paths else {}
    return Losses(
        choice,
        version,
        [section for section in sections if section.parts],
        {path: named.get(path, path) for path in paths},
        sorted(beside),
    )


ByPoint = Mapping[int, Mapping[str, Loss]]


def _counted(choice: Choice, version: Version) -> ByPoint:
    """By point and place."""
    if choice.level in LEVELS:
        return kept_by_point(choice, version, choice.level)
    return live_by_point(choice, version)


def kept_by_point(choice: Choice, version: Version, level: int) -> ByPoint:
    """By point and place of a level, from the sums that are kept."""
    full = {point.pk: _hundredths(point.points) for point in _points(version)}
    found: defaultdict[int, dict[str, Loss]] = defaultdict(dict)
    for pk, path, *sums in choice.rows(_kept, level, version=version.pk):
        found[pk][path] = _loss(full[pk], *sums)
    return dict(found)


def _kept(choice: Choice, level: int) -> QuerySet:
    rows = choice.kept(PointSum, level).filter(is_scored=True, version=Slot("version"))
    gained = units(F("gained"), HUNDRED)
    return rows.values_list("criterion", "place", "sheets", "excused", "short", gained)


def _points(version: Version) -> list[Criterion]:
    items = [item for section in version.sections.all() for item in section.items.all()]
    return [point for item in items for point in item.criteria.all()]


def _hundredths(points: Decimal) -> int:
    return int(points * HUNDRED)


def _loss(full: int, n: int, excused: int, short: int, gained: int | None) -> Loss:
    could = full * (n - excused)
    return Loss(n, excused, short, could, could - (gained or 0))


def live_by_point(choice: Choice, version: Version) -> ByPoint:
    """The same at the level of the page, counted from the answers in one statement."""
    lost = Q(**{f"{ANSWER}points__lt": F(f"{ANSWER}criterion__points")})
    sums = {
        "n": Count("pk"),
        "excused": Count("pk", filter=Q(**{f"{ANSWER}not_applicable": True})),
        "short": Count("pk", filter=lost),
        "gained": units(Sum(f"{ANSWER}points"), HUNDRED),
    }
    point, full = f"{ANSWER}criterion", f"{ANSWER}criterion__points"
    rows = choice.visits.filter(version=version, sheets__revision=F("revision"))
    rows = rows.annotate(row=Left("place", choice.level)).values(point, full, "row")
    found: defaultdict[int, dict[str, Loss]] = defaultdict(dict)
    for pk, worth, path, n, excused, short, gained in rows.annotate(**sums).values_list(
        point, full, "row", *sums
    ):
        found[pk][path] = _loss(_hundredths(worth), n, excused, short, gained)
    return dict(found)


def _section(choice: Choice, section, by_point, beside: Iterable[str]) -> Part:
    items = [_item(choice, item, by_point, beside) for item in section.items.all()]
    return _together("", section.name, [item for item in items if item.parts])


def _item(choice: Choice, item: Item, by_point, beside: Iterable[str]) -> Part:
    points = [
        _point(choice, item.section.version_id, criterion, by_point.get(criterion.pk, {}))
        for criterion in item.criteria.all()
        if criterion.points and criterion.code not in beside
    ]
    wording = item.heading or "".join(criterion.text for criterion in item.criteria.all())
    return _together(item.label or str(item.number), wording, points)


def _point(choice: Choice, version: int, criterion: Criterion, places: Mapping[str, Loss]) -> Part:
    return Part(
        label=criterion.code,
        text=criterion.text,
        loss=_sum(places.values()),
        places=places,
        code=criterion.code,
        full=spelled(criterion.points),
        query=choice.sheets(version=version, point=criterion.code, mark="short"),
        query_applied=choice.sheets(version=version, point=criterion.code, mark="applied"),
        query_excused=choice.sheets(version=version, point=criterion.code, mark="excused"),
    )


def _together(label: str, text: str, parts: Sequence[Part]) -> Part:
    paths = {path for part in parts for path in part.places}
    places = {path: _joined([part.at(path) for part in parts]) for path in paths}
    return Part(label, text, _joined([part.loss for part in parts]), places, parts=parts)


def _joined(losses: Sequence[Loss]) -> Loss:
    """Of the same sheets: several points of them."""
    most = max((one.sheets for one in losses), default=0)
    return _sum(losses)._replace(sheets=most)


def _sum(losses: Iterable[Loss]) -> Loss:
    """Of different sheets: one point in several places."""
    return Loss(*map(sum, zip(NOTHING, *losses, strict=True)))


def _reasons(
    choice: Choice, version: Version, codes: Sequence[str]
) -> Mapping[str, list[tuple[str, int]]]:
    """The reasons given most for a loss, by point; read along the index that has them so."""
    if not codes:
        return {}
    asked = [*codes, *[codes[-1]] * (WORST - len(codes))]
    slots = {f"code {n}": code for n, code in enumerate(asked)}
    points = choice.rows(_most, version=version.pk, **slots)
    found = {pk: rest for pk, *rest in REASON.of([pk for _, *pks in points for pk in pks if pk])}
    return {code: [tuple(found[pk]) for pk in pks if pk] for code, *pks in points}


def _most(choice: Choice) -> QuerySet:
    """For each of some points the keys of its most given reasons."""
    kept = choice.kept(ReasonSum, choice.whole).filter(version=Slot("version"))
    most = kept.filter(criterion=OuterRef("pk")).order_by("-sheets", "digest").values("pk")
    nth = {f"most_{n}": Subquery(most[n : n + 1]) for n in range(REASONS)}
    codes = [Slot(f"code {n}") for n in range(WORST)]
    points = Criterion.objects.filter(item__section__version=Slot("version"), code__in=codes)
    return points.annotate(**nth).values_list("code", *nth)


def _with(point: Part, reasons: Sequence[tuple[str, int, str]]) -> Part:
    return replace(point, reasons=reasons)


def rows_of(found: Losses) -> Iterator[tuple[Part, Part, Part]]:
    """Section, item and point, in issued order, for a file."""
    for section in found.sections:
        for item in section.parts:
            for point in item.parts:
                yield section, item, point
