"""The scores of a round counted, so that a rank is read and not computed over all visits.

Only 督导 ranks: neither the 帮扶 or 复核 of a unit, nor what it says of itself (自查).
``moved`` is called by the one place where papers change state, in its transaction. ``live``
counts anew from the visits; ``check_totals`` compares the two.
"""

from collections import Counter
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery

from orgs.models import Region
from plans.models import Phase, Visit
from scoring import sums
from scoring.models import Standing
from scoring.sums import DONE, RANKED

KEY = ("plan", "target_kind", "rate", "total")
Scores = Counter[tuple[int, str, Decimal, Decimal]]


def moved(before: Visit, after: Visit) -> None:
    """Let a visit's score come in or go out as its papers are confirmed or reopened.

    ``before`` and ``after`` are the visit as the compare-and-set found and left it.
    """
    if before.status in DONE and after.status in DONE:  # archived: nothing changes
        return
    if before.status in DONE:
        _count(before, -1)
        sums.count(before, -1)
    if after.status in DONE:
        _count(after, +1)
        sums.count(after, +1)


def _count(visit: Visit, change: int) -> None:
    """Add in the database: two reviewers who confirm at once both count."""
    if visit.rate is None or visit.scorer != RANKED:  # nothing applied, which has no rank
        return
    values = {
        "plan_id": visit.plan_id,
        "target_kind": visit.target_kind,
        "rate": visit.rate,
        "total": visit.total,
    }
    Standing.objects.bulk_create([Standing(**values)], ignore_conflicts=True)
    Standing.objects.filter(**values).update(visits=F("visits") + change)


def live() -> Scores:
    """The scores counted from the visits themselves."""
    ranked = Visit.objects.filter(scorer=RANKED, status__in=DONE)
    scored = ranked.filter(rate__isnull=False).order_by()
    return Counter({tuple(k): n for *k, n in scored.values_list(*KEY).annotate(n=Count("pk"))})


def kept() -> Scores:
    """The scores as they are kept."""
    rows = Standing.objects.filter(visits__gt=0).values_list(*KEY, "visits")
    return Counter({tuple(k): n for *k, n in rows})


def faults() -> list[str]:
    """Where what is kept disagrees with the visits, in words."""
    counted, stored = live(), kept()
    wrong = sorted(key for key in counted | stored if counted[key] != stored[key])
    scores = [
        "方案 {} {} 得分率 {} 总得分 {}：".format(*key)
        + f"记为 {stored[key]} 份，实为 {counted[key]} 份"
        for key in wrong
    ]
    astray = Visit.objects.exclude(place=F("region__path")).order_by("pk")
    places = [f"督导 {pk} 的区划路径与所在区划不同" for pk in astray.values_list("pk", flat=True)]
    strays = Visit.objects.exclude(scorer=F("phase__scorer")).order_by("pk")
    scorers = [f"督导 {pk} 的评分人与所在阶段不同" for pk in strays.values_list("pk", flat=True)]
    return [*scores, *places, *scorers, *sums.faults()]


@transaction.atomic
def recount() -> None:
    """Write scores, sums, places and scorers anew from the visits and their answers."""
    paths = Region.objects.filter(pk=OuterRef("region")).values("path")
    scorers = Phase.objects.filter(pk=OuterRef("phase")).values("scorer")
    Visit.objects.exclude(scorer=F("phase__scorer")).update(scorer=Subquery(scorers))
    Visit.objects.exclude(place=F("region__path")).update(place=Subquery(paths))
    Standing.objects.all().delete()
    Standing.objects.bulk_create(
        Standing(plan_id=plan, target_kind=kind, rate=rate, total=total, visits=count)
        for (plan, kind, rate, total), count in live().items()
    )
    sums.recount()
