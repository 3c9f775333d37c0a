"""Rules of reward of 甲一县's enterprise, and hazards that a worker reported and was paid for."""

from datetime import date
from decimal import Decimal

from hazards.models import Hazard
from rewards.models import Reward, Rule
from tests.cast import World
from tests.factories import hazards

G, S = Hazard.Grade, Hazard.Status
LONG_AGO = date(2020, 1, 1)


def rule(world: World, grade: str = G.GENERAL, amount: str = "200", **fields) -> Rule:
    """What the enterprise pays since long ago."""
    given = {"valid_from": LONG_AGO, "set_by": world.officer} | fields
    unit = given.pop("unit", world.orgs["enterprise_a1"])
    return Rule.objects.create(unit=unit, grade=grade, amount=Decimal(amount), **given)


def closed(world: World, grade: str = G.GENERAL, **fields) -> Hazard:
    """Struck off, found by a worker of the unit who did not rectify it."""
    hazard = hazards.in_state(world, S.CLOSED, grade)
    given = {"reported_by": world.worker} | fields
    Hazard.objects.filter(pk=hazard.pk).update(**given)
    hazard.refresh_from_db()
    return hazard


def granted(world: World, **fields) -> Reward:
    """A line of the ledger, not paid yet."""
    hazard = hazards.moved(world, closed(world, **fields), ("unit_union", "reward"))
    return Reward.objects.get(hazard=hazard)
