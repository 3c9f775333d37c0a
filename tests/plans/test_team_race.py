"""Eight people send the same inspector out at once."""

from functools import partial
from threading import Barrier, BrokenBarrierError

import pytest

from orgs.roles import TeamRole
from plans.actions import team as actions
from plans.models import TeamMember
from tests.cast import build_world
from tests.factories.orgs import UserFactory
from tests.races import at_once

CLIENTS = 8
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def ask_for_the_same_person(world, save):
    unit = world.orgs["industrial_union"]
    wanted = UserFactory(organization=unit)
    others = UserFactory.create_batch(2 * CLIENTS, organization=unit)

    def deed(number):
        roles = {
            wanted: TeamRole.LEADER,
            others[2 * number]: TeamRole.RECORDER,
            others[2 * number + 1]: TeamRole.MEMBER,
        }
        save(world.plan, by=world.province, name=f"第{number}组", roles=roles)

    outcome = at_once([partial(deed, number) for number in range(CLIENTS)])
    return outcome, TeamMember.objects.filter(user=wanted).count()


def test_person_enters_one_team_however_many_ask():
    outcome, memberships = ask_for_the_same_person(build_world(), actions.save_team)
    assert outcome == {"done": 1, "Refused": CLIENTS - 1}
    assert memberships == 1


def test_without_the_held_plan_a_person_enters_several(monkeypatch):
    """The check and the write apart: everybody has checked before anybody writes."""
    checked = Barrier(CLIENTS)
    check = actions._check_free

    def slow_check(*args):
        check(*args)
        try:
            checked.wait(timeout=5)
        except BrokenBarrierError:
            return

    def store(plan, team, name, size_reason):
        return plan.teams.create(order=100 + int(name[1]), name=name)

    monkeypatch.setattr(actions, "hold_plan", lambda plan: None)
    monkeypatch.setattr(actions, "record", lambda *args, **kwargs: None)
    monkeypatch.setattr(actions, "_check_free", slow_check)
    monkeypatch.setattr(actions, "_store", store)
    unguarded = actions.save_team.__wrapped__
    _, memberships = ask_for_the_same_person(build_world(), unguarded)
    assert memberships > 1
