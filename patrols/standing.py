"""How the places of a unit stand: policies, places, patrols and the calendar, read together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.timezone import localtime

from clocks.calendar import workdays
from hazards.models import Place
from hazards.tree import tree
from orgs.models import Organization, User
from patrols.coverage import Cell, Rule, State, Tally, cells, tally
from patrols.models import Duty, Patrol, Policy
from patrols.periods import Period

LONGEST = timedelta(days=31)  # of a period: so far a patrol may lie from the window it counts in
WHY = "the caller names a unit of its own scope"


@dataclass(frozen=True)
class Standing:
    """One place in a window of days: each period of it, and what was found."""

    place: Place
    depth: int
    rule: Policy | None  # the newest that meets the window
    keeper: User | None
    cells: list[Cell]
    found: dict[date, int]  # hazards found by day of patrol
    window: Period

    @cached_property
    def tally(self) -> Tally:
        """What was due and done of the periods that end in the window: each counts once."""
        return tally(ending(self.cells, self.window))

    @property
    def now(self) -> Cell | None:
        """The period that is running at the end of the window, if any."""
        last = self.window.last
        found = (c for c in self.cells if c.period.first <= last <= c.period.last)
        return next(found, None)

    @property
    def missed(self) -> list[Period]:
        """The periods that ended in the window without a patrol."""
        return [c.period for c in self.cells if c.state == State.MISSED]

    @property
    def hazards(self) -> int:
        """How many hazards were found in the window."""
        days = self.window
        return sum(n for day, n in self.found.items() if days.first <= day <= days.last)

    @property
    def last(self) -> date | None:
        """The last day it was patrolled, as far as the window reaches."""
        return max((day for day in self.found if day <= self.window.last), default=None)

    def found_in(self, period: Period) -> int:
        """How many hazards the patrols of a period found."""
        return sum(self.found.get(day, 0) for day in period.days())


def standings(
    unit: Organization, window: Period, today: date, *, places: Collection[int] | None = None
) -> list[Standing]:
    """The places of a unit that its policies ask to be patrolled, from the top of the tree down.

    ``places`` narrows them to these keys.
    """
    policies = list(_policies([unit.pk], window))
    if not policies:
        return []
    found = _places([unit.pk], window)
    rows = list(found if places is None else found.filter(pk__in=places))
    done = _done([unit.pk], window)
    keepers = dict(_keepers(unit))
    is_workday = workdays(window.first - LONGEST, window.last + LONGEST)
    made = []
    for depth, place in tree(rows):
        rules = [policy for policy in policies if policy.level == place.level]
        if rules:
            stood = cells(
                [policy.rule for policy in rules],
                done[place.pk].keys(),
                life=_life(place, window),
                window=window,
                today=today,
                is_workday=is_workday,
            )
            keeper = keepers.get(place.pk)
            made.append(Standing(place, depth, rules[0], keeper, stood, done[place.pk], window))
    return made


def tallies(units: Collection[int], window: Period, today: date) -> dict[int, Tally]:
    """Due and done of many units at once, for those who are told numbers only."""
    sums = dict.fromkeys(units, Tally(0, 0))
    for place, found in stood(units, window, today):
        part, before = tally(ending(found, window)), sums[place.unit_id]
        sums[place.unit_id] = Tally(before.due + part.due, before.done + part.done)
    return sums


def stood(
    units: Collection[int], window: Period, today: date
) -> Iterator[tuple[Place, list[Cell]]]:
    """Every place of many units with its periods that meet the window."""
    rules: dict[tuple[int, str], list[Rule]] = defaultdict(list)
    for policy in _policies(units, window):
        rules[policy.unit_id, policy.level].append(policy.rule)
    done = _done(units, window)
    is_workday = workdays(window.first - LONGEST, window.last + LONGEST)
    for place in _places(units, window):
        yield (
            place,
            cells(
                rules.get((place.unit_id, place.level), ()),
                done[place.pk].keys(),
                life=_life(place, window),
                window=window,
                today=today,
                is_workday=is_workday,
            ),
        )


def ending(found: Iterable[Cell], window: Period) -> list[Cell]:
    """Those that end in the window: each period counts in one window alone."""
    return [cell for cell in found if window.first <= cell.period.last <= window.last]


def _policies(units: Collection[int], window: Period) -> Iterable[Policy]:
    rows = Policy.objects.unscoped(reason=WHY).filter(unit__in=units)
    rows = rows.filter(starts_on__lte=window.last + LONGEST)
    return rows.exclude(ends_on__lt=window.first).order_by("-starts_on", "-pk")


def _places(units: Collection[int], window: Period):
    rows = Place.objects.unscoped(reason=WHY).filter(unit__in=units)
    return rows.filter(opened_on__lte=window.last).exclude(closed_at__date__lt=window.first)


def _done(units: Collection[int], window: Period) -> dict[int, dict[date, int]]:
    """Place → day of patrol → hazards found that day."""
    rows = Patrol.objects.unscoped(reason=WHY).live().filter(unit__in=units)
    rows = rows.filter(done_on__gte=window.first - LONGEST, done_on__lte=window.last + LONGEST)
    days: dict[int, dict[date, int]] = defaultdict(dict)
    for place, day, found in rows.values_list("place_id", "done_on", "found"):
        days[place][day] = days[place].get(day, 0) + found
    return days


def _keepers(unit: Organization) -> Iterable[tuple[int, User]]:
    rows = Duty.objects.unscoped(reason=WHY).standing().filter(unit=unit)
    return ((duty.place_id, duty.person) for duty in rows.select_related("person"))


def _life(place: Place, window: Period) -> Period:
    """From when to when it is in use, as far as that matters here."""
    last = localtime(place.closed_at).date() if place.closed_at else window.last + LONGEST
    return Period(place.opened_on, max(last, place.opened_on))
