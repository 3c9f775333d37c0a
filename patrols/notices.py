"""Whom a missed patrol is told: whose duty the place is, and the unit's safety office."""

from collections.abc import Collection

from django.urls import reverse

from hazards.notices import holders
from inbox import actions as inbox
from inbox.models import Notice
from orgs.models import Organization, User
from orgs.roles import Permission as P
from patrols.models import Duty, Missed

NAMED = 3  # places a notice names


def after_look(unit: Organization, fresh: Collection[int]) -> None:
    """Tell what is missed and waits; of ``fresh`` nobody was told yet.

    Who has a place is told of it; the safety office of all the unit's places at once. What is told
    now takes the place of what was told of it before.
    """
    waiting = list(Missed.objects.filter(unit=unit, settled_on=None).select_related("place"))
    new = [row for row in waiting if row.pk in set(fresh)]
    if not new:
        return
    office = holders(P.HAZARD_HANDLE, [unit.pk])
    keepers = _keepers({row.place_id for row in new}, but=office)
    for place, keeper in keepers.items():
        _tell_keeper(keeper, [row for row in waiting if row.place_id == place])
    _tell_office(unit, office, waiting)


def after_settling(places: Collection[int], units: Collection[int]) -> None:
    """Nobody waits for these places; in these units for none at all."""
    for place in places:
        inbox.settle(_about_place(place))
    for unit in units:
        inbox.settle(_about_unit(unit))


def _tell_keeper(keeper: User, rows: list[Missed]) -> None:
    """``rows`` are all that waits of one place, the oldest first."""
    last = rows[-1]
    times = f"，已 {len(rows)} 次" if len(rows) > 1 else ""
    inbox.settle(_about_place(last.place_id))
    inbox.tell(
        [keeper],
        kind=Notice.Kind.LATE,
        about=_about_place(last.place_id),
        key=f"missed-{last.pk}",
        text=f"{last.place}：{last.period}漏查{times}，请去排查",
        link=reverse("patrols:place", args=[last.place_id]),
    )


def _tell_office(unit: Organization, office: list[User], rows: list[Missed]) -> None:
    latest = {row.place_id: row for row in rows}  # the last one of each place
    named = "、".join(f"{row.place} {row.period}" for row in [*latest.values()][:NAMED])
    more = "等" if len(latest) > NAMED else ""
    inbox.settle(_about_unit(unit.pk))
    inbox.tell(
        office,
        kind=Notice.Kind.LATE,
        about=_about_unit(unit.pk),
        key=f"missed-{unit.pk}-{max(row.pk for row in rows)}",
        text=f"漏查 {len(latest)} 处，还没有补查：{named}{more}",
        link=reverse("patrols:coverage") + f"?month={rows[-1].last_on:%Y-%m}",
    )


def _keepers(places: Collection[int], *, but: Collection[User]) -> dict[int, User]:
    """Whose duty these places are, without those who are told of all of them."""
    rows = Duty.objects.unscoped(reason="whose duty it was is told").standing()
    rows = rows.filter(place__in=places, person__is_active=True).exclude(person__in=but)
    return {duty.place_id: duty.person for duty in rows.select_related("person")}


def _about_place(place: int) -> str:
    return f"patrol-{place}"


def _about_unit(unit: int) -> str:
    return f"patrols-{unit}"
