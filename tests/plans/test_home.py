"""The first page: an inspector's today, what waits for a desk, a unit's results."""

from datetime import date, time

import pytest
from django.urls import reverse

from chabaocu.lists import SIZE
from plans.models import Visit
from tests.factories import plans as factory
from tests.factories.orgs import EnterpriseFactory


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2017-12-05 08:00+08:00", tick=False)


def visits_at(world, day, count=1, **fields):
    units = EnterpriseFactory.create_batch(count, region=world.regions["county_a1"])
    made = [factory.visit(world.plan, world.team, unit, **fields) for unit in units]
    Visit.objects.filter(pk__in=[v.pk for v in made]).update(visit_on=day)
    return made


def test_today_shows_the_teams_visits_of_today_in_order_of_hours(world, as_):
    Visit.objects.filter(pk=world.visit.pk).update(starts_at=time(14))
    Visit.objects.filter(pk=world.enterprise_visit.pk).update(starts_at=time(9))
    context = as_(world.member).get("/").context
    assert context["visits"] == [world.enterprise_visit, world.visit]
    assert (context["late"], context["upcoming"]) == ([], [])


def test_today_keeps_what_is_left_and_what_comes_apart(world, as_):
    [late] = visits_at(world, date(2017, 12, 4), status="returned")
    [later] = visits_at(world, date(2017, 12, 6))
    visits_at(world, date(2017, 12, 4), status="cancelled", cancelled_reason="示例")
    context = as_(world.member).get("/").context
    assert context["late"] == [late]
    assert context["upcoming"] == [later]


def test_today_counts_what_is_done(world, as_):
    Visit.objects.filter(pk=world.visit.pk).update(
        status="submitted",
        submitted_at="2017-12-05T07:00:00+08:00",
        submitted_by=world.leader,
        total=1,
        content_hash="0" * 64,
    )
    page = as_(world.leader).get("/").content.decode()
    assert "2 家，已完成 1 家" in page


def test_today_of_another_team_is_not_shown(world, as_):
    context = as_(world.other_leader).get("/").context
    assert context["visits"] == [world.other_visit]


def test_today_before_the_plan_is_published_is_the_page_of_everybody(world, as_):
    world.plan.status = "draft"
    world.plan.published_at = world.plan.published_by = None
    world.plan.save()
    assert "visits" in as_(world.leader).get("/").context
    assert "这里还没有要您办的事" in as_(world.leader).get("/").content.decode()


def test_card_shows_progress_contact_and_replacement(world, as_):
    unit = world.enterprise_visit.target
    unit.contact_name, unit.contact_phone = "示例联系人", "0543-0000000"
    unit.save()
    Visit.objects.filter(pk=world.enterprise_visit.pk).update(
        status="filling", answered=3, questions=4
    )
    page = as_(world.leader).get("/").content.decode()
    assert '<progress value="3" max="4"' in page
    assert 'href="tel:0543-0000000"' in page
    assert "填写中" in page


@pytest.mark.parametrize("count", [1, 3])
def test_today_asks_the_same_number_of_queries(world, as_, django_assert_num_queries, count):
    visits_at(world, date(2017, 12, 5), count)
    visits_at(world, date(2017, 12, 4), count)
    client = as_(world.leader)
    client.get("/")
    with django_assert_num_queries(10):
        client.get("/")


def page_of(visit):
    return reverse("plans:visit_detail", args=[visit.pk])


def test_all_tasks_lists_open_and_handed_in(world, as_):
    visits_at(world, None)
    Visit.objects.filter(pk=world.enterprise_visit.pk).update(answered=3, questions=4)
    page = as_(world.leader).get(reverse("plans:task_list"))
    groups = {g["label"]: [line.url for line in g["page"]] for g in page.context["groups"]}
    undated = [page_of(visit) for visit in Visit.objects.filter(visit_on=None)]
    to_do = [page_of(world.visit), page_of(world.enterprise_visit)]
    assert groups == {"待办": to_do, "日期未定": undated}
    assert "评分 3/4" in page.content.decode()


def test_one_group_of_tasks_is_paged(world, as_):
    visits_at(world, date(2017, 12, 6), SIZE)
    client, address = as_(world.leader), reverse("plans:task_list")
    assert f"全部 {SIZE + 2} 家" in client.get(address).content.decode()
    (first,) = client.get(address, {"group": "todo"}).context["groups"]
    (rest,) = client.get(f"{address}?{first['page'].next}").context["groups"]
    seen = [line.url for line in (*first["page"], *rest["page"])]
    assert len(seen) == len(set(seen)) == SIZE + 2
    assert page_of(world.other_visit) not in seen
    assert client.get(address, {"group": "nothing"}).status_code == 404


def test_desk_says_what_waits(world, as_):
    visits_at(world, date(2017, 12, 4))
    context = as_(world.province).get("/").context
    assert context["late_count"] == "1"
    assert [plan for plan, _ in context["rounds"]] == [world.plan]
    assert context["today_count"] == "3"


def test_unit_sees_its_released_result_and_nothing_before(world, as_):
    assert list(as_(world.officer).get("/").context["visits"]) == []
    Visit.objects.filter(pk=world.enterprise_visit.pk).update(
        status="confirmed",
        submitted_at="2017-12-05T07:00:00+08:00",
        submitted_by=world.leader,
        confirmed_at="2017-12-05T07:30:00+08:00",
        confirmed_by=world.province,
        released_at="2017-12-05T07:40:00+08:00",
        released_by=world.province,
        total=9,
        rate="0.75",
        content_hash="0" * 64,
    )
    assert list(as_(world.officer).get("/").context["visits"]) == [world.enterprise_visit]
    assert list(as_(world.other_officer).get("/").context["visits"]) == []


@pytest.mark.parametrize("name", ["worker", "tipoff", "city_admin", "city_a"])
def test_everybody_has_a_first_page(world, as_, name):
    page = as_(world.people[name]).get("/")
    assert "这里还没有要您办的事" in page.content.decode()


def test_account_page_names_the_team(world, as_):
    page = as_(world.leader).get(reverse("plans:account")).content.decode()
    assert "第1督导组 · 组长" in page


def test_team_page_is_seen_by_members_and_issuer(world, as_):
    url = reverse("plans:team_detail", args=[world.team.pk])
    seen = {n for n, p in world.people.items() if as_(p).get(url).status_code == 200}
    assert seen == {"leader", "recorder", "member", "province", "province2"}


def test_team_page_lists_visits_by_day_and_hour_and_first_those_without_one(world, as_):
    [undated] = visits_at(world, None)
    [earlier] = visits_at(world, date(2017, 12, 4), status="returned")
    visits_at(world, date(2017, 12, 4), status="cancelled", cancelled_reason="示例")
    Visit.objects.filter(pk=world.visit.pk).update(starts_at=time(14))
    Visit.objects.filter(pk=world.enterprise_visit.pk).update(starts_at=time(9))
    page = as_(world.member).get(reverse("plans:team_detail", args=[world.team.pk]))
    assert [line.url for line in page.context["undated"]] == [page_of(undated)]
    assert [(day, [line.url for line in lines]) for day, lines in page.context["days"]] == [
        (date(2017, 12, 4), [page_of(earlier)]),
        (date(2017, 12, 5), [page_of(world.enterprise_visit), page_of(world.visit)]),
    ]
    html = page.content.decode()
    assert html.index("日期未定") < html.index("12月4日 星期一") < html.index("星期二（今天）")


def test_team_page_is_paged(world, as_):
    visits_at(world, None)
    visits_at(world, date(2017, 12, 6), SIZE)
    client, address = as_(world.province), reverse("plans:team_detail", args=[world.team.pk])
    first = client.get(address)
    rest = client.get(f"{address}?{first.context['page'].next}")
    seen = [
        line.url for page in (first, rest) for _, lines in page.context["days"] for line in lines
    ]
    assert len(seen) == len(set(seen)) == SIZE + 2
    assert page_of(world.other_visit) not in seen
    assert (len(first.context["undated"]), rest.context["undated"]) == (1, [])


@pytest.mark.parametrize("count", [1, 3])
def test_team_page_asks_the_same_number_of_queries(world, as_, django_assert_num_queries, count):
    visits_at(world, date(2017, 12, 5), count)
    visits_at(world, None, count)
    client, address = as_(world.leader), reverse("plans:team_detail", args=[world.team.pk])
    client.get(address)
    with django_assert_num_queries(9):
        client.get(address)
