"""What is kept of each scoring point is what the answers say, whatever moves, at once or not."""

from decimal import Decimal
from importlib import import_module
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F

from scoring import actions, standings, sums
from scoring.models import PointSum, ReasonSum
from tests.analysis import rounds
from tests.cast import build_world
from tests.factories import papers, plans
from tests.factories.orgs import EnterpriseFactory
from tests.races import at_once
from tests.scoring.test_standings import check, submitted

CLIENTS = 4
COUNTY = {"level": 9, "place": "001001001"}


def at(code, **where):
    """(份数, 不适用, 失分份数, 得分) of one point."""
    row = PointSum.objects.get(criterion__code=code, **(where or {"level": 0}))
    return row.sheets, row.excused, row.short, row.gained


def same():
    """Whether what is kept is what the answers say."""
    return [kind.kept() == kind.live() for kind in sums.KINDS] == [True, True]


def test_sheet_comes_in_at_each_level_when_confirmed_and_goes_out_when_corrected(world):
    firm = EnterpriseFactory(region=world.regions["county_a1"])
    visit = plans.visit(world.plan, world.team, firm)
    rounds.confirmed(world, visit, ("1.5", "3", None, 1))
    assert sorted(PointSum.objects.values_list("level", "place").distinct()) == [
        (0, ""),
        (6, "001001"),
        (9, "001001001"),
    ]
    assert [at("1-1", **COUNTY), at("2")] == [
        (1, 0, 1, Decimal("1.5")),
        (1, 1, 0, 0),
    ]
    assert (ReasonSum.objects.filter(level=0).count() > 0, same()) == (True, True)
    actions.correct(visit, by=world.province, reason="示例更正")
    assert (at("1-1", **COUNTY), at("2")) == ((0, 0, 0, 0), (0, 0, 0, 0))
    assert (ReasonSum.objects.exclude(sheets=0).count(), same()) == (0, True)


def test_corrected_sheet_is_counted_by_its_last_draft(world):
    rounds.corrected(world)
    assert (at("1-1"), same()) == ((1, 0, 1, 1), True)


def test_sums_stay_when_released_and_archived(world):
    visit = papers.confirmed(world)
    kept = sums.POINTS.kept()
    actions.release(visit, by=world.province)
    actions.archive(visit, by=world.province)
    assert (sums.POINTS.kept() == kept, same()) == (True, True)


def test_check_finds_and_repairs_what_was_planted(world):
    rounds.held(world)
    assert check() == (True, "汇总与督导一致。\n")
    PointSum.objects.filter(criterion__code="3", **COUNTY).update(gained=F("gained") + 1)
    ReasonSum.objects.filter(level=0).first().delete()
    content, told = check()
    assert (content, told.count("各得分点合计"), told.count("失分原因合计")) == (False, 2, 1)
    assert (check("--repair")[0], same()) == (True, True)


def test_migration_counts_what_was_confirmed_before(world):
    rounds.held(world)
    PointSum.objects.all().delete()
    ReasonSum.objects.all().delete()
    editor = SimpleNamespace(connection=connection)
    import_module("scoring.migrations.0009_point_sums").count(apps, editor)
    assert (sums.POINTS.kept() != {}, same()) == (True, True)


def test_sums_of_another_issuer_are_not_seen(world):
    papers.confirmed(world)
    seen = [
        [model.objects.visible_to(person).exists() for model in (PointSum, ReasonSum)]
        for person in (world.province, world.city_b, world.county_a1, world.leader, world.admin)
    ]
    assert seen == [[True, True]] + [[False, False]] * 4


def confirm_at_once():
    """Reviewers confirm visits of one city at once; how many each point counts."""
    world = build_world()
    visits = [submitted(world) for _ in range(CLIENTS)]
    outcome = at_once([lambda v=visit: actions.confirm(v, by=world.province) for visit in visits])
    assert outcome == {"done": CLIENTS}
    return {*PointSum.objects.values_list("sheets", flat=True)}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_all_who_confirm_at_once_are_added_up():
    assert (confirm_at_once(), same(), standings.faults()) == ({CLIENTS}, True, [])


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_adding_outside_the_database_loses_some():
    """The guard off: each reads, and then all write, as they would without ON CONFLICT."""
    papers.confirmed(build_world())
    read = Barrier(CLIENTS)

    def add():
        row = PointSum.objects.get(level=0, criterion__code="1-1")
        read.wait(30)
        row.sheets += 1
        row.save()

    assert at_once([add] * CLIENTS) == {"done": CLIENTS}
    assert (at("1-1")[0], same()) == (2, False)
