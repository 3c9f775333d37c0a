"""A table belongs to a unit: who sees it, who edits it, whose plan may use it."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.urls import reverse

from chabaocu.errors import Refused
from orgs.models import Organization
from orgs.roles import Permission as P
from orgs.roles import Role
from plans.actions.plan import _latest_versions
from plans.forms.plan import RubricsForm
from rubrics import actions
from rubrics.models import Rubric, Version
from tests.factories import tables
from tests.factories.orgs import OrganizationFactory, UserFactory
from tests.rubrics.test_editing import TABLE

LIST = reverse("rubrics:version_list")


@pytest.fixture
def staff(world):
    """Somebody in 甲市 who leads its rounds, and a colleague."""
    unit = world.orgs["city_a_union"]
    return [UserFactory(organization=unit, role=Role.PROVINCE_STAFF) for _ in range(2)]


@pytest.fixture
def draft(staff):
    """A table of 甲市's own, for the kind of target that 附件1 is for."""
    outline = replace(TABLE, code="city-a-own", title="甲市示例评分表", issuer="甲市示例总工会")
    return actions.store(outline, by=staff[0])


def seers(world, version):
    return {
        name
        for name, person in world.people.items()
        if Version.objects.visible_to(person).filter(pk=version.pk).exists()
    }


def editors(people, version):
    permitted = {
        person: Version.objects.permitted(person, P.RUBRIC_MANAGE).filter(pk=version.pk)
        for person in people
    }
    return [person for person, found in permitted.items() if found.exists()]


def test_draft_is_seen_by_its_own_unit_and_the_administrator_above(world, draft, staff):
    assert seers(world, draft) == {"city_a", "city_admin", "admin"}
    assert editors([*world.people.values(), *staff], draft) == [world.admin, *staff]


def test_issued_table_is_seen_above_and_below_but_not_next_door(world, draft, staff):
    actions.publish(draft, by=staff[1])
    below = {"city_a", "city_admin", "county_a1", "county_a2", "unit_union"}
    assert seers(world, draft) == below | {"admin", "province", "province2"}
    assert editors(world.people.values(), draft) == [world.admin]


def test_neighbour_finds_nothing_in_lists_exports_or_forms(world, as_, draft, staff):
    actions.publish(draft, by=staff[1])
    browser = as_(world.city_b)
    assert "甲市示例评分表" not in browser.get(LIST).content.decode()
    for name in ("rubrics:version_detail", "rubrics:version_xlsx", "rubrics:version_json"):
        assert browser.get(reverse(name, args=[draft.pk])).status_code == 404
    assert browser.get(reverse("reports:blank", args=[draft.pk])).status_code == 404
    assert "甲市示例评分表" in as_(world.county_a1).get(LIST).content.decode()


def test_tables_of_the_system_are_everybodys_and_kept_by_the_province(world, staff):
    assert "city_b" in seers(world, world.version)
    kept = editors([*world.people.values(), *staff], world.version)
    assert kept == [world.admin, world.province, world.province2]


def test_trade_unions_table_is_seen_by_its_unions_and_not_by_the_region(world):
    trade = world.orgs["industrial_union"]
    member = OrganizationFactory(
        kind=Organization.Kind.INDUSTRIAL_UNION, region=world.regions["city_b"], parent=trade
    )
    writer = UserFactory(organization=trade, role=Role.PROVINCE_STAFF)
    version = actions.store(replace(TABLE, code="trade-own"), by=writer)
    actions.publish(version, by=UserFactory(organization=trade, role=Role.PROVINCE_STAFF))
    one = UserFactory(organization=member, role=Role.UNION_STAFF)
    assert Version.objects.visible_to(one).filter(pk=version.pk).exists()
    own = {name for name in world.people if world.people[name].organization == trade}
    assert seers(world, version) == own | {"admin"}


def test_code_of_another_unit_is_refused(world, draft):
    neighbour = UserFactory(organization=world.orgs["city_b_union"], role=Role.PROVINCE_STAFF)
    with pytest.raises(Refused, match="别的单位"):
        actions.store(replace(TABLE, code="city-a-own", number=2), by=neighbour)
    call_command("load_rubrics", verbosity=0)
    with pytest.raises(Refused, match="别的单位"):
        actions.store(replace(TABLE, number=2), by=neighbour)
    assert Rubric.objects.get(code="city-a-own").versions.count() == 1


def test_code_is_not_used_for_another_kind_of_target(staff, draft):
    with pytest.raises(Refused, match="县级以上工会"):
        actions.store(replace(TABLE, code="city-a-own", number=2, target="town"), by=staff[0])


def test_plan_takes_ones_own_table_first_and_never_one_from_below(world, draft, staff):
    old = tables.official(TABLE.code)
    actions.publish(draft, by=staff[1])
    chosen = {user: latest(world.plan, user) for user in (staff[0], world.province)}
    assert chosen[staff[0]] == draft
    assert chosen[world.province] in {old, world.version}


def latest(plan, user):
    versions = {v.rubric.target: v for v in _latest_versions(plan, user)}
    return versions["county_union"]


def test_form_of_a_plan_offers_tables_of_the_system_of_ones_own_and_from_above(world, draft, staff):
    actions.publish(draft, by=staff[1])
    offered = {
        user: set(RubricsForm(plan=world.plan, user=user).fields["county_union"].queryset)
        for user in (staff[0], world.province, world.city_b, world.county_a1)
    }
    both = {world.version, draft}
    assert list(offered.values()) == [both, {world.version}, {world.version}, both]
