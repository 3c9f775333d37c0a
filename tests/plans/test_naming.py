"""Units no draw leads to are added by hand; of those that were helped some are drawn."""

import pytest
from django.urls import reverse

from chabaocu.errors import Refused
from orgs.models import Organization
from orgs.roles import Role
from plans import actions, draws
from plans.actions.naming import add_visits, free_units, named_in
from plans.models import Plan, Visit
from tests.factories.draws import DIGITS
from tests.factories.orgs import EnterpriseFactory, OrganizationFactory, UserFactory, region
from tests.factories.towns import Towns


@pytest.fixture
def towns(db) -> Towns:
    return Towns()


def url(name: str, plan: Plan) -> str:
    return reverse(f"plans:{name}", args=[plan.pk])


def test_what_is_named_depends_on_who_scores_the_phase(towns):
    kinds = {
        phase.name: [kind for kind, _ in named_in(towns.plan, phase)] for phase in towns.phases
    }
    assert kinds == {
        "自查自纠": ["producer", "town"],
        "帮扶": ["producer", "town"],
        "督导": ["town"],
        "复核": ["producer", "town"],
        "总结提升": [],
    }


def test_free_units_are_of_the_kind_and_in_reach(towns):
    elsewhere = region("示例外县", "001001002")
    EnterpriseFactory(name="示例外厂", region=elsewhere)
    assert set(free_units(towns.plan, towns.help, "producer")) == set(towns.firms)
    assert set(free_units(towns.plan, towns.help, "town")) == set(towns.offices)


def test_helped_units_are_the_pool_of_the_draw(towns):
    towns.help_all()
    draw = draws.freeze(
        towns.plan,
        by=towns.people[0],
        stage="producer",
        seed_source="dice",
        seed_source_detail="示例会议室",
    )
    for person in towns.people:
        draws.enter_seed(draw, by=person, digits=DIGITS)
    draws.run(draw, by=towns.people[0])
    actions.create_visits(towns.plan, by=towns.people[0])
    supervised = towns.plan.visits.filter(phase__name="督导")
    assert supervised.count() == 4  # two of three in each town
    assert set(supervised.values_list("target_kind", flat=True)) == {"producer"}


def test_draw_before_anybody_was_helped_is_refused(towns):
    with pytest.raises(Refused, match="没有可抽的生产经营单位"):
        draws.freeze(
            towns.plan,
            by=towns.people[0],
            stage="producer",
            seed_source="dice",
            seed_source_detail="示例会议室",
        )


def test_adding_again_makes_no_second_visit(towns):
    towns.help_all()
    with pytest.raises(Refused, match="没有新的单位"):
        towns.help_all()
    assert towns.plan.visits.count() == 6


def test_kind_that_is_drawn_is_not_named_for_the_teams(towns):
    with pytest.raises(Refused, match="“督导”阶段不逐个确定"):
        add_visits(
            towns.plan,
            by=towns.people[0],
            phase=towns.plan.phases.get(name="督导"),
            target="producer",
            units=towns.firms,
        )
    assert Visit.objects.count() == 0


def test_unit_of_a_stranger_is_not_added(towns):
    stranger = EnterpriseFactory(region=region("示例外县", "001001002"))
    with pytest.raises(Refused, match="没有新的单位"):
        add_visits(
            towns.plan, by=towns.people[0], phase=towns.help, target="producer", units=[stranger]
        )


def test_page_lists_ticks_and_adds(towns, as_):
    client = as_(towns.people[0])
    asked = {"phase": towns.help.pk, "kind": "producer", "q": "企业1"}
    page = client.get(url("visit_add", towns.plan), asked)
    assert [unit.name for unit in page.context["rows"]] == ["示例1镇企业1", "示例2镇企业1"]
    ticked = {"units": [towns.firms[0].pk]}
    answer = client.post(url("visit_name", towns.plan), asked | ticked, follow=True)
    assert "“帮扶”阶段已添加 1 个单位。" in answer.content.decode()
    assert [(v.target, v.questions) for v in Visit.objects.all()] == [(towns.firms[0], 4)]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"kind": "producer"}, "请勾选要添加的单位。"),
        ({"kind": "producer", "phase": "0"}, "请重新选择阶段和对象。"),
        ({"kind": "office"}, "请重新选择阶段和对象。"),
    ],
)
def test_mistake_is_told_and_nothing_is_added(towns, as_, data, told):
    data = {"phase": towns.help.pk} | data
    answer = as_(towns.people[0]).post(url("visit_name", towns.plan), data)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Visit.objects.count() == 0


def test_pages_are_for_the_issuer_only(towns, as_):
    other = OrganizationFactory(
        kind=Organization.Kind.COMMITTEE_OFFICE, name="示例邻办", region=towns.county
    )
    stranger = as_(UserFactory(organization=other, role=Role.PROVINCE_STAFF))
    assert stranger.get(url("visit_add", towns.plan)).status_code == 404
    assert stranger.post(url("visit_name", towns.plan)).status_code == 404


def test_plan_that_draws_everything_has_nothing_to_name(world, as_):
    page = as_(world.province).get(url("visit_add", world.plan)).content.decode()
    assert "没有逐个确定的单位" in page


def test_plan_tells_that_units_wait_to_be_named(towns, as_):
    page = as_(towns.people[0]).get(url("plan_detail", towns.plan)).content.decode()
    assert "不抽取的单位还没有确定。" in page


@pytest.mark.parametrize("more", [0, 2])
def test_page_asks_the_same_number_of_queries(towns, as_, django_assert_num_queries, more):
    for n in range(more):
        towns.firm(f"示例另{n}企业", towns.towns[0])
    client = as_(towns.people[0])
    with django_assert_num_queries(11):
        client.get(url("visit_add", towns.plan))


def test_schedule_leads_to_the_page(towns, as_):
    page = as_(towns.people[0]).get(url("visit_schedule", towns.plan)).content.decode()
    assert url("visit_add", towns.plan) in page
