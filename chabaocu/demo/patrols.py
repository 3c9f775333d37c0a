"""The demo's patrols: six weeks of two enterprises, with days and a week that were missed."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from chabaocu.demo.clock import clock
from chabaocu.demo.people import ENTERPRISE, OTHER_ENTERPRISE
from clocks.calendar import workdays
from hazards.models import Place
from orgs.models import Organization, User
from patrols import actions
from patrols.actions import Finding
from patrols.missed import tell_missed
from patrols.models import Duty, Patrol, Policy
from patrols.periods import Every

L = Place.Level
BEGUN = 45  # days ago
RULES = {L.PLANT: Every.HALF_MONTHLY, L.WORKSHOP: Every.WEEKLY, L.POST: Every.DAILY}
UNITS = {ENTERPRISE: ("anquan1", "zhigong"), OTHER_ENTERPRISE: ("anquan2", "anquan2")}
OTHER_PLACES = (("全厂", L.PLANT), ("合成车间", L.WORKSHOP), ("包装车间", L.WORKSHOP))
WEEKDAY = 1  # a 车间 is looked at on Tuesdays
HALVES = (10, 25)  # the 厂 on these days
MISSED = 11  # about one in so many is missed
FOUND = {
    3: Finding("leak", "机封渗漏，地面有油迹（示例）"),
    12: Finding("guard", "联轴器护罩缺螺栓（示例）"),
}


def load_patrols(*, today: date) -> None:
    """Rules, whose duty each place is, and the patrols so far; what is there already stays."""
    for number, (name, (officer, worker)) in enumerate(UNITS.items()):
        unit = Organization.objects.unscoped(reason="demo").get(name=name)
        if Policy.objects.unscoped(reason="demo").filter(unit=unit).exists():
            continue
        people = {
            u.username: u for u in User.objects.unscoped(reason="demo").filter(organization=unit)
        }
        _load(unit, number, people[officer], people[worker], today)
    tell_missed(today)


def _load(unit: Organization, number: int, officer: User, worker: User, today: date) -> None:
    first = today - timedelta(days=BEGUN)
    places = _places(unit, number, first)
    with clock(first, "08:00"):
        for level, every in RULES.items():
            actions.set_policy(unit, by=officer, level=level, every=every)
    Duty.objects.bulk_create(
        Duty(unit=unit, place=place, person=_keeper(place, officer, worker), given_by=officer)
        for place in places
    )
    for order, (place, day) in enumerate(_done(places, first, today)):
        with clock(day, f"{8 + order % 9:02}:{order % 6}5"):
            _patrol(place, day, today, _keeper(place, officer, worker))


def _places(unit: Organization, number: int, first: date) -> list[Place]:
    if number:
        for name, level in OTHER_PLACES:
            Place.objects.get_or_create(unit=unit, name=name, parent=None, level=level)
    else:
        Place.objects.get_or_create(unit=unit, name="全厂", parent=None, level=L.PLANT)
    rows = Place.objects.unscoped(reason="demo").filter(unit=unit)
    rows.update(opened_on=first)
    return list(rows.order_by("pk"))


def _keeper(place: Place, officer: User, worker: User) -> User:
    return worker if place.level == L.POST else officer


def _done(places: list[Place], first: date, today: date) -> Iterator[tuple[Place, date]]:
    """Which place was looked at on which day; today's round is half done."""
    is_workday = workdays(first, today)
    for n in range((today - first).days + 1):
        day = first + timedelta(days=n)
        for order, place in enumerate(places):
            is_kept = (n * 5 + order * 7) % MISSED and (day < today or order % 2)
            if is_kept and _is_due(place, day, is_workday(day)):
                yield place, day


def _is_due(place: Place, day: date, is_workday: bool) -> bool:
    if place.level == L.PLANT:
        return day.day in HALVES
    if place.level == L.WORKSHOP:
        return day.weekday() == WEEKDAY
    return is_workday


def _patrol(place: Place, day: date, today: date, by: User) -> Patrol:
    id = uuid5(NAMESPACE_URL, f"demo-patrol-{place.pk}-{day}")
    found = FOUND.get((today - day).days) if place.name == "2号泵房" else None
    return actions.keep(place, by=by, patrol_id=id, findings=[found] if found else ())
