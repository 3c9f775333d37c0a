"""Units: the list, one unit, and what its manager does to it."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from orgs.actions import organizations as actions
from orgs.models import Organization, User
from tests.edits import save
from tests.factories.orgs import EnterpriseFactory, credit_code

LIST = reverse("orgs:organization_list")
DAY = date(2017, 12, 5)


def page_of(unit, verb="detail"):
    return reverse(f"orgs:organization_{verb}", args=[unit.pk])


def names(response):
    return {unit.name for unit in response.context["page"]}


def form_data(world, **fields):
    return {
        "kind": "enterprise",
        "name": "甲一县示例新材料有限公司",
        "region": world.regions["county_a1"].pk,
        "parent": "甲一县总工会",
        "credit_code": credit_code(500),
        "industry": "chemical",
        "size": "small",
        "has_union": "on",
    } | fields


def test_list_shows_the_scope_only(as_, world):
    shown = names(as_(world.city_admin).get(LIST))
    assert shown == {
        "甲市总工会",
        "甲一县总工会",
        "甲二县总工会",
        "甲一县示例化工有限公司",
        "甲二县示例化工有限公司",
        "甲市示例应急管理局",
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (
            {"q": "示例化工", "kind": "enterprise"},
            {"甲一县示例化工有限公司", "甲二县示例化工有限公司"},
        ),
        ({"q": "jysxclyx"}, {"甲一示新材料有限公司"}),
        ({"q": "91350100m"}, {"甲一示新材料有限公司"}),
        ({"industry": "coal"}, {"甲一示新材料有限公司"}),
        ({"kind": "regulator"}, {"甲市示例应急管理局"}),
        ({"kind": "committee_office"}, set()),
        ({"q": "乙一县"}, set()),
    ],
)
def test_list_is_narrowed(as_, world, query, found):
    actions.create_organization(
        by=world.city_admin,
        kind="enterprise",
        name="甲一示新材料有限公司",
        region=world.regions["county_a1"],
        credit_code="91350100M000100Y43",
        industry="coal",
    )
    assert names(as_(world.city_admin).get(LIST, query)) == found


def test_list_by_region_and_state(as_, world):
    actions.close_organization(
        world.orgs["enterprise_a1"], by=world.city_admin, on=DAY, reason="注销"
    )
    person, region = as_(world.city_admin), world.regions["county_a1"].pk
    assert names(person.get(LIST, {"region": region})) == {"甲一县总工会"}
    both = {"甲一县总工会", "甲一县示例化工有限公司"}
    assert names(person.get(LIST, {"region": region, "closed": "on"})) == both


@pytest.mark.parametrize("rows", [1, 3])
def test_list_queries_do_not_grow(as_, world, rows, django_assert_num_queries):
    EnterpriseFactory.create_batch(rows, region=world.regions["county_a1"])
    person = as_(world.city_admin)
    person.get(LIST)
    with django_assert_num_queries(6):  # session, user, regions, keys, rows, count
        person.get(LIST)


def test_outside_the_scope_a_unit_does_not_exist(as_, world):
    person = as_(world.city_admin)
    for verb in ("detail", "edit", "close"):
        assert person.get(page_of(world.orgs["enterprise_b1"], verb)).status_code == 404


@pytest.mark.parametrize("who", ["county_a1", "leader", "officer"])
def test_only_managers_change_units(as_, world, who):
    person = as_(world.people[who])
    unit = world.orgs["enterprise_a1"]
    assert person.get(page_of(unit)).status_code == 200
    assert person.get(page_of(unit, "edit")).status_code == 403
    assert person.post(page_of(unit, "close"), {"reason": "x"}).status_code == 403
    assert person.get(reverse("orgs:organization_create")).status_code == 403


def test_worker_has_no_list_but_their_own_unit(as_, world):
    person = as_(world.worker)
    assert person.get(LIST).status_code == 403
    assert person.get(page_of(world.orgs["enterprise_b1"])).status_code == 404


def test_create_fills_initials_and_records(as_, world):
    answer = as_(world.city_admin).post(reverse("orgs:organization_create"), form_data(world))
    unit = Organization.objects.get(name="甲一县示例新材料有限公司")
    assert answer.url == page_of(unit)
    assert (unit.name_initials, unit.parent) == ("jyxslxclyxgs", world.orgs["county_a1_union"])
    event = AuditEvent.objects.get()
    assert (event.action, event.actor_name, event.after["region"]) == (
        "organization.create",
        world.city_admin.name,
        f"甲一县#{unit.region_id}",
    )


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "必填"),
        ("credit_code", "91350100M000100Y44", "校验位不对"),
        ("credit_code", "", "企业必须填写"),
        ("industry", "", "企业必须填写"),
        ("parent", "乙市总工会", "不在您的范围"),
        ("name", "甲一县示例化工有限公司", "同名单位"),
    ],
)
def test_wrong_field_is_named_and_the_rest_kept(as_, world, field, value, message):
    data = form_data(world, address="示例路 7 号", **{field: value})
    answer = as_(world.city_admin).post(reverse("orgs:organization_create"), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert message in text or "这个字段是必填项" in text
    assert "示例路 7 号" in text
    assert AuditEvent.objects.count() == 0


def test_region_outside_the_scope_is_no_choice(as_, world):
    data = form_data(world, region=world.regions["county_b1"].pk)
    answer = as_(world.city_admin).post(reverse("orgs:organization_create"), data)
    assert list(answer.context["form"].errors) == ["region"]


def test_parent_of_a_name_used_twice_is_picked_by_number(as_, world):
    twin = EnterpriseFactory(name="甲一县总工会", region=world.regions["county_a2"])
    person, page = as_(world.city_admin), reverse("orgs:organization_create")
    answer = person.post(page, form_data(world))
    assert "有几个单位同名" in answer.content.decode()
    person.post(page, form_data(world, parent=f"甲一县总工会 #{twin.pk}"))
    assert Organization.objects.get(credit_code=credit_code(500)).parent == twin


def test_edit_records_what_differs(as_, world):
    unit = world.orgs["enterprise_a1"]
    data = form_data(world, credit_code=unit.credit_code, name=unit.name, industry="coal")
    data |= {"is_private": "on", "is_high_risk": "on"}
    assert save(as_(world.city_admin), page_of(unit, "edit"), data).status_code == 302
    event = AuditEvent.objects.get()
    assert (event.before, event.after) == ({"industry": "chemical"}, {"industry": "coal"})


def test_unit_does_not_stand_below_itself(world):
    top, below = world.orgs["county_a1_union"], world.orgs["enterprise_a1"]
    with pytest.raises(Refused, match="上级单位不能是它自己"):
        actions.change_organization(top, by=world.city_admin, parent=below)


def test_close_keeps_the_unit_and_the_reason(as_, world):
    unit = world.orgs["enterprise_a1"]
    person = as_(world.city_admin)
    assert person.post(page_of(unit, "close"), {"reason": ""}).status_code == 422
    assert person.post(page_of(unit, "close"), {"reason": "企业已注销"}).status_code == 302
    assert AuditEvent.objects.get().reason == "企业已注销"
    with pytest.raises(StaleState):
        actions.close_organization(unit, by=world.city_admin, on=DAY, reason="again")
    person.post(page_of(unit, "reopen"))
    assert Organization.objects.get(pk=unit.pk).closed_on is None


def test_unit_with_units_below_is_not_closed(as_, world):
    answer = as_(world.city_admin).post(
        page_of(world.orgs["county_a1_union"], "close"), {"reason": "撤销"}
    )
    assert "下面还有 1 个启用的单位" in answer.content.decode()


def test_offers_are_inside_the_scope(as_, world):
    User.objects.filter(pk=world.city_admin.pk).update(must_change_password=False)
    for unit in Organization.objects.all():
        actions.change_organization(unit, by=world.admin, short_name="示例")
    text = as_(world.city_admin).get(reverse("orgs:unit_offers"), {"parent": "一县"})
    offered = text.content.decode()
    assert f"甲一县总工会 #{world.orgs['county_a1_union'].pk}" in offered
    assert "乙一县" not in offered
