"""漏查: a period that ended without a patrol is told once, also after a pause of the worker."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Least

from audit.record import record
from orgs.models import Organization
from patrols import notices
from patrols.coverage import State
from patrols.models import Missed, Patrol, Policy, Watch
from patrols.periods import Period
from patrols.standing import LONGEST, ending, stood

ONE_DAY = timedelta(days=1)
BATCH = 100  # units looked at in one transaction


def tell_missed(today: date) -> int:
    """Tell every period that ended before ``today`` without a patrol and was not told; how many.

    A unit's first look reaches a month back, every later one to the day of the one before: days
    of silence are caught up, and again on the same day nothing is told.
    """
    _begin(today)
    told = sum(_look(units, seen, today) for seen, units in _behind(today))
    with transaction.atomic():
        settle(_unasked(), today)
    return told


def made_up(patrol: Patrol) -> None:
    """The place was patrolled: nobody waits for it any more, but for periods begun since."""
    waited = Missed.objects.filter(place=patrol.place_id, first_on__lte=patrol.done_on)
    settle(waited, patrol.done_on)


def look_again(patrol: Patrol) -> None:
    """A patrol is taken back: its day is looked at again. Taken before the patrol is changed."""
    back = Least("through", patrol.done_on - ONE_DAY)
    Watch.objects.filter(unit=patrol.unit_id).update(through=back)


def settle(rows: QuerySet[Missed], today: date) -> None:
    """These wait no longer; whoever was told of nothing else is left alone, too."""
    waiting = list(rows.filter(settled_on=None).values_list("pk", "place_id", "unit_id"))
    if not waiting:
        return
    Missed.objects.filter(pk__in=[pk for pk, *_ in waiting]).update(settled_on=today)
    places, units = ({row[n] for row in waiting} for n in (1, 2))
    still = list(Missed.objects.filter(unit__in=units, settled_on=None).values("place", "unit"))
    places -= {row["place"] for row in still}
    notices.after_settling(places, units - {row["unit"] for row in still})


def _begin(today: date) -> None:
    """A unit that has a rule and was never looked at starts a month ago."""
    ruled = Policy.objects.unscoped(reason="missed patrols are told everywhere")
    known = Watch.objects.values("unit")
    fresh = ruled.exclude(unit__in=known).order_by("unit_id").values_list("unit_id", flat=True)
    rows = [Watch(unit_id=unit, through=today - LONGEST) for unit in fresh.distinct()]
    Watch.objects.bulk_create(rows, ignore_conflicts=True)


def _unasked() -> QuerySet[Missed]:
    """What waits for a patrol of a closed place, or of a level without a rule."""
    rules = Policy.objects.unscoped(reason="missed patrols are told everywhere").standing()
    ruled = rules.filter(unit=OuterRef("unit"), level=OuterRef("place__level"))
    return Missed.objects.filter(Q(place__closed_at__isnull=False) | ~Exists(ruled))


def _behind(today: date) -> Iterator[tuple[date, list[int]]]:
    """The units not looked at up to yesterday, in batches of the same day."""
    rows = Watch.objects.filter(through__lt=today - ONE_DAY).order_by("through", "unit_id")
    for seen, group in groupby(list(rows.values_list("through", "unit_id")), lambda row: row[0]):
        units = [unit for _, unit in group]
        for start in range(0, len(units), BATCH):
            yield seen, units[start : start + BATCH]


@transaction.atomic
def _look(units: list[int], seen: date, today: date) -> int:
    """Tell what these units missed since ``seen``, but for those another worker has taken."""
    held = _held(units, seen)
    window = Period(seen + ONE_DAY, today - ONE_DAY)
    kept = Missed.objects.bulk_create(_missed(held, window, today))
    for unit, rows in groupby(kept, lambda row: row.unit_id):
        _tell(unit, list(rows), today)
    Watch.objects.filter(unit__in=held).update(through=window.last)
    return len(kept)


def _held(units: list[int], seen: date) -> list[int]:
    """Those of the units that nobody took before; they stay ours to the end of the transaction."""
    rows = Watch.objects.select_for_update().filter(unit__in=units, through=seen)
    return list(rows.order_by("unit_id").values_list("unit_id", flat=True))


def _missed(units: list[int], window: Period, today: date) -> list[Missed]:
    """What ended in the window without a patrol and is not told yet, unit by unit."""
    known = set(_known(units, window))
    found = [
        Missed(place=place, unit_id=place.unit_id, first_on=c.period.first, last_on=c.period.last)
        for place, cells in stood(units, window, today)
        for c in ending(cells, window)
        if c.state == State.MISSED and (place.pk, c.period.last) not in known
    ]
    return sorted(found, key=lambda row: (row.unit_id, row.place_id, row.last_on))


def _known(units: list[int], window: Period) -> Iterable[tuple[int, date]]:
    rows = Missed.objects.filter(unit__in=units, last_on__gte=window.first)
    return rows.values_list("place_id", "last_on")


def _tell(unit_id: int, rows: list[Missed], today: date) -> None:
    """Keep it on record, and tell it; but not of places that somebody came to since."""
    unit = Organization.objects.unscoped(reason="missed patrols are told everywhere").get(
        pk=unit_id
    )
    told = [str(row) for row in rows]
    record("patrol.missed", unit, by=None, stream=f"patrols-{unit_id}", after={"told": told})
    settle(_patrolled_since(rows), today)
    notices.after_look(unit, [row.pk for row in rows])


def _patrolled_since(rows: list[Missed]) -> QuerySet[Missed]:
    later = Patrol.objects.unscoped(reason="missed patrols are told everywhere").live()
    later = later.filter(place=OuterRef("place"), done_on__gt=OuterRef("last_on"))
    return Missed.objects.filter(Exists(later), pk__in=[row.pk for row in rows])
