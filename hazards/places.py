"""What a unit does with its places: add, rename, put in order, retire; nothing is deleted."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from hazards.models import Place
from hazards.models.place import TAKEN, new_token
from orgs.models import Organization

DEPTH = {level: number for number, level in enumerate(Place.Level)}
TOO_DEEP = "“{}”不能放在“{}”下面，请换一个层级或上一级。"
CLOSED = "“{}”已停用，请先启用它。"


@transaction.atomic
def add(
    unit: Organization, *, by: Any, level: str, name: str, parent: Place | None = None
) -> Place:
    """A new place of ``unit``, the last one below ``parent``; its code is minted with it."""
    _check_parent(unit, level, parent)
    last = Place.objects.filter(unit=unit, parent=parent).order_by("order").last()
    place = Place(
        unit=unit, parent=parent, level=level, name=name, order=last.order + 1 if last else 0
    )
    _once(place.save)
    told = {"name": name, "level": place.get_level_display(), "parent": parent and parent.name}
    record("place.add", place, by=by, stream=place.stream, after=told)
    return place


@transaction.atomic
def rename(place: Place, *, by: Any, name: str) -> None:
    """Another name for the same place, unless somebody renamed it since it was read."""
    rows = Place.objects.filter(pk=place.pk, name=place.name, closed_at=None)
    _once(lambda: _changed(rows.update(name=name)))
    told = {"before": {"name": place.name}, "after": {"name": name}}
    record("place.rename", place, by=by, stream=place.stream, **told)
    place.name = name


@transaction.atomic
def retire(place: Place, *, by: Any) -> int:
    """Out of use, with all below it; what was found there stays. How many places that were."""
    now, closed, layer = timezone.now(), 0, [place.pk]
    _changed(Place.objects.filter(pk=place.pk, closed_at=None).update(closed_at=now))
    while layer:
        below = Place.objects.filter(parent__in=layer, closed_at=None)
        layer = list(below.values_list("pk", flat=True))
        closed += Place.objects.filter(pk__in=layer).update(closed_at=now)
    told = {"name": place.name, "closed": closed + 1}
    record("place.retire", place, by=by, stream=place.stream, after=told)
    return closed + 1


@transaction.atomic
def reopen(place: Place, *, by: Any) -> None:
    """In use again; what was retired with it is reopened one by one."""
    if place.parent and place.parent.closed_at:
        raise Refused(CLOSED.format(place.parent))
    rows = Place.objects.filter(pk=place.pk, closed_at__isnull=False)
    _once(lambda: _changed(rows.update(closed_at=None)))
    record("place.reopen", place, by=by, stream=place.stream, after={"name": place.name})


@transaction.atomic
def move_up(place: Place, *, by: Any) -> None:
    """Before the one that stood before it; the first one stays the first."""
    kin = Place.objects.select_for_update().filter(
        unit=place.unit_id, parent=place.parent_id, closed_at=None
    )
    row = list(kin.order_by("order", "pk"))
    at = row.index(place)
    if at == 0:
        return
    row[at - 1 : at + 1] = row[at], row[at - 1]
    for number, one in enumerate(row):
        one.order = number
    Place.objects.bulk_update(row, ["order"])
    told = {"name": place.name, "order": at}
    record("place.up", place, by=by, stream=place.stream, after=told)


@transaction.atomic
def renew(place: Place, *, by: Any) -> None:
    """A new code; who scans the old one is told so. The code itself is not in the record."""
    token = new_token()
    rows = Place.objects.filter(pk=place.pk, token=place.token, closed_at=None)
    _changed(rows.update(token=token))
    record("place.renew", place, by=by, stream=place.stream, after={"name": place.name})
    place.token = token


def _check_parent(unit: Organization, level: str, parent: Place | None) -> None:
    """A place stands below one of a higher level, of the same unit, in use."""
    if parent is None:
        return
    if parent.unit_id != unit.pk or parent.closed_at:
        raise Refused(CLOSED.format(parent))
    if DEPTH[level] <= DEPTH[parent.level]:
        raise Refused(TOO_DEEP.format(Place.Level(level).label, parent))


def _changed(rows: int) -> None:
    if not rows:
        raise StaleState


def _once(write: Any) -> None:
    """Write a name that nothing else at this spot has."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        raise Refused(TAKEN) from error
