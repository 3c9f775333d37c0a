"""All states × moves × people × grades, from the table itself; and what a move leaves behind."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from audit.models import AuditEvent
from audit.verify import verify_all
from chabaocu.errors import Refused, StaleState
from hazards import actions
from hazards.models import Hazard
from hazards.workflow import MOVES, moves_for
from orgs.access import fetch
from tests.factories import hazards
from tests.hazards.table import ALLOWED, EARLY, HERE, LISTED, G, S

# moves that a rule forbids in the plainest case, shown open in tests of their own
GUARDED = {"duplicate", "offer", "forward"}
CASES = [(*key, name) for key, moves in ALLOWED.items() for name in moves if name not in GUARDED]


def place(world, grade, status) -> Hazard:
    return hazards.in_state(world, status, grade or G.GENERAL)


def open_to(world, name) -> Hazard:
    """A hazard in the first state that allows the move."""
    for key, moves in ALLOWED.items():
        if name in moves:
            return place(world, *key)
    return hazards.listed(world, next(last for (_, last), moves in LISTED.items() if name in moves))


def press(world, hazard, name, user) -> bool:
    """What a view does: fetch with the move's permission, then act."""
    try:
        found = fetch(Hazard, user, MOVES[name].permission_on(hazard), pk=hazard.pk)
        actions.move(found, name, by=user, **hazards.said(world, hazard, name))
    except (Http404, PermissionDenied, StaleState):
        return False
    return True


def allowed_of_listed(status: str, last: str) -> dict[str, set[str]]:
    """What any 重大 hazard in that state allows, and 挂牌督办 beside it; never a second listing."""
    general = {n: who for n, who in ALLOWED[G.MAJOR, status].items() if n not in HERE}
    return general | LISTED[status, last]


def test_every_state_a_grade_can_have_is_in_the_hand_written_table():
    seen = {(grade, status) for grade, status in ALLOWED}
    road = {(G.GENERAL, s) for s in [*EARLY, S.JUDGING, S.FORWARDED]}
    road |= {(G.MAJOR, s) for s in EARLY}
    assert seen | road == {(g, s) for g in G.values for s in S.values} | {("", s) for s in EARLY}


@pytest.mark.once
@pytest.mark.parametrize(("grade", "status"), ALLOWED)
def test_every_person_and_move_as_the_table_says(world, grade, status):
    hazard = place(world, grade, status)
    for person, user in world.people.items():
        shown = {move.name for move in moves_for(hazard, user)}
        allowed = ALLOWED[grade, status].items()
        assert (person, shown) == (person, {name for name, who in allowed if person in who})
        hidden = {name for name, move in MOVES.items() if not move.system} - shown
        assert [name for name in hidden if press(world, hazard, name, user)] == []
    hazard.refresh_from_db()
    assert hazard.status == status


@pytest.mark.parametrize(("grade", "status", "name"), CASES)
def test_a_move_goes_where_the_table_says(world, grade, status, name):
    hazard = place(world, grade, status)
    events = hazard.events.count()
    by = world.people[min(ALLOWED[grade, status][name])]
    if name == "reward":
        Hazard.objects.filter(pk=hazard.pk).update(reported_by=world.worker)
    assert press(world, hazard, name, by)
    hazard.refresh_from_db()
    event = hazard.events.latest("pk")
    assert hazard.status == MOVES[name].target
    assert (event.move, event.source, event.target, event.by) == (name, status, hazard.status, by)
    assert hazard.events.count() == events + 1
    assert AuditEvent.objects.latest("pk").action == f"hazard.{name}"
    assert verify_all() == []


@pytest.mark.parametrize("name", [m.name for m in MOVES.values() if m.needs])
def test_a_move_without_a_field_it_needs_is_refused(world, name):
    hazard = open_to(world, name)
    status = hazard.status
    for field in MOVES[name].needs:
        given = hazards.said(world, hazards.reported(world), name) | {field: ""}
        with pytest.raises(Refused, match="须填写"):
            actions.move(hazard, name, by=world.officer, **given)
    hazard.refresh_from_db()
    assert hazard.status == status


def test_a_page_of_an_earlier_step_moves_nothing(world):
    hazard = hazards.in_state(world, S.RECTIFYING)
    seen = Hazard.objects.get(pk=hazard.pk)
    hazards.moved(world, hazard, ("officer", "extend"))
    with pytest.raises(StaleState):
        hazards.moved(world, seen, ("officer", "extend"))


@pytest.mark.once
@pytest.mark.parametrize(("status", "last"), LISTED)
def test_every_person_and_move_of_a_listed_one(world, status, last):
    hazard = hazards.listed(world, last)
    assert hazard.status == status
    allowed = allowed_of_listed(status, last)
    for person, user in world.people.items():
        shown = {move.name for move in moves_for(hazard, user)}
        assert (person, shown) == (person, {name for name, who in allowed.items() if person in who})


def test_every_move_is_in_the_hand_written_tables():
    written = {name for moves in [*ALLOWED.values(), *LISTED.values()] for name in moves}
    assert written == {name for name, move in MOVES.items() if not move.system}
