"""Results: ranked by 得分率 then 总得分 for the issuer; only their own, released, for units."""

import re
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from plans.models import Visit
from scoring import actions, standings
from scoring.models import Standing
from scoring.ranking import ranks
from tests.factories import papers, plans
from tests.factories.orgs import EnterpriseFactory, OrganizationFactory

LIST = reverse("scoring:result_list")


def D(text):
    return Decimal(text)


def result(visit):
    return reverse("scoring:visit_result", args=[visit.pk])


def confirmed_with(world, total, applicable=12, *, city="a1"):
    """A confirmed county union whose stored result is as given."""
    place = world.regions[f"county_{city}"]
    visit = plans.visit(world.plan, world.team, OrganizationFactory(region=place))
    papers.confirmed(world, visit)
    rate = (D(total) / applicable).quantize(D("0.000001")) if applicable else None
    Visit.objects.filter(pk=visit.pk).update(total=total, applicable=applicable, rate=rate)
    standings.recount()
    visit.refresh_from_db()
    return visit


def listed(browser, **query):
    html = browser.get(LIST, query).content.decode()
    return re.findall(r'data-label="名次">([^<]*)</td>\s*<th scope="row"><a [^>]*>([^<]*)<', html)


def test_a_migrated_database_counts_what_a_live_count_finds(world):
    for total in (9, 9, 6):
        confirmed_with(world, total)
    confirmed_with(world, 0, applicable=0)
    Standing.objects.all().delete()
    import_module("scoring.migrations.0003_standings").count(apps, None)
    assert (standings.kept().total(), standings.kept()) == (3, standings.live())
    assert standings.faults() == []


def test_ranks_share_and_skip():
    scores = {(D("0.9"), D(9)): 2, (D("1"), D(5)): 1, (D("0.9"), D(8)): 1, (D("0"), D(0)): 3}
    found = {score: str(rank) for score, rank in ranks(scores.items()).items()}
    assert found == {
        (D("1"), D(5)): "1",
        (D("0.9"), D(9)): "2（并列）",
        (D("0.9"), D(8)): "4",
        (D("0"), D(0)): "5（并列）",
    }


def test_ranks_use_more_than_is_shown():
    better, worse = (D("0.866999"), D(9)), (D("0.866998"), D(9))
    found = ranks([(worse, 1), (better, 1)])
    assert (found[better].place, found[worse].place) == (1, 2)


def test_list_is_ranked_by_rate_then_total(world, as_):
    full = confirmed_with(world, "6", 6)
    low = confirmed_with(world, "9", 12)
    same = confirmed_with(world, "9", 12)
    smaller = confirmed_with(world, "4.5", 6)
    rows = listed(as_(world.province))
    assert rows == [
        ("1", full.target.name),
        ("2（并列）", low.target.name),
        ("2（并列）", same.target.name),
        ("4", smaller.target.name),
    ]


def test_rank_is_that_of_the_round_whatever_is_filtered(world, as_):
    confirmed_with(world, "12")
    here = confirmed_with(world, "3", city="b1")
    assert listed(as_(world.province), city="001002") == [("2", here.target.name)]


def test_list_names_what_is_not_ranked(world, as_):
    confirmed_with(world, "0", 0)
    html = as_(world.province).get(LIST).content.decode()
    assert "未确认 2 份，各点都不适用 1 份" in html


def test_kinds_are_ranked_apart(world, as_):
    confirmed_with(world, "12")
    papers.confirmed(world, world.enterprise_visit)
    rows = listed(as_(world.province), kind="enterprise_union")
    assert rows == [("1", "甲一县示例化工有限公司")]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(world, as_, django_assert_num_queries, count):
    for _ in range(count):
        confirmed_with(world, "6")
    browser = as_(world.province)
    browser.get(LIST)
    with django_assert_num_queries(10):
        browser.get(LIST)
    assert len(listed(browser)) == count


# ── inspected units


@pytest.fixture
def released(world):
    """甲一县's union and its enterprise have theirs; a second union there is only confirmed."""
    confirmed_with(world, "6")
    for visit in (world.visit, world.enterprise_visit):
        papers.confirmed(world, visit)
        actions.release(visit, by=world.province)


def seen(browser):
    html = browser.get(LIST).content.decode()
    assert "名次" not in html
    return set(re.findall(r'<th scope="row"><a href="([^"]*)"', html))


@pytest.mark.parametrize(
    ("person", "count"),
    [
        ("county_a1", 2),
        ("city_a", 2),
        ("officer", 1),
        ("county_a2", 0),
        ("county_b1", 0),
        ("city_b", 0),
        ("other_officer", 0),
        ("leader", 2),
        ("other_leader", 0),
    ],
)
def test_units_see_their_own_released_results(world, as_, released, person, count):
    visits = [result(world.enterprise_visit), result(world.visit)]
    assert seen(as_(getattr(world, person))) == set(visits[:count])


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("county_a1", 200),
        ("city_a", 200),
        ("province", 200),
        ("leader", 200),
        ("county_a2", 404),
        ("city_b", 404),
        ("officer", 404),
        ("worker", 404),
        ("tipoff", 404),
    ],
)
def test_result_page_is_in_scope_only(world, as_, released, person, status):
    assert as_(getattr(world, person)).get(result(world.visit)).status_code == status


def test_result_is_score_and_findings_and_nothing_else(world, as_):
    visit = papers.submitted(world)
    sheet = actions.return_visit(visit, by=world.province, note="内部审核意见")
    sheet.findings.create(order=1, text="台账不全", advice="月底前补齐", created_by=world.leader)
    for role, person in (("leader", world.leader), ("recorder", world.recorder)):
        papers.sign(sheet, role, person)
    actions.submit(visit, by=world.leader)
    actions.confirm(visit, by=world.province)
    actions.release(visit, by=world.province)
    html = as_(world.county_a1).get(result(visit)).content.decode()
    main = html[html.index("<main") :]
    assert re.findall(r'<td class="it"[^>]*>([^<]*)</td>', main) == ["4", "5", "2", "11.0"]
    for shown in ("台账不全", "月底前补齐", "91.7%"):
        assert shown in main
    secrets = ["示例扣分原因", "内部审核意见", "示例亮点", "示例member", "示例leader", "?point="]
    assert [secret for secret in secrets if secret in main] == []


def test_unreleased_result_does_not_exist_for_anybody(world, as_):
    visit = papers.confirmed(world)
    people = [world.county_a1, world.province, world.leader]
    assert [as_(person).get(result(visit)).status_code for person in people] == [404] * 3


@pytest.mark.parametrize("count", [1, 3])
def test_units_list_costs_the_same(world, as_, django_assert_num_queries, count):
    for _ in range(count):
        unit = EnterpriseFactory(region=world.regions["county_a1"])
        visit = papers.confirmed(world, plans.visit(world.plan, world.team, unit))
        actions.release(visit, by=world.province)
    browser = as_(world.county_a1)
    browser.get(LIST)
    with django_assert_num_queries(6):
        assert len(seen(browser)) == count
