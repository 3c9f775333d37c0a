"""统计: the hazards of a person's region or unit in numbers.

A county and a unit are counted while one waits. A city and a province read what the daily job
counted, and say of what hour it is; where it has not counted yet, they are counted too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.http import Http404
from django.utils import timezone

from hazards.ledger import DONE, between
from hazards.models import Hazard, HazardSummary
from hazards.models.hazard import CITY, OPEN, in_place
from hazards.tally import DIRECT, LEVEL, Counts, Figures, upward
from orgs.models import Organization, Region
from orgs.roles import Permission as P
from orgs.scope import Scope

WORKERS = (Hazard.Source.WORKER, Hazard.Source.CODE)
WEEKS = 26
WEEK = timedelta(days=7)
BATCH = 500


@dataclass(frozen=True)
class Subject:
    """Whose figures these are: the whole, and each part below it."""

    name: str
    figures: Figures
    parts: list[tuple[str, dict[str, str], Figures]]  # name, address of its page, figures
    part: str  # what one part is called
    filter: dict[str, str]  # the ledger's filter for the whole
    as_of: datetime
    is_own: bool  # the widest this person sees, not a part that was opened


def subject(user: Any, params: Mapping[str, str], today: date) -> Subject:
    """What is asked for by ``place`` or ``unit``, or else all this person sees.

    Raises Http404 for what lies outside their scope.
    """
    scope = user.scope
    if unit := params.get("unit"):
        return _of_unit(scope, unit, today)
    if not scope.is_territorial:
        return _of_rows(user.organization.name, _seen(scope), {}, today, is_own=True)
    place = params.get("place") or scope.path
    region = Region.objects.within(scope).filter(path=place).first()
    if region is None:
        raise Http404
    is_own = place == scope.path
    chosen = {} if is_own else {"city" if len(place) == CITY else "county": place}
    if len(place) > CITY:
        return _of_rows(region.name, _seen(scope, in_place(place)), chosen, today, is_own=is_own)
    return _of_region(scope, region, chosen, today)


def refresh(today: date) -> None:
    """Count every region anew and keep it; in one transaction."""
    now = timezone.now()
    hazards = Hazard.objects.unscoped(reason="the figures of all regions")
    counted = upward(count(hazards, "region_path", today))
    kept = [
        HazardSummary(place=place, parent=place[:-LEVEL], as_of=now, figures=figures.to_json())
        for place, figures in counted.items()
    ]
    with transaction.atomic():
        HazardSummary.objects.all().delete()
        HazardSummary.objects.bulk_create(kept, batch_size=BATCH)


def count(hazards: QuerySet[Hazard], key: str, today: date) -> dict[Any, Figures]:
    """The figures of each value of ``key``; what was dismissed is not counted."""
    valid = hazards.exclude(status=Hazard.Status.DISMISSED).order_by()
    found: dict[Any, Figures] = defaultdict(Figures)
    alike = valid.values_list(key, "grade", "kind", "unit__industry")
    for value, grade, kind, industry, *counts in alike.annotate(**_counts(today)):
        found[value].add(grade, kind, industry, Counts(*counts))
    for name, stamp, rows in (
        ("found", "reported_at", valid),
        ("closed", "closed_at", valid.filter(status__in=DONE)),
    ):
        lately = rows.filter(between(stamp, first_week(today), None))
        weekly = lately.annotate(week=TruncWeek(stamp)).values_list(key, "week")
        for value, week, number in weekly.annotate(number=Count("pk")):
            getattr(found[value], name)[timezone.localtime(week).date().isoformat()] += number
    done = valid.filter(status__in=DONE).values_list(key, "reported_at", "closed_at")
    for value, reported, closed in done.iterator(chunk_size=10_000):
        found[value].days[max((closed - reported).days, 0)] += 1
    return dict(found)


def first_week(today: date) -> date:
    """The Monday from which weeks are shown; the present week is the last of them."""
    return today - timedelta(days=today.weekday()) - WEEK * (WEEKS - 1)


def weeks(today: date) -> list[date]:
    return [first_week(today) + WEEK * n for n in range(WEEKS)]


def _counts(today: date) -> dict[str, Count]:
    """The columns of Counts, in their order."""
    ways = {
        "n_found": Q(),
        "n_open": Q(status__in=OPEN),
        "n_overdue": Q(status__in=OPEN, due_on__lt=today),
        "n_closed": Q(status__in=DONE),
        "n_failed": Q(failures__gt=0),
        "n_workers": Q(source__in=WORKERS),
    }
    return {name: Count("pk", filter=way or None) for name, way in ways.items()}


def _seen(scope: Scope, rows: Q | None = None) -> QuerySet[Hazard]:
    """What a unit or a county sees of these: few, and each way to see them along an index."""
    parts = [part.filter(rows or Q()) for part in Hazard.objects.parts(scope, P.HAZARD_VIEW)]
    first, *others = (part.order_by().values("pk") for part in parts)
    keys = first.union(*others) if others else first
    return Hazard.objects.unscoped(reason="their keys are in scope").filter(pk__in=keys)


def _of_unit(scope: Scope, pk: str, today: date) -> Subject:
    rows = _seen(scope, Q(unit=pk if pk.isdecimal() else None))
    first = rows.select_related("unit").order_by("pk").first()
    if first is None:
        raise Http404
    unit, figures = first.unit, count(rows, "unit_id", today).get(first.unit_id, Figures())
    chosen = {"unit": str(unit.pk)}
    return Subject(unit.name, figures, [], "", chosen, timezone.now(), is_own=False)


def _of_rows(
    name: str, rows: QuerySet[Hazard], chosen: dict[str, str], today: date, *, is_own: bool
) -> Subject:
    """Counted now, unit by unit."""
    counted = count(rows, "unit_id", today)
    names = Organization.objects.unscoped(reason="units whose hazards are in scope").in_bulk(
        counted
    )
    parts = [(names[pk].name, {"unit": str(pk)}, figures) for pk, figures in counted.items()]
    whole = _whole(counted.values())
    shown = _urgent_first(parts) if len(parts) > 1 else []
    return Subject(name, whole, shown, "单位", chosen, timezone.now(), is_own=is_own)


def _of_region(scope: Scope, region: Region, chosen: dict[str, str], today: date) -> Subject:
    """As it was counted last, place by place."""
    place = region.path
    kept, as_of = _kept(scope, place)
    if not kept:
        rows = Hazard.objects.within(scope, P.HAZARD_VIEW).filter(in_place(place))
        kept, as_of = upward(count(rows, "region_path", today)), timezone.now()
    below = {path: figures for path, figures in kept.items() if path[:-LEVEL] == place}
    regions = Region.objects.within(scope).filter(path__in=below).values_list("path", "name")
    names = dict(regions) | {place + DIRECT: "直属单位"}
    parts = [
        (names.get(path, path), {} if path.endswith(DIRECT) else {"place": path}, figures)
        for path, figures in below.items()
    ]
    part = "县（市、区）" if len(place) == CITY else "市"
    whole = kept.get(place, Figures())
    is_own = place == scope.path
    return Subject(region.name, whole, _urgent_first(parts), part, chosen, as_of, is_own=is_own)


def _kept(scope: Scope, place: str) -> tuple[dict[str, Figures], datetime]:
    rows = HazardSummary.objects.within(scope).filter(Q(place=place) | Q(parent=place))
    kept = list(rows.values_list("place", "as_of", "figures"))
    found = {path: Figures.from_json(figures) for path, _, figures in kept}
    return found, max((as_of for _, as_of, _ in kept), default=timezone.now())


def _whole(parts: Iterable[Figures]) -> Figures:
    whole = Figures()
    for figures in parts:
        whole.include(figures)
    return whole


def _urgent_first(parts: list) -> list:
    """What is late first, then what is open, then by name."""
    return sorted(parts, key=lambda p: (-p[2].total.overdue, -p[2].total.open, p[0]))
