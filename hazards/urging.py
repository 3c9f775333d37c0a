"""催办: whoever watches over a hazard asks for its next step, once a day for each hazard."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from hazards.models import Hazard, Urging
from hazards.notices import Awaited, after_urging, awaited
from hazards.waiting import OWNED
from orgs.access import granted

CLOSED = "现在是“{}”，不用催。"
ALREADY = "今天已经催过。"
NOBODY = "下一步由您自己办，或者还没有人有账号能办。"
LONGEST = Urging._meta.get_field("told").max_length


def may_urge(hazard: Hazard, user: Any) -> bool:
    """Whether it is theirs to watch over, and still open: the unit's office and union, those above.

    Who only reported it, or rectifies it, is not meant.
    """
    return hazard.is_open and bool(granted(hazard, user, *OWNED))


@transaction.atomic
def urge(hazard: Hazard, *, by: Any) -> Urging:
    """Tell whom the next step waits for, and keep who asked for it.

    Raises Refused where it was urged today or nobody waits, StaleState where it moved meanwhile.
    """
    if not hazard.is_open:
        raise Refused(CLOSED.format(hazard.get_status_display()))
    held = Hazard.objects.select_for_update().filter(pk=hazard.pk, step=hazard.step)
    if not held.exists():
        raise StaleState
    waiting = [one for one in awaited(hazard, by) if one.people]
    if not waiting:
        raise Refused(NOBODY)
    made, is_new = _kept(hazard, by, waiting)
    if not is_new:
        raise Refused(ALREADY)
    record("hazard.urge", hazard, by=by, stream=hazard.stream, after={"told": _names(waiting)})
    after_urging(hazard, waiting, day=made.day, by=by)
    return made


def urged_today() -> Exists:
    """Of each row of hazards, whether somebody urged it today."""
    return Exists(Urging.objects.filter(hazard=OuterRef("pk"), day=timezone.localdate()))


def _kept(hazard: Hazard, by: Any, waiting: list[Awaited]) -> tuple[Urging, bool]:
    """Kept once a day; whether it was just now."""
    told = "、".join(_names(waiting))[:LONGEST]
    return Urging.objects.get_or_create(
        hazard=hazard, day=timezone.localdate(), defaults={"by": by, "told": told}
    )


def _names(waiting: list[Awaited]) -> list[str]:
    return [person.name for one in waiting for person in one.people]
