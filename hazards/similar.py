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
    return _known(unit, where, place)[:SHOWN]


def earlier(hazard: Hazard) -> QuerySet[Hazard]:
    """What was reported before it at the same spot and is of the same kind: perhaps the same.

    For who registers it; a report by code was made without seeing what is known.
    """
    known = _known(hazard.unit, hazard.where, hazard.place_id)
    return known.filter(kind=hazard.kind, pk__lt=hazard.pk)[:SHOWN]


def _known(unit: Organization, where: str, place: int | None) -> QuerySet[Hazard]:
    since = timezone.now() - RECENT
    known = Hazard.objects.unscoped(reason="who reports for a unit is told what is known there")
    known = known.open().filter(unit=unit, reported_at__gte=since)
    if place:
        known = known.filter(place=place)
    elif where.strip():
        known = known.filter(Q(where__icontains=where.strip()) | Q(text__icontains=where.strip()))
    return known.order_by("-pk")
