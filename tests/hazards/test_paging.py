"""One compiled list for many people: each is answered from their own values, and no other's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.utils import timezone

from chabaocu.lists import Keyset
from chabaocu.prepared import Slot
from hazards import ledger, paging, search
from hazards.ledger import MINE, TABS, Wanted
from hazards.models import Hazard
from hazards.paging import Listing
from orgs.models import Organization
from tests.factories import hazards

S, G = Hazard.Status, Hazard.Grade
NEIGHBOURS = [
    ("officer", "other_officer"),
    ("county_a1", "county_b1"),
    ("city_a", "city_b"),
    ("regulator", "other_regulator"),
]
ALONE = ("worker", "province", "county_a2")
READERS = [person for pair in NEIGHBOURS for person in pair] + [*ALONE]
TODAY = timezone.localdate
ALIKE = [  # two narrowings of one shape
    ({}, {}),
    ({"tab": "overdue"}, {"tab": "overdue"}),
    ({"tab": "week", "order": "new"}, {"tab": "week", "order": "new"}),
    ({"tab": "all", "status": S.CLOSED}, {"tab": "all", "status": S.RECTIFYING}),
    ({"status": S.CLOSED}, {"status": S.DISMISSED}),
    ({"tab": MINE, "grade": G.GENERAL}, {"tab": MINE, "grade": G.MAJOR}),
    ({"tab": "done", "kind": "leak"}, {"tab": "done", "kind": "health"}),
    ({"level": "team"}, {"level": "unit"}),
    ({"tab": "all", "source": "worker"}, {"tab": "all", "source": "patrol"}),
    ({"industry": "chemical"}, {"industry": "coal"}),
    ({"tab": "all", "city": "001001"}, {"tab": "all", "city": "001002"}),
    ({"tab": "counted", "county": "001001001"}, {"tab": "counted", "county": "001002001"}),
    ({"city": "001001", "county": "001001001"}, {"city": "001002", "county": "001002001"}),
    ({"tab": "all", "person": "worker"}, {"tab": "all", "person": "officer"}),
    ({"tab": "all", "failed": True}, {"tab": "all", "failed": True}),
    ({"tab": "all", "q": "法兰"}, {"tab": "all", "q": "护栏"}),
    ({"q": "示例 法兰"}, {"q": "护栏 松动"}),
    ({"tab": "all", "q": "甲一县"}, {"tab": "all", "q": "乙一县"}),
    ({"q": "worker"}, {"q": "officer"}),
    ({"tab": "all", "q": "漏"}, {"tab": "all", "q": "栏"}),
]


@pytest.fixture
def twins(world):
    """The same six hazards in 甲一县 and in 乙一县, told apart by what is said of them."""
    made = [hazards.reported(world), hazards.in_state(world, S.CLOSED)]
    made += [hazards.in_state(world, S.RECTIFYING, grade) for grade in G]
    made += [hazards.in_state(world, S.ACCEPTING), hazards.in_state(world, S.DISMISSED)]
    late = {"due_on": TODAY() - timedelta(days=2)}
    Hazard.objects.filter(pk=made[2].pk).update(**late)
    enterprise = world.orgs["enterprise_b1"]
    Organization.objects.filter(pk=enterprise.pk).update(industry="coal")
    there = Hazard.objects.bulk_create(
        _twin(hazard, n, world, enterprise)
        for n, hazard in enumerate(Hazard.objects.order_by("pk"))
    )
    search.keep(there)
    return made, there


def _twin(hazard, n, world, enterprise):
    hazard.pk, hazard.number, hazard.report_id = None, f"示例-{n}", uuid4()
    hazard.unit, hazard.region_path = enterprise, enterprise.region.path
    hazard.text, hazard.where, hazard.kind = "示例：护栏松动", "示例2号平台", "health"
    hazard.level, hazard.source, hazard.attempt = hazard.level and "unit", "patrol", 2
    hazard.responsible = world.other_officer if hazard.responsible else None
    hazard.regulator = world.orgs["regulator_b"] if hazard.regulator else None
    return hazard


def days(today):
    """Two narrowings by each pair of days."""
    before = today - timedelta(days=9)
    for name in ("", "due_", "closed_"):
        for since, until in ((before, today), (before, before)):
            yield {"tab": "all", f"{name}since": since, f"{name}until": until}


def asked_in_turn(world):
    """Everybody with every narrowing, neighbours one after the other and back."""
    units = [{"tab": "all", "unit": world.orgs[f"enterprise_{n}"].pk} for n in ("a1", "b1")]
    same = [*ALIKE, units, days(TODAY()), [{"tab": tab} for tab in TABS]]
    for alike in same:
        for narrowing in alike:
            yield from ((person, Wanted(**narrowing)) for person in READERS)


def test_list_and_counts_are_those_of_the_plain_query(world, twins):
    wrong, seen = [], set()
    for person, wanted in asked_in_turn(world):
        scope = world.people[person].scope
        plain = [*ledger.rows(scope, wanted, TODAY()).values_list("pk", flat=True)]
        listing = Listing(scope, wanted, TODAY())
        shown = listing.page(QueryDict(""), load=lambda pks: {pk: pk for pk in pks})
        if (listing.first(99), [*shown], shown.total) != (plain, plain, str(len(plain))):
            wrong.append((person, wanted))
        if not wanted.q and listing.counts([]) != {"": len(plain)}:
            wrong.append((person, wanted, "counted"))
        seen.update((person, pk) for pk in plain)
    assert wrong == []
    assert len({pk for _, pk in seen}) == 12
    assert {pk for person, pk in seen if person == "county_b1"} == {h.pk for h in twins[1]}


@pytest.mark.once
@pytest.mark.parametrize(("one", "other"), NEIGHBOURS)
def test_neighbours_share_one_statement_that_holds_neither(world, one, other):
    for narrowings in ALIKE:
        made = [
            statement(world.people[person].scope, Wanted(**narrowing))
            for person, narrowing in zip((one, other), narrowings, strict=True)
        ]
        assert made[0] == made[1]


def statement(scope, wanted):
    """What is kept for this person's list, made for them alone: its text and what is no slot."""
    words = search.Meant(tuple(wanted.q.split()), pks="[1]", hands="[1]")
    parts = ledger.parts(scope.shape, wanted.shape, words.shape, ledger.TODAY)
    reading = Keyset(parts, ledger.BY_DAY)._reading(False, True, 9)
    return reading and (reading.sql, [p for p in reading.params if not isinstance(p, Slot)])


def test_kept_lists_grow_by_shape_and_not_by_person_or_day(world, twins):
    paging._listed.cache_clear()
    paging._counted.cache_clear()
    for ahead in range(3):
        for person in ("county_a1", "county_a2", "county_b1"):
            for grade in G:
                wanted = Wanted(tab="overdue", grade=grade, since=TODAY() - timedelta(days=ahead))
                day = TODAY() + timedelta(days=ahead)
                listing = Listing(world.people[person].scope, wanted, day)
                listing.first(9)
                listing.counts(["open"])
    assert paging._listed.cache_info().currsize == 1
    assert paging._counted.cache_info().currsize == 2


def test_tomorrow_is_asked_with_its_own_day(world, twins):
    here, scope = twins[0], world.county_a1.scope
    Hazard.objects.filter(pk=here[3].pk).update(due_on=TODAY())
    late = [here[2].pk, here[3].pk]
    wanted = Wanted(tab="overdue")
    for ahead, expected in ((0, late[:1]), (1, late), (0, late[:1])):
        assert Listing(scope, wanted, TODAY() + timedelta(days=ahead)).first(9) == expected


def test_neighbours_in_turn_are_shown_their_own(as_, world, twins):
    lines = dict(zip(("county_a1", "county_b1"), twins, strict=True))
    for person in ("county_a1", "county_b1") * 2:
        for query in ({"tab": "all"}, {"tab": "all", "q": "示例"}):
            context = as_(world.people[person]).get("/hazards/", query).context
            assert {line.pk for line in context["page"]} == {h.pk for h in lines[person]}
            assert ("all", "全部", "6") in context["tabs"]
