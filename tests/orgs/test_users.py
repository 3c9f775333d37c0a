"""Accounts are managed by administrators of their own subtree, never above their own level."""

import re

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from chabaocu.errors import Refused
from orgs.actions import users as actions
from orgs.models import User
from orgs.roles import Role
from tests.edits import save
from tests.factories.orgs import PASSWORD, UserFactory

LIST, CREATE = reverse("orgs:user_list"), reverse("orgs:user_create")


def url(verb, user):
    return reverse(f"orgs:user_{verb}", args=[user.pk])


def data(**fields):
    return {
        "username": "xin.ren",
        "name": "新示例",
        "organization": "甲一县总工会",
        "role": Role.UNION_STAFF,
        "phone": "13800000142",
        "email": "",
    } | fields


def shown_password(answer):
    return re.search(r"orgs-secret\">([a-z0-9-]{19})<", answer.content.decode())[1]


def test_list_shows_the_subtree_with_masked_phones(as_, world):
    User.objects.filter(pk=world.county_a1.pk).update(phone="13812340142")
    answer = as_(world.city_admin).get(LIST)
    text = answer.content.decode()
    shown = {user.username for user in answer.context["page"]}
    assert shown == {
        "city_a",
        "city_admin",
        "county_a1",
        "county_a2",
        "officer",
        "tipoff",
        "worker",
        "unit_union",
        "regulator",
    }
    assert "138****0142" in text
    assert "13812340142" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "0142"}, {"county_a1"}),
        ({"q": "142"}, set()),
        ({"q": "slcounty"}, {"county_a1", "county_a2"}),
        ({"role": "worker"}, {"worker"}),
        ({"state": "disabled"}, {"county_a2"}),
    ],
)
def test_list_is_narrowed(as_, world, query, found):
    for name in ("county_a1", "county_a2"):
        user = world.people[name]
        actions.change_user(user, by=world.admin, name=f"示例{name.replace('_', '')}x")
    User.objects.filter(pk=world.county_a1.pk).update(phone="13812340142")
    if "state" in query:
        actions.disable_user(world.county_a2, by=world.city_admin, reason="离职")
    answer = as_(world.city_admin).get(LIST, query)
    assert {user.username for user in answer.context["page"]} == found


@pytest.mark.parametrize("rows", [1, 3])
def test_list_queries_do_not_grow(as_, world, rows, django_assert_num_queries):
    UserFactory.create_batch(rows, organization=world.orgs["county_a1_union"])
    person = as_(world.city_admin)
    person.get(LIST)
    with django_assert_num_queries(6):  # session, user, keys, rows, count, managed
        person.get(LIST)


def test_created_user_logs_in_once_with_the_shown_password(as_, client, world):
    answer = as_(world.city_admin).post(CREATE, data(username="Xin.Ren"))
    user = User.objects.get(username="xin.ren")
    assert (user.organization, user.must_change_password) == (
        world.orgs["county_a1_union"],
        True,
    )
    assert user.name_initials == "xsl"
    login = {"username": "xin.ren", "password": shown_password(answer)}
    assert client.post(reverse("orgs:login"), login).status_code == 302
    assert client.get(LIST).url == reverse("orgs:password_change")


def test_password_and_phone_are_not_in_the_record(as_, world):
    answer = as_(world.city_admin).post(CREATE, data())
    event = AuditEvent.objects.get()
    assert set(event.after) == {"username", "name", "organization", "role"}
    assert shown_password(answer) not in str(event.after)


@pytest.mark.parametrize("taken", ["leader", "LEADER"])
def test_account_taken_in_any_case_is_refused(as_, world, taken):
    answer = as_(world.admin).post(CREATE, data(username=taken))
    assert answer.status_code == 422
    assert "这个账号已经有人用" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.PROVINCE_STAFF, Role.TIPOFF_OFFICER])
def test_manager_cannot_appoint_above_their_level(as_, world, role):
    answer = as_(world.city_admin).post(CREATE, data(role=role))
    assert list(answer.context["form"].errors) == ["role"]
    with pytest.raises(Refused, match="须由上级管理员设置"):
        actions.create_user(
            by=world.city_admin,
            username="x.y.z",
            name="示例",
            organization=world.orgs["county_a1_union"],
            role=role,
        )
    with pytest.raises(Refused):
        actions.change_user(world.county_a1, by=world.city_admin, role=role)


def test_manager_cannot_place_people_outside(as_, world):
    answer = as_(world.city_admin).post(CREATE, data(organization="乙一县总工会"))
    assert list(answer.context["form"].errors) == ["organization"]
    with pytest.raises(Refused, match="不在您的管理范围"):
        actions.change_user(
            world.county_a1, by=world.city_admin, organization=world.orgs["county_b1_union"]
        )


@pytest.mark.parametrize("verb", ["edit", "disable", "enable", "reset_password"])
def test_users_outside_do_not_exist(as_, world, verb):
    person = as_(world.city_admin)
    call = person.get if verb == "edit" else person.post
    assert call(url(verb, world.county_b1)).status_code == 404
    assert call(url(verb, world.province)).status_code == 404
    assert call(url(verb, world.tipoff)).status_code == 403  # inside, but above their level


def test_administrator_of_a_province_union_does_not_touch_the_system_admin(as_, world):
    manager = UserFactory(organization=world.orgs["province_union"], role=Role.UNION_ADMIN)
    answer = as_(manager).post(url("reset_password", world.admin))
    assert answer.status_code == 403
    assert User.objects.get(pk=world.admin.pk).check_password(PASSWORD)


@pytest.mark.parametrize("who", ["province", "city_a", "leader", "officer", "worker"])
def test_others_have_no_user_pages(as_, world, who):
    person = as_(world.people[who])
    assert person.get(LIST).status_code == 403
    assert person.get(CREATE).status_code == 403
    assert person.get(url("edit", world.people[who])).status_code == 403


def test_disable_ends_the_session_and_enable_gives_it_back(as_, world):
    manager, person = as_(world.city_admin), as_(world.county_a1)
    assert person.get("/").status_code == 200
    manager.post(url("disable", world.county_a1), {"reason": ""})
    assert person.get("/").status_code == 200
    manager.post(url("disable", world.county_a1), {"reason": "调离"})
    assert person.get("/").status_code == 302
    assert AuditEvent.objects.get().reason == "调离"
    manager.post(url("enable", world.county_a1))
    assert User.objects.get(pk=world.county_a1.pk).is_active


def test_reset_password_is_shown_once_and_ends_sessions(as_, world):
    manager, person = as_(world.city_admin), as_(world.county_a1)
    password = shown_password(manager.post(url("reset_password", world.county_a1)))
    stored = User.objects.get(pk=world.county_a1.pk)
    assert stored.check_password(password)
    assert stored.must_change_password
    assert person.get("/").status_code == 302
    assert password not in manager.get(url("edit", world.county_a1)).content.decode()


def test_nobody_shuts_or_moves_themselves(world):
    with pytest.raises(Refused):
        actions.disable_user(world.admin, by=world.admin, reason="x")
    with pytest.raises(Refused):
        actions.change_user(world.city_admin, by=world.city_admin, role=Role.UNION_STAFF)


def test_edit_changes_and_records(as_, world):
    answer = save(
        as_(world.city_admin),
        url("edit", world.county_a1),
        data(organization="甲二县总工会", name="改示例"),
    )
    assert answer.url == LIST
    stored = User.objects.get(pk=world.county_a1.pk)
    assert (stored.organization, stored.username) == (
        world.orgs["county_a2_union"],
        "county_a1",
    )
    assert set(AuditEvent.objects.get().after) == {"name", "organization"}
