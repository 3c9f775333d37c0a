"""Logging in again without leaving the page, and forms whose session had ended."""

import pytest
from django.test import Client
from django.urls import reverse

from orgs.carried import carry, unpack
from orgs.middleware import OTHER
from tests.factories.orgs import PASSWORD

LOGIN, AGAIN = reverse("orgs:login"), reverse("orgs:login_again")
FORM = {"name": "示例县总工会（新）", "note": "第一行\n第二行"}


def again(client, user, password=PASSWORD, **extra):
    sent = {"username": user.username, "password": password, "person": user.pk} | extra
    return client.post(AGAIN, sent, headers={"accept": "application/json"})


def packed(page):
    return page.context["carried"].packed


def test_again_opens_a_new_session_with_a_new_secret(client, world):
    told = again(client, world.leader)
    assert (told.status_code, list(told.json())) == (200, ["csrf"])
    assert client.get(reverse("home")).status_code == 200


def test_again_with_a_wrong_password_says_so_and_logs_nobody_in(client, world):
    told = again(client, world.leader, "wrong")
    assert (told.status_code, told.json()["message"][:8]) == (400, "账号或密码不对，")
    assert "_auth_user_id" not in client.session


def test_again_as_another_account_logs_nobody_in(client, world):
    assert again(client, world.leader, person=world.member.pk).status_code == 400
    assert "_auth_user_id" not in client.session


def test_again_obeys_the_lock_out(client, world):
    for _ in range(5):
        locked = again(client, world.leader, "wrong")
    assert locked.status_code == 429
    assert again(client, world.leader).status_code == 429


def test_page_of_somebody_else_changes_nothing(as_, world):
    person = as_(world.leader)
    told = person.post(
        reverse("orgs:password_change"), {}, headers={"x-page-person": str(world.member.pk)}
    )
    assert told.status_code == 401
    assert told.json() == {"error": "other", "message": OTHER.format(name="示例leader")}


def test_own_page_goes_through(as_, world):
    own = {"x-page-person": str(world.leader.pk)}
    assert as_(world.leader).get(reverse("home"), headers=own).status_code == 200


def test_form_without_a_session_is_shown_after_the_login(client, world):
    page = client.post("/password/?a=1", FORM)
    assert page.status_code == 401
    assert "示例县总工会（新）" in page.content.decode()
    offered = client.post(
        LOGIN, {"username": "leader", "password": PASSWORD, "carried": packed(page)}
    )
    shown = offered.content.decode()
    assert 'action="/password/?a=1"' in shown
    assert 'name="note" value="第一行\n第二行"' in shown
    assert "示例leader</b>（leader）" in shown


def test_form_is_still_there_after_a_wrong_password(client, world):
    page = client.post("/password/", FORM)
    wrong = {"username": "leader", "password": "wrong", "carried": packed(page)}
    assert client.post(LOGIN, wrong).context["carried"] == page.context["carried"]


def test_form_is_offered_to_who_has_logged_in_beside_it(client, as_, world):
    carried = packed(client.post("/password/", FORM))
    assert "继续提交" in as_(world.member).post(LOGIN, {"carried": carried}).content.decode()


def test_passwords_are_never_carried(client, world):
    page = client.post("/password/", {"old_password": "a", "new_password1": "b", "name": "c"})
    assert page.context["carried"].fields == (("name", "c"),)


@pytest.mark.parametrize("forged", ["", "x", "WyIvIixbXSxbXV0:1abc:def"])
def test_form_packed_by_somebody_else_is_not_offered(client, world, forged):
    sent = {"username": "leader", "password": PASSWORD, "carried": forged}
    assert client.post(LOGIN, sent).status_code == 302


def test_what_is_packed_comes_out_the_same(rf):
    carried = carry(rf.post("/x/", {"a": ["1", "2"], "b": "<b>'\"</b>"}))
    assert unpack(carried.packed) == carried


@pytest.fixture
def strict(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.leader, backend="orgs.sessions.AccountBackend")
    return client


def test_old_secret_from_our_own_page_keeps_what_was_typed(strict):
    page = strict.post("/password/", FORM, headers={"origin": "http://testserver"})
    assert page.status_code == 403
    assert 'name="note" value="第一行\n第二行"' in page.content.decode()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_form_of_another_site_is_neither_shown_nor_carried(strict, origin):
    page = strict.post("/password/", FORM, headers={"origin": origin} if origin else {})
    assert page.status_code == 403
    assert "示例县" not in page.content.decode()
    nobody = Client(enforce_csrf_checks=True)
    page = nobody.post("/password/", FORM, headers={"origin": origin} if origin else {})
    assert (page.status_code, "示例县" in page.content.decode()) == (403, False)


def test_script_with_an_old_secret_is_told_in_json(strict):
    told = strict.post("/password/", FORM, headers={"accept": "application/json"})
    assert (told.status_code, told.json()["error"]) == (403, "csrf")


def test_script_is_told_that_the_password_must_change_first(as_, world):
    world.leader.must_change_password = True
    world.leader.save()
    told = as_(world.leader).get(reverse("home"), headers={"accept": "application/json"})
    assert (told.status_code, told.json()["error"]) == (403, "password")
