"""Django's admin: for system administrators, inside their scope, and nothing is deleted there."""

import pytest
from django.contrib import admin
from django.urls import reverse

from audit.models import AuditEvent
from orgs.admin_form import CarefulForm
from orgs.models import Organization, Region, User
from tests.cast import PEOPLE
from tests.edits import OVER, save, seen_on
from tests.factories.orgs import UserFactory, region

MODELS = sorted(
    (model for model in admin.site._registry if model._meta.app_label in {"orgs", "audit"}),
    key=lambda model: model._meta.label,
)


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def county_admin(world):
    return UserFactory(organization=world.orgs["county_a1_union"], role="system_admin")


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "admin"])
def test_others_are_refused(as_, world, who):
    person = as_(world.people[who])
    assert person.get("/admin/").status_code == 302
    assert person.get("/admin/", follow=True).status_code == 403


def test_login_is_the_platforms(client, db):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/login/?next=/admin/"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_lists_open_in_chinese_and_delete_nothing(as_, world, model):
    person = as_(world.admin)
    answer = person.get(url(model, "changelist"))
    assert answer.status_code == 200
    assert "系统管理" in answer.content.decode()
    obj = model._default_manager.first()
    if obj:
        assert person.get(url(model, "change", obj.pk)).status_code == 200
        assert person.post(url(model, "delete", obj.pk), {"post": "yes"}).status_code == 403


def test_admin_begins_at_the_scope(as_, world, county_admin):
    person = as_(county_admin)
    shown = person.get(url(Organization, "changelist")).context["cl"].queryset
    assert {unit.name for unit in shown} == {"甲一县总工会", "甲一县示例化工有限公司"}
    outside = url(Organization, "change", world.orgs["county_b1_union"].pk)
    assert person.get(outside).status_code == 302  # Django says: no such object
    assert person.get(url(User, "change", world.county_b1.pk)).status_code == 302


@pytest.mark.parametrize("model", [Organization, User])
def test_units_and_people_are_read_only(as_, world, model):
    obj = model.objects.first()
    assert as_(world.admin).post(url(model, "change", obj.pk), {"name": "x"}).status_code == 403


def test_key_chemical_flag_is_kept_here_and_recorded(as_, world):
    county = world.regions["county_a1"]
    data = {"name": county.name, "short_name": "", "code": "", "is_key_chemical": "on"}
    answer = save(as_(world.admin), url(Region, "change", county.pk), data)
    assert answer.status_code == 302
    assert Region.objects.get(pk=county.pk).is_key_chemical
    event = AuditEvent.objects.get()
    assert (event.action, event.after) == ("region.change", {"is_key_chemical": True})


@pytest.fixture
def late(as_, world, county_admin):
    """The page of a save by one who opened the page before a colleague saved."""
    county = world.regions["county_a1"]
    place = url(Region, "change", county.pk)
    first, second = as_(world.admin), as_(county_admin)
    mine = {"name": county.name, "short_name": "后", "seen": seen_on(second, place)}
    save(first, place, {"name": county.name, "short_name": "先", "is_key_chemical": "on"})
    return second, place, mine, second.post(place, mine)


def test_late_save_of_a_division_is_refused_and_shows_both(late, world):
    _, _, _, page = late
    county = Region.objects.get(pk=world.regions["county_a1"].pk)
    assert page.status_code == 409
    assert (county.short_name, county.is_key_chemical) == ("先", True)
    told = page.context["adminform"].form.late
    assert [(one.label, one.stands, one.typed) for one in told["differences"]] == [
        ("简称", "先", "后"),
        ("危险化学品重点监管县", "是", "否"),
    ]
    assert told["change"].actor_name == "示例admin"
    assert 'value="后"' in page.content.decode()


def test_late_save_of_a_division_may_be_pressed_again(late, world):
    person, place, mine, page = late
    over = OVER.search(page.content.decode())[1]
    assert person.post(place, mine | {"over": over}).status_code == 302
    assert Region.objects.get(pk=world.regions["county_a1"].pk).short_name == "后"


def test_only_divisions_are_written_here(as_, world):
    """Whatever else is one day written here needs a form that overwrites nobody unseen."""
    request = as_(world.admin).get(url(Region, "changelist")).wsgi_request
    pages = admin.site._registry.items()
    written = {model for model, page in pages if page.has_change_permission(request)}
    assert written == {Region}
    assert all(issubclass(admin.site._registry[model].form, CarefulForm) for model in written)


def test_development_zone_gets_the_next_path(as_, world):
    data = {
        "name": "示例经济开发区",
        "short_name": "",
        "code": "",
        "level": "county",
        "parent": world.regions["city_a"].pk,
        "is_development_zone": "on",
    }
    assert as_(world.admin).post(url(Region, "add"), data).status_code == 302
    zone = Region.objects.get(is_development_zone=True)
    assert (zone.path, zone.code) == ("001001003", None)


def test_parent_outside_the_scope_is_no_choice(as_, world, county_admin):
    region("示例", "001001001001", parent=world.regions["county_a1"])
    answer = as_(county_admin).get(url(Region, "add"))
    choices = answer.context["adminform"].form.fields["parent"].queryset
    assert {place.name for place in choices} == {"甲一县", "示例"}
