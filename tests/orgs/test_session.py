"""Logging in and out, and when a session ends."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse

from orgs.middleware import EXPIRED
from orgs.roles import Role
from tests.factories.orgs import PASSWORD

LOGIN = reverse("orgs:login")
HOME = reverse("home")
NOON = datetime(2017, 12, 5, 4, 0, tzinfo=UTC)


def log_in(client, user="leader", password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": user, "password": password} | extra)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_login_page_needs_no_login(client, db):
    assert client.get(LOGIN).status_code == 200


def test_login_gives_a_new_session_key(client, world):
    client.session["x"] = 1
    session = client.session
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert log_in(client).status_code == 302
    assert client.session.session_key != session.session_key
    assert not type(session)().exists(session.session_key)


@pytest.mark.parametrize(
    ("target", "lands"),
    [("/plans/", "/plans/"), ("https://evil.example/", HOME), ("//evil.example/", HOME)],
)
def test_login_goes_on_only_inside_this_site(client, world, target, lands):
    assert log_in(client, next=target).url == lands


def test_login_ignores_the_case_of_the_account(client, world):
    assert log_in(client, user="LEADER").status_code == 302


@pytest.mark.parametrize(("user", "password"), [("leader", "wrong"), ("nobody", PASSWORD)])
def test_wrong_password_and_unknown_account_say_the_same(client, world, user, password):
    page = log_in(client, user, password).content.decode()
    assert "账号或密码不对，请核对后再试。" in page
    assert f'value="{user}"' in page


def test_disabled_account_is_told_no_more(client, world):
    type(world.leader).objects.filter(pk=world.leader.pk).update(is_active=False)
    assert "账号或密码不对" in log_in(client).content.decode()


def test_five_failures_lock_the_account_here_for_15_minutes(client, world, clock):
    answers = [log_in(client, user, "wrong") for user in ["leader", "Leader", "LEADER", "leadeR"]]
    assert {a.status_code for a in answers} == {200}
    locked = log_in(client, "leader", "wrong")
    assert locked.status_code == 429
    assert "账号已锁定" in locked.content.decode()
    assert log_in(client).status_code == 429
    clock.shift(timedelta(minutes=15, seconds=1))
    assert log_in(client).status_code == 302


def test_lock_out_spares_other_accounts_and_other_addresses(client, world):
    for _ in range(5):
        log_in(client, password="wrong")
    elsewhere = client.post(
        LOGIN, {"username": "leader", "password": PASSWORD}, REMOTE_ADDR="10.0.0.9"
    )
    assert elsewhere.status_code == 302
    client.logout()
    assert log_in(client, "member").status_code == 302


def test_logout_is_a_post_and_ends_the_session(client, world):
    log_in(client)
    key = client.session.session_key
    assert client.get(reverse("orgs:logout")).status_code == 405
    assert client.post(reverse("orgs:logout")).url == LOGIN
    client.cookies["sessionid"] = key
    assert client.get(HOME).url.startswith(LOGIN)


def test_idle_session_ends_after_30_minutes(client, world, clock):
    log_in(client)
    assert client.get(HOME).status_code == 200
    clock.shift(timedelta(minutes=29))
    assert client.get(HOME).status_code == 200
    clock.shift(timedelta(minutes=30, seconds=1))
    answer = client.get(HOME, {"day": "5"})
    assert answer.url == f"{LOGIN}?next=/%3Fday%3D5"
    assert EXPIRED in client.get(answer.url).content.decode()


def test_a_page_that_keeps_up_by_itself_keeps_nobody_logged_in(client, world, clock):
    log_in(client)
    assert client.get(HOME).status_code == 200
    for _ in range(3):
        clock.shift(timedelta(minutes=9))
        assert client.get(HOME, headers={"x-unasked": "1"}).status_code == 200
    clock.shift(timedelta(minutes=4))
    assert client.get(HOME, headers={"x-unasked": "1"}).status_code == 302


def test_session_ends_12_hours_after_login_however_busy(client, world, clock):
    log_in(client)
    for _ in range(36):
        assert client.get(HOME).status_code == 200
        clock.shift(timedelta(minutes=20))
    clock.shift(timedelta(seconds=1))
    assert client.get(HOME).status_code == 302


def test_expired_form_comes_back_to_its_page(client, world):
    answer = client.post("/password/", headers={"referer": "http://testserver/plans/?q=1"})
    assert answer.url == f"{LOGIN}?next=/plans/%3Fq%3D1"
    foreign = client.post("/password/", headers={"referer": "https://evil.example/x"})
    assert foreign.url == f"{LOGIN}?next=/"


def test_expired_piece_of_a_page_is_401(client, world):
    assert client.get(HOME, headers={"hx-request": "true"}).status_code == 401
    assert client.get(HOME, headers={"accept": "application/json"}).status_code == 401


def test_disabled_user_is_out_at_the_next_request(as_, world):
    person = as_(world.leader)
    assert person.get(HOME).status_code == 200
    type(world.leader).objects.filter(pk=world.leader.pk).update(is_active=False)
    assert person.get(HOME).url.startswith(LOGIN)


def test_new_role_counts_at_the_next_request(as_, world):
    person = as_(world.admin)
    users = reverse("orgs:user_list")
    assert person.get(users).status_code == 200
    type(world.admin).objects.filter(pk=world.admin.pk).update(role=Role.WORKER)
    assert person.get(users).status_code == 403


def test_ended_session_is_out_at_the_next_request(as_, world):
    person = as_(world.leader)
    assert person.get(HOME).status_code == 200
    Session.objects.get(pk=person.cookies["sessionid"].value).delete()
    assert person.get(HOME).url.startswith(LOGIN)


def test_changed_password_ends_the_other_sessions(as_, world):
    person = as_(world.leader)
    assert person.get(HOME).status_code == 200
    world.leader.set_password("another-good-password")
    world.leader.save()
    assert person.get(HOME).url.startswith(LOGIN)


def test_who_asks_costs_two_queries(as_, world, django_assert_num_queries):
    person = as_(world.leader)
    person.get(HOME)  # notes when the session began
    for _ in range(2):
        with django_assert_num_queries(2):
            assert person.get(reverse("orgs:logout")).status_code == 405
