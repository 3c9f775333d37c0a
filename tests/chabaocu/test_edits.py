"""Two people edit one unit, account, team or visit: who is late sees both, nothing is lost."""

from collections import Counter
from contextlib import nullcontext
from datetime import time
from threading import Barrier

import pytest
from django.urls import reverse

from chabaocu import edits
from orgs.actions import organizations, users
from orgs.models import Organization, User
from plans.actions import team as teams
from plans.actions import visit as visits
from plans.models import Team, Visit
from tests.cast import build_world
from tests.edits import OVER, SEEN
from tests.factories.orgs import UserFactory
from tests.factories.plans import DAY
from tests.races import at_once

CLIENTS = 6


def places(world):
    """For each form: its address, two people who use it, the field, what each types."""
    unit, account = world.orgs["enterprise_a1"], world.county_a1
    return {
        "unit": ("orgs:organization_edit", unit, "admin city_admin", "address", "先路", "后路"),
        "account": ("orgs:user_edit", account, "admin city_admin", "name", "示例先", "示例后"),
        "team": ("plans:team_edit", world.team, "province province2", "name", "先组", "后组"),
        "visit": (
            "plans:visit_edit",
            world.visit,
            "province province2",
            "visit_on",
            "2017-12-06",
            "2017-12-07",
        ),
    }


def filled(client, url):
    """What the browser sends of the page as it was opened."""
    page = client.get(url)
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields}
    said = {name: value for name, value in said.items() if value not in (None, False)}
    return said | {"seen": SEEN.search(page.content.decode())[1]}


@pytest.fixture(params=["unit", "account", "team", "visit"])
def two(request, world, as_):
    """Two people have the same form open, and the first has saved it."""
    name, row, people, field, early, late = places(world)[request.param]
    first, second = (as_(world.people[person]) for person in people.split())
    url = reverse(name, args=[row.pk])
    mine, theirs = filled(second, url), filled(first, url)
    assert first.post(url, theirs | {field: early}).status_code == 302
    return second, url, mine, row, field, early, late


def now(row, field):
    row.refresh_from_db()
    return str(getattr(row, field))


def said(value):
    """As the page says it: a date in words."""
    return f"2017年12月{int(value[-2:])}日" if value.startswith("2017-") else value


def test_late_save_is_refused_and_shows_both_values(two):
    client, url, mine, row, field, early, late = two
    page = client.post(url, mine | {field: late})
    assert page.status_code == 409
    assert now(row, field) == early
    [difference] = page.context["differences"]
    assert (difference.stands, difference.typed) == (said(early), said(late))
    assert page.context["form"][field].value() == late
    assert page.context["change"].actor_name in page.content.decode()


def test_one_press_keeps_what_was_typed(two):
    client, url, mine, row, field, _, late = two
    over = OVER.search(client.post(url, mine | {field: late}).content.decode())[1]
    assert client.post(url, mine | {field: late, "over": over}).status_code == 302
    assert now(row, field) == late


def test_save_that_does_not_say_what_it_saw_is_late(two):
    client, url, mine, row, field, early, late = two
    del mine["seen"]
    assert client.post(url, mine | {field: late}).status_code == 409
    assert now(row, field) == early


def save_unit(world):
    unit, by = world.orgs["enterprise_a1"], world.admin
    seen = organizations.fingerprint(unit)
    return lambda n: organizations.change_organization(
        Organization.objects.get(pk=unit.pk), by=by, seen=seen, address=f"示例路{n}号"
    )


def save_account(world):
    seen = users.fingerprint(world.county_a1)
    return lambda n: users.change_user(
        User.objects.get(pk=world.county_a1.pk), by=world.admin, seen=seen, name=f"示例{n}"
    )


def save_team(world):
    people = UserFactory.create_batch(3, organization=world.orgs["industrial_union"])
    roles = dict(zip(people, ("leader", "recorder", "member"), strict=True))
    seen = teams.fingerprint(world.team)
    return lambda n: teams.save_team(
        world.plan,
        by=world.province,
        team=Team.objects.get(pk=world.team.pk),
        name=f"第{n}组",
        roles=roles,
        seen=seen,
    )


def save_visit(world):
    seen = visits.fingerprint(world.visit)
    return lambda n: visits.assign(
        Visit.objects.select_related("plan").get(pk=world.visit.pk),
        by=world.province,
        team=world.team,
        visit_on=DAY,
        starts_at=time(8 + n),
        seen=seen,
    )


SAVES = [save_unit, save_account, save_team, save_visit]


def all_at_once(makes):
    """Each deed by six people at once, in one world; what came of each."""
    world = build_world()
    deeds = {make.__name__: make(world) for make in makes}
    return {
        name: at_once([lambda n=n, deed=deed: deed(n) for n in range(CLIENTS)])
        for name, deed in deeds.items()
    }


def each(makes, **outcome):
    return {make.__name__: Counter(outcome) for make in makes}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_six_who_opened_the_same_page_one_saves():
    assert all_at_once(SAVES) == each(SAVES, done=1, ChangedError=CLIENTS - 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_check_the_last_one_wins(monkeypatch):
    monkeypatch.setattr(edits, "check", lambda seen, print: None)
    assert all_at_once(SAVES) == each(SAVES, done=CLIENTS)


def same_unit(world):
    region = world.regions["county_a1"]
    fields = {"kind": "enterprise", "region": region, "industry": "coal"}
    code = "91350100M000100Y43"
    return lambda n: organizations.create_organization(
        by=world.admin, name=f"示例甲{n}厂", credit_code=code, **fields
    )


def same_name(world):
    region = world.regions["county_a1"]
    return lambda n: organizations.create_organization(
        by=world.admin, name="示例厂", kind="union", region=region
    )


def same_account(world):
    unit = world.orgs["county_a1_union"]
    return lambda n: users.create_user(
        by=world.admin,
        username="xin.ren" if n % 2 else "XIN.REN",
        name="示例",
        organization=unit,
        role="union_staff",
    )


TWICE = [same_unit, same_name, same_account]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_six_who_register_the_same_thing_five_read_why():
    assert all_at_once(TWICE) == each(TWICE, done=1, Taken=CLIENTS - 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_translation_they_meet_the_constraint(monkeypatch):
    for module in (organizations, users):
        monkeypatch.setattr(module, "taken", lambda row, at: nullcontext())
    assert all_at_once(TWICE) == each(TWICE, done=1, IntegrityError=CLIENTS - 1)


FORMS = {
    "organization": (organizations, "create_organization", "credit_code", "已经登记"),
    "user": (users, "create_user", "username", "已经有人用"),
}
TYPED = {
    "organization": {
        "kind": "enterprise",
        "name": "示例厂",
        "credit_code": "91350100M000100Y43",
        "industry": "coal",
    },
    "user": {"username": "xin.ren", "name": "示例", "role": "union_staff"},
}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", FORMS)
def test_who_registers_second_reads_it_at_the_field(monkeypatch, as_, what):
    """Both forms were valid before either was stored."""
    world, checked, answers = build_world(), Barrier(2), []
    module, name, field, words = FORMS[what]
    action = getattr(module, name)

    def after_both_checked(**fields):
        checked.wait(30)
        return action(**fields)

    monkeypatch.setattr(module, name, after_both_checked)
    data = TYPED[what] | {
        "region": world.regions["county_a1"].pk,
        "organization": f"甲一县总工会 #{world.orgs['county_a1_union'].pk}",
    }
    people = [as_(world.admin), as_(world.city_admin)]
    url = reverse(f"orgs:{what}_create")
    at_once([lambda p=person: answers.append(p.post(url, data)) for person in people])
    [refused] = [answer for answer in answers if answer.status_code == 422]
    assert words in "".join(refused.context["form"].errors[field])
    assert TYPED[what]["name"] in refused.content.decode()
