"""A unit's places: added, renamed, ordered, retired with all below; the code on the wall."""

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from hazards import places
from hazards.models import Place
from hazards.tree import tree
from tests.cast import build_world
from tests.races import at_once

LIST = reverse("hazards:place_list")


@pytest.fixture
def unit(world):
    return world.orgs["enterprise_a1"]


@pytest.fixture
def shop(world, unit):
    return places.add(unit, by=world.officer, level="workshop", name="一车间")


def names(unit):
    return [place.name for _, place in tree(Place.objects.filter(unit=unit).active())]


def test_places_lie_in_one_another(world, unit, shop):
    places.add(unit, by=world.officer, level="workshop", name="二车间")
    places.add(unit, by=world.officer, level="post", name="2号泵房", parent=shop)
    lines = tree(Place.objects.filter(unit=unit))
    assert [(depth, place.name) for depth, place in lines] == [
        (0, "一车间"),
        (1, "2号泵房"),
        (0, "二车间"),
    ]


def test_a_workshop_does_not_lie_in_a_team(world, unit, shop):
    team = places.add(unit, by=world.officer, level="team", name="一班", parent=shop)
    with pytest.raises(Refused, match="不能放在“一班”下面"):
        places.add(unit, by=world.officer, level="workshop", name="三车间", parent=team)


def test_a_name_is_taken_once_at_one_spot(world, unit, shop):
    with pytest.raises(Refused, match="已经有同名"):
        places.add(unit, by=world.officer, level="workshop", name="一车间")
    places.retire(shop, by=world.officer)
    places.add(unit, by=world.officer, level="workshop", name="一车间")
    shop.refresh_from_db()
    with pytest.raises(Refused, match="已经有同名"):
        places.reopen(shop, by=world.officer)


def test_retiring_takes_all_below_and_deletes_nothing(world, unit, shop):
    team = places.add(unit, by=world.officer, level="team", name="一班", parent=shop)
    places.add(unit, by=world.officer, level="post", name="2号泵房", parent=team)
    assert places.retire(shop, by=world.officer) == 3
    assert names(unit) == []
    assert Place.objects.filter(unit=unit).count() == 3
    team.refresh_from_db()
    with pytest.raises(Refused, match="已停用"):
        places.reopen(team, by=world.officer)


def test_up_swaps_with_the_one_before(world, unit, shop):
    second = places.add(unit, by=world.officer, level="workshop", name="二车间")
    places.move_up(second, by=world.officer)
    places.move_up(second, by=world.officer)
    assert names(unit) == ["二车间", "一车间"]


def test_a_late_rename_is_refused(world, shop):
    seen = Place.objects.get(pk=shop.pk)
    places.rename(shop, by=world.officer, name="合成车间")
    with pytest.raises(StaleState):
        places.rename(seen, by=world.officer, name="罐区")


def test_the_record_tells_no_code(world, shop):
    old = shop.token
    places.renew(shop, by=world.officer)
    told = [str(event.__dict__) for event in AuditEvent.objects.filter(stream__name=shop.stream)]
    assert len(told) == 2
    assert not any(token in text for text in told for token in (old, shop.token))


def test_the_page_adds_and_shows_the_own_places_only(as_, world, unit, shop):
    Place.objects.create(unit=world.orgs["enterprise_b1"], level="post", name="乙一泵房")
    person = as_(world.officer)
    given = {"level": "post", "name": "2号泵房", "parent": shop.pk}
    assert person.post(LIST, given).url == LIST
    page = person.get(LIST).content.decode()
    assert "2号泵房" in page
    assert "乙一泵房" not in page


def test_a_parent_of_another_unit_is_no_choice(as_, world):
    foreign = Place.objects.create(
        unit=world.orgs["enterprise_b1"], level="workshop", name="乙一车间"
    )
    given = {"level": "post", "name": "2号泵房", "parent": foreign.pk}
    assert as_(world.officer).post(LIST, given).status_code == 422
    assert not Place.objects.filter(name="2号泵房").exists()


def test_a_taken_name_is_told_and_kept_in_the_form(as_, world, shop):
    answer = as_(world.officer).post(LIST, {"level": "workshop", "name": "一车间"})
    assert answer.status_code == 409
    assert "已经有同名" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_more_rows(as_, world, unit, rows, django_assert_num_queries):
    for number in range(rows):
        places.add(unit, by=world.officer, level="workshop", name=f"{number}车间")
    person = as_(world.officer)
    person.get(LIST)
    with django_assert_num_queries(4):
        person.get(LIST)


def test_posters_carry_each_place_in_use(as_, world, shop):
    answer = as_(world.officer).get(reverse("reports:place_posters"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    places.retire(shop, by=world.officer)
    assert as_(world.officer).get(reverse("reports:place_posters")).url == LIST


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_renews():
    world = build_world()
    shop = Place.objects.create(unit=world.orgs["enterprise_a1"], level="post", name="泵房")
    seen = [Place.objects.get(pk=shop.pk) for _ in range(4)]
    found = at_once([lambda one=one: places.renew(one, by=world.officer) for one in seen])
    assert found == {"done": 1, "StaleState": 3}
