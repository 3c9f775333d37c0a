"""Likely the same hazard, reported before: same unit and kind or place, still open, recent."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from hazards.models import Hazard
from orgs.models import Organization

RECENT = timedelta(days=30)
SHOWN = 5


def similar(unit: Organization, *, where: str = "", place: int | None = None) -> QuerySet[Hazard]:
    """Open hazards of the last 30 days at the same spot; of the whole unit where none is named.

    Tells a reporter what is known already, before a second report is made: state, place and
    kind, never who reported.
    """
    since = timezone.now() - RECENT
    known = Hazard.objects.unscoped(reason="who reports for a unit is told what is known there")
    known = known.open().filter(unit=unit, reported_at__gte=since)
    if place:
        known = known.filter(place=place)
    elif where.strip():
        known = known.filter(Q(where__icontains=where.strip()) | Q(text__icontains=where.strip()))
    return known.order_by("-pk")[:SHOWN]
