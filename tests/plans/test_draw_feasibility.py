"""能不能抽: the same answer as the draw itself, before anything is frozen."""

from django.urls import reverse

from orgs.models import Organization, Region
from plans.feasibility import feasibility, plan_feasibility
from plans.models import Plan
from plans.pools import enterprise_groups
from plans.sampling import SOURCE_1
from tests.factories.orgs import EnterpriseFactory


def test_enterprises_counted_in_the_database_are_those_that_may_be_drawn(pool):
    county = Region.objects.get(name="示例11县")
    for unmet in [
        {"is_private": False},
        {"is_high_risk": False},
        {"size": Organization.Size.LARGE},
        {"size": ""},
        {"closed_on": "2017-01-01"},
    ]:
        EnterpriseFactory(region=county, **unmet)
    township = Region.objects.create(
        name="示例镇", level="township", path=f"{county.path}001", parent=county
    )
    EnterpriseFactory(region=township, size=Organization.Size.MICRO)
    counties = Region.objects.filter(level="county", parent=pool.cities[0])
    groups = enterprise_groups(counties, SOURCE_1.enterprises)
    eligible = sum(len(group.candidates) for group in groups)
    [first, _] = feasibility(pool.plan, SOURCE_1)
    assert first.enterprises == eligible == 25


def test_county_with_too_few_enterprises_is_named(pool):
    Organization.objects.filter(region__name="示例11县", industry="chemical").update(
        closed_on="2017-01-01"
    )
    [first, second] = feasibility(pool.plan, SOURCE_1)
    assert first.short == ("示例11县：符合条件的企业 3 家，其中化工企业 0 家",)
    assert (first.tone, first.label, second.tone) == ("warn", "可抽，企业偏少", "ok")


def test_plan_without_rule_has_no_answer_yet(pool):
    pool.plan.sampling = {}
    assert plan_feasibility(pool.plan) == []


def test_rule_step_shows_the_answer(pool, as_):
    Plan.objects.update(status="draft", published_by=None, published_at=None)
    page = as_(pool.people[0]).get(reverse("plans:plan_rule", args=[pool.plan.pk]))
    sentence = "示例1市：候选 4 个县（市、区），其中危险化学品重点监管县 2 个，可抽。"
    assert sentence in page.content.decode()
