"""我的待办 says the same as the buttons: the table, asked of the database."""

import pytest

from hazards import waiting
from hazards.models import Hazard
from hazards.workflow import moves_for
from tests.factories import hazards
from tests.hazards.table import ALLOWED, LISTED, G


@pytest.mark.parametrize(("grade", "status"), ALLOWED)
def test_what_waits_is_what_the_buttons_expect(world, grade, status):
    hazard = hazards.in_state(world, status, grade or G.GENERAL)
    for person, user in world.people.items():
        moves = [m for m in moves_for(hazard, user) if waiting._is_expected(m)]
        owned = [m for m in moves if m.permission_on(hazard) in waiting.OWNED]
        found = any(part.filter(pk=hazard.pk).exists() for part in waiting.parts(user.scope))
        assert (person, found) == (person, bool(owned))


def test_the_neighbour_waits_for_nothing_here(as_, world):
    hazards.reported(world)
    assert not as_(world.other_officer).get("/hazards/", {"tab": "mine"}).context["page"].rows
    mine = as_(world.officer).get("/hazards/", {"tab": "mine"}).context
    assert [line.status for line in mine["page"]] == [Hazard.Status.REPORTED.label]
    assert mine["tabs"][0] == ("mine", "我的待办", "1")


@pytest.mark.parametrize(("status", "last"), LISTED)
def test_each_step_of_a_listing_waits_once_for_its_people(world, status, last):
    hazard = hazards.listed(world, last)
    for person, user in world.people.items():
        moves = [m for m in moves_for(hazard, user) if waiting._is_expected(m)]
        owned = [m for m in moves if m.permission_on(hazard) in waiting.OWNED]
        found = sum(part.filter(pk=hazard.pk).count() for part in waiting.parts(user.scope))
        assert (person, found) == (person, len(owned))
