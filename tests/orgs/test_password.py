"""Changing the own password."""

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from orgs.models import User
from tests.factories.orgs import PASSWORD

PAGE = reverse("orgs:password_change")
NEW = "xin-de-mi-ma-2018"


def change(client, old=PASSWORD, new=NEW, again=None):
    data = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(PAGE, data)


def test_change_keeps_this_session_and_ends_the_others(as_, world):
    here, there = as_(world.leader), as_(world.leader)
    assert there.get(PAGE).status_code == 200
    before = here.session.session_key
    assert change(here).url == "/"
    assert here.session.session_key != before
    assert here.get(PAGE).status_code == 200
    assert there.get(PAGE).status_code == 302
    assert User.objects.get(pk=world.leader.pk).check_password(NEW)


def test_change_is_audited_without_the_password(as_, world):
    change(as_(world.leader))
    event = AuditEvent.objects.get()
    assert (event.action, event.actor_id, event.after) == (
        "user.password",
        world.leader.pk,
        {},
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"old": "wrong"}, "原密码不对，请重填。"),
        ({"again": "another-one-2018"}, "两次填的新密码不一样，请重填。"),
        ({"new": PASSWORD}, "新密码与原密码相同，请换一个。"),
        ({"new": "short1"}, "密码太短，至少要 12 个字。"),
        ({"new": "password1234"}, "这个密码太常见"),
    ],
)
def test_bad_change_says_why_and_changes_nothing(as_, world, data, message):
    answer = change(as_(world.leader), **data)
    assert message in answer.content.decode()
    assert User.objects.get(pk=world.leader.pk).check_password(PASSWORD)


def test_first_password_is_changed_before_anything_else(as_, world):
    User.objects.filter(pk=world.leader.pk).update(must_change_password=True)
    person = as_(world.leader)
    assert person.get("/").url == PAGE
    assert "临时密码" in person.get(PAGE).content.decode()
    change(person)
    assert person.get("/").status_code == 200
