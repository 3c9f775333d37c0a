"""Pages that list visits, teams or tasks cost the same for one row and for three."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Visit
from tests.factories import plans as factory
from tests.factories.orgs import EnterpriseFactory, UserFactory

pytestmark = pytest.mark.parametrize("count", [1, 3])
SUBMITTED = {
    "status": "submitted",
    "submitted_at": "2017-12-05T07:00:00+08:00",
    "total": 1,
    "content_hash": "0" * 64,
}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2017-12-05 08:00+08:00", tick=False)


def more_visits(world, count, **fields):
    units = EnterpriseFactory.create_batch(count, region=world.regions["county_a1"])
    made = [factory.visit(world.plan, world.team, unit).pk for unit in units]
    Visit.objects.filter(pk__in=made).update(**fields)


def test_desk(world, as_, count, django_assert_num_queries):
    more_visits(world, count, visit_on=date(2017, 12, 1))
    more_visits(world, count, submitted_by=world.leader, **SUBMITTED)
    client = as_(world.province)
    client.get("/")
    with django_assert_num_queries(14):
        page = client.get("/")
    assert (page.context["late_count"], page.context["review_count"]) == (str(count), str(count))


def test_schedule(world, as_, count, django_assert_num_queries):
    more_visits(world, count)
    url = reverse("plans:visit_schedule", args=[world.plan.pk])
    client = as_(world.province)
    client.get(url)
    with django_assert_num_queries(8):
        page = client.get(url)
    text = page.content.decode()
    names = world.plan.visits.values_list("target__name", flat=True)
    assert [name for name in names if name not in text] == []


def test_teams(world, as_, count, django_assert_num_queries):
    for number in range(count):
        people = UserFactory.create_batch(3, organization=world.orgs["industrial_union"])
        factory.team(world.plan, *people, order=10 + number)
    url = reverse("plans:plan_teams", args=[world.plan.pk])
    client = as_(world.province)
    client.get(url)
    with django_assert_num_queries(16):
        page = client.get(url)
    assert len(page.context["teams"]) == 2 + count


def test_tasks(world, as_, count, django_assert_num_queries):
    more_visits(world, count)
    url = reverse("plans:task_list")
    client = as_(world.leader)
    client.get(url)
    with django_assert_num_queries(10):
        page = client.get(url)
    assert len(page.context["groups"][0]["page"]) == 2 + count
