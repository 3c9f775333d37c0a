"""A fresh system tells its administrator what to do first, until it is done."""

from orgs.models import Organization, Region, User
from plans.first_steps import first_steps
from tests.factories.orgs import OrganizationFactory, UserFactory, region


def administrator(place, path):
    union = OrganizationFactory(region=region(place, path))
    return UserFactory(organization=union, role="system_admin")


def done(user):
    return [step.done for step in first_steps(user)]


def test_nothing_is_done_in_a_fresh_system(db):
    admin = administrator("新省", "001")
    assert done(admin) == [False] * 3


def test_steps_are_ticked_and_go_when_all_are_done(world, as_):
    Region.objects.unscoped(reason="test").update(is_key_chemical=False)
    assert done(world.admin) == [True, True, False]
    page = as_(world.admin).get("/").content.decode()
    assert "标出危险化学品重点监管县" in page
    assert page.count("已完成") == 2
    Region.objects.unscoped(reason="test").filter(level="county").update(is_key_chemical=True)
    assert done(world.admin) == []
    assert "先做这几步" not in as_(world.admin).get("/").content.decode()


def test_what_lies_outside_the_scope_ticks_nothing(world):
    assert Organization.objects.unscoped(reason="test").filter(kind="enterprise").exists()
    assert User.objects.unscoped(reason="test").filter(role="province_staff").exists()
    assert done(administrator("邻省", "002")) == [False] * 3


def test_others_have_no_first_steps(world):
    assert done(world.city_admin) == done(world.officer) == []
