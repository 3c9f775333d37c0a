"""Who is filling what right now: a colleague sees 王样例正在填 before both type the same."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from scoring.models import Presence, Scoresheet

FRESH = timedelta(seconds=25)


def note(sheet: Scoresheet, slot: str, *, by: Any) -> None:
    """Remember where this person is; one small row each, written over."""
    here = Presence.objects.filter(sheet=sheet, user=by)
    now = {"slot": slot, "at": timezone.now()}
    if not here.update(**now):
        Presence.objects.bulk_create([Presence(sheet=sheet, user=by, **now)], ignore_conflicts=True)


def others(sheet: Scoresheet, user: Any, *, now: datetime | None = None) -> dict[str, str]:
    """Slot → name of the colleague who is there, for those seen within the last seconds."""
    since = (now or timezone.now()) - FRESH
    seen = Presence.objects.filter(sheet=sheet, at__gte=since).exclude(user=user)
    return dict(seen.values_list("slot", "user__name"))
