"""The scores kept for ranks are those of the visits, whatever moves and however many at once."""

from io import StringIO
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db.models import F

from plans.models import Visit
from scoring import actions, standings
from scoring.models import Standing
from tests.cast import build_world
from tests.factories import papers, plans
from tests.factories.orgs import EnterpriseFactory
from tests.races import at_once

CLIENTS = 6


def check(*options):
    """What check_totals says, and whether it is content."""
    out = StringIO()
    try:
        call_command("check_totals", *options, stdout=out, stderr=out)
    except SystemExit:
        return False, out.getvalue()
    return True, out.getvalue()


def submitted(world):
    unit = EnterpriseFactory(region=world.regions["county_a1"])
    return papers.submitted(world, plans.visit(world.plan, world.team, unit))


def counts():
    return list(Standing.objects.order_by("pk").values_list("total", "visits"))


def test_score_comes_in_when_confirmed_and_goes_out_when_corrected(world):
    visit = papers.confirmed(world)
    assert counts() == [(11, 1)]
    actions.correct(visit, by=world.province, reason="示例更正")
    assert counts() == [(11, 0)]


def test_score_stays_when_released_and_archived(world):
    visit = papers.confirmed(world)
    actions.release(visit, by=world.province)
    actions.archive(visit, by=world.province)
    assert counts() == [(11, 1)]


def test_submitted_score_is_not_counted(world):
    papers.submitted(world)
    assert counts() == []


def test_check_finds_and_repairs_a_wrong_count(world):
    papers.confirmed(world)
    assert check() == (True, "汇总与督导一致。\n")
    Standing.objects.update(visits=F("visits") + 1)
    content, told = check()
    assert (content, "记为 2 份，实为 1 份" in told) == (False, True)
    assert check("--repair")[0]
    assert counts() == [(11, 1)]


def test_check_finds_and_repairs_a_wrong_place(world):
    Visit.objects.filter(pk=world.visit.pk).update(place="001002001")
    assert check()[0] is False
    assert check("--repair")[0]
    world.visit.refresh_from_db()
    assert world.visit.place == "001001001"


def test_standings_of_another_issuer_are_not_seen(world):
    papers.confirmed(world)
    mine = Standing.objects.visible_to(world.province).count()
    others = [world.city_b, world.county_a1, world.leader, world.admin]
    assert (mine, [Standing.objects.visible_to(p).count() for p in others]) == (1, [0, 0, 0, 0])


def confirm_at_once():
    """Six reviewers confirm six visits of one score; how many are counted."""
    world = build_world()
    visits = [submitted(world) for _ in range(CLIENTS)]
    outcome = at_once([lambda v=visit: actions.confirm(v, by=world.province) for visit in visits])
    assert outcome == {"done": CLIENTS}
    return sum(standings.kept().values())


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_all_who_confirm_at_once_are_counted():
    assert confirm_at_once() == CLIENTS


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_counting_outside_the_database_loses_some():
    """The guard off: each reads, and then all write, as they would without F()."""
    papers.confirmed(build_world())
    read = Barrier(CLIENTS)

    def add():
        row = Standing.objects.get()
        read.wait(30)
        row.visits += 1
        row.save()

    assert at_once([add] * CLIENTS) == {"done": CLIENTS}
    assert sum(standings.kept().values()) == 2
