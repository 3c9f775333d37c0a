"""A county is replaced and drawn for once, whoever presses at the same moment."""

from threading import Barrier

import pytest
from django.db import transaction

from orgs.models import Organization
from plans import draws, replacing
from plans.actions import create_visits
from plans.models import Draw, Pick, Visit
from scoring import actions as papers
from tests.factories import plans
from tests.factories.draws import Pool
from tests.races import at_once

WHY = "示例：撤销建制"
CLIENTS = 8

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def drawn(pool: Pool) -> Pick:
    """A county whose enterprises are drawn."""
    draw = pool.drawn()
    pool.drawn("enterprises")
    return draw.picks.filter(status="drawn").select_related("region").earliest("pk")


def freeze(pool: Pool, chosen: Pick) -> Draw:
    said = {"seed_source": "dice", "seed_source_detail": "示例会议室"}
    return draws.freeze(pool.plan, by=pool.people[0], stage="enterprises", county=chosen, **said)


def test_eight_clients_replace_one_county_and_its_enterprises_end_once():
    pool = Pool()
    pick = drawn(pool)
    seen = at_once(
        [lambda: replacing.replace(Pick.objects.get(pk=pick.pk), by=pool.people[0], reason=WHY)]
        * CLIENTS
    )
    assert seen == {"done": 1, "StaleState": CLIENTS - 1}
    assert len(Draw.objects.get(stage="enterprises").result["ended"]) == 1
    assert Pick.objects.filter(status="ended").count() == 4
    assert Pick.objects.filter(status="substitute").count() == 1


def test_eight_clients_freeze_one_supplement_and_one_list_is_frozen():
    pool = Pool()
    chosen = replacing.replace(drawn(pool), by=pool.people[0], reason=WHY)
    seen = at_once([lambda: freeze(pool, chosen)] * CLIENTS)
    assert seen == {"done": 1, "StaleState": CLIENTS - 1}
    assert Draw.objects.filter(county=chosen).count() == 1


def test_eight_clients_freeze_without_the_guard_and_collide(monkeypatch):
    """The twin: all look before one writes; only the constraints are left."""
    pool = Pool()
    chosen = replacing.replace(drawn(pool), by=pool.people[0], reason=WHY)
    looked = Barrier(CLIENTS)
    monkeypatch.setattr(draws, "_check_standing", lambda plan, stage, county: None)

    def look_then_freeze() -> None:
        draws._standing(pool.plan, "enterprises").filter(county=chosen).exists()
        looked.wait()
        freeze(pool, chosen)

    assert at_once([look_then_freeze] * CLIENTS)["IntegrityError"] == CLIENTS - 1


def visited(pool: Pool) -> tuple[Pick, Visit]:
    """A drawn county, and a visit of one of its enterprises that its team may begin."""
    pick = drawn(pool)
    for county in pick.draw.picks.select_related("region"):
        Organization.objects.create(kind="union", name=f"{county}总工会", region=county.region)
    create_visits(pool.plan, by=pool.people[0])
    team = plans.team(pool.plan, *pool.people)
    visit = Visit.objects.filter(region=pick.region, target_kind="enterprise_union").earliest("pk")
    Visit.objects.filter(pk=visit.pk).update(team=team)
    return pick, visit


def begun(visit: Visit, pool: Pool) -> object:
    return papers.start(Visit.objects.get(pk=visit.pk), by=pool.people[0])


def test_a_county_is_replaced_or_its_visit_begun_but_never_both():
    pool = Pool()
    pick, visit = visited(pool)
    seen = at_once(
        [
            lambda: replacing.replace(pick, by=pool.people[0], reason=WHY),
            lambda: begun(visit, pool),
        ]
    )
    visit.refresh_from_db()
    pick.refresh_from_db()
    assert seen["done"] == 1
    assert (pick.status, visit.status) in {("replaced", "cancelled"), ("drawn", "filling")}


def test_without_the_guard_a_begun_visit_is_lost(monkeypatch):
    """The twin: a look before the write cancels papers that were begun in between."""
    pool = Pool()
    pick, visit = visited(pool)

    def cancel_as_seen(pick: Pick, by, reason: str) -> None:
        Visit.objects.filter(pick=pick).update(status="cancelled", cancelled_reason=reason)

    with transaction.atomic():
        replacing._check_county(pick)
    assert at_once([lambda: begun(visit, pool)]) == {"done": 1}
    monkeypatch.setattr(replacing, "_check_county", lambda pick: None)
    monkeypatch.setattr(replacing, "end_visit", cancel_as_seen)
    replacing.replace(pick, by=pool.people[0], reason=WHY)
    visit.refresh_from_db()
    assert (visit.status, visit.sheets.count()) == ("cancelled", 1)
