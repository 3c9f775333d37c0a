"""Places of 甲一县's enterprise, how often they are patrolled, and patrols of other days."""

from datetime import date
from uuid import uuid4

from django.utils import timezone

from hazards.models import Place
from patrols import actions
from patrols.models import Patrol, Policy
from patrols.periods import Every
from tests.cast import World

L = Place.Level
LONG_AGO = date(2020, 1, 1)


def place(world: World, name: str = "2号泵房", level: str = L.POST, **fields) -> Place:
    """A place of the enterprise, in use since long ago."""
    unit = fields.pop("unit", world.orgs["enterprise_a1"])
    return Place.objects.create(
        unit=unit, name=name, level=level, **{"opened_on": LONG_AGO} | fields
    )


def policy(world: World, level: str = L.POST, every: str = Every.DAILY, **fields) -> Policy:
    """A rule of the enterprise that stands since long ago."""
    unit = fields.pop("unit", world.orgs["enterprise_a1"])
    given = {"starts_on": LONG_AGO, "set_by": world.officer} | fields
    return Policy.objects.create(unit=unit, level=level, every=every, **given)


def patrol(place: Place, by, *, on: date | None = None, **fields) -> Patrol:
    """A patrol as it was kept on a day."""
    made = actions.keep(place, by=by, patrol_id=uuid4(), **fields)
    Patrol.objects.filter(pk=made.pk).update(done_on=on or timezone.localdate())
    made.refresh_from_db()
    return made
