"""The divisions of 山东, with an invented list of key chemical counties."""

from datetime import date

from orgs.actions.regions import load_divisions, load_unions
from orgs.divisions import province
from orgs.models import Region

PROVINCE = "山东省"
FIRST_DAY = date(2017, 1, 1)
EVERY_THIRD = 3


def load_places() -> Region:
    """Divisions, unions and flags; which counties are 重点监管县 is invented for the demo."""
    load_divisions(province(PROVINCE), on=FIRST_DAY)
    top = Region.objects.unscoped(reason="demo").get(name=PROVINCE, parent=None)
    load_unions(top)
    _flag_key_counties(top)
    return top


def counties(top: Region) -> list[Region]:
    """The valid counties of the province, in order of their paths."""
    below = Region.objects.unscoped(reason="demo").filter(path__startswith=top.path)
    return list(below.filter(level=Region.Level.COUNTY, valid_to=None).order_by("path"))


def _flag_key_counties(top: Region) -> None:
    """The first of every three counties in each city: every city has at least two."""
    places: dict[int | None, list[Region]] = {}
    for county in counties(top):
        places.setdefault(county.parent_id, []).append(county)
    flagged = [c.pk for group in places.values() for c in group[::EVERY_THIRD]]
    Region.objects.unscoped(reason="demo").filter(pk__in=flagged).update(is_key_chemical=True)
