"""Who sees and manages what: the whole cast, spelled out."""

import pytest
from django.http import Http404

from orgs.access import fetch
from orgs.models import ImportBatch, Organization, Region, User
from orgs.roles import GRANTS, ROLE_PERMISSIONS, Permission, Role
from plans.models import Plan, Visit
from scoring.models import Scoresheet
from tests.cast import PEOPLE
from tests.factories import plans as factory

P = Permission
EVERYBODY = set(PEOPLE)
UNIONS = {f"{place}_union" for place in ("province", "city_a", "county_a1", "county_a2")}
UNIONS |= {"city_b_union", "county_b1_union"}
ENTERPRISES = {"enterprise_a1", "enterprise_a2", "enterprise_b1"}
REGULATORS = {"regulator_a", "regulator_b"}
ALL_UNITS = UNIONS | ENTERPRISES | REGULATORS | {"industrial_union"}
CITY_A = {"city_a_union", "county_a1_union", "county_a2_union", "enterprise_a1", "enterprise_a2"}
CITY_A |= {"regulator_a"}
COUNTY_A1 = {"county_a1_union", "enterprise_a1"}
TEAM = {"industrial_union", "county_a1_union", "enterprise_a1"}
OTHER_TEAM = {"industrial_union", "county_b1_union"}
COUNTY_B1 = {"county_b1_union", "enterprise_b1"}

UNITS_SEEN = {
    "admin": ALL_UNITS,
    "province": ALL_UNITS,
    "province2": ALL_UNITS,
    "leader": TEAM,
    "recorder": TEAM,
    "member": TEAM,
    "other_leader": OTHER_TEAM,
    "other_recorder": OTHER_TEAM,
    "city_a": CITY_A,
    "city_admin": CITY_A,
    "city_b": COUNTY_B1 | {"city_b_union", "regulator_b"},
    "county_a1": COUNTY_A1,
    "county_a2": {"county_a2_union", "enterprise_a2"},
    "county_b1": COUNTY_B1,
    "officer": {"enterprise_a1"},
    "other_officer": {"enterprise_b1"},
    "tipoff": {"city_a_union"},
    "worker": {"enterprise_a1"},
    "unit_union": {"enterprise_a1"},
    "regulator": {"regulator_a"},
    "other_regulator": {"regulator_b"},
}
UNITS_MANAGED = {"admin": ALL_UNITS, "city_admin": CITY_A}
IN_CITY_A = {"city_a", "city_admin", "county_a1", "county_a2", "officer", "tipoff", "worker"}
IN_CITY_A |= {"unit_union", "regulator"}
USERS_SEEN = {"admin": EVERYBODY, "city_admin": IN_CITY_A}
USERS_MANAGED = {"admin": EVERYBODY, "city_admin": IN_CITY_A - {"tipoff"}}
VISITS = {"visit", "enterprise_visit", "other_visit"}
VISITS_SEEN = {name: set() for name in PEOPLE} | {
    "province": VISITS,
    "province2": VISITS,
    "leader": {"visit", "enterprise_visit"},
    "recorder": {"visit", "enterprise_visit"},
    "member": {"visit", "enterprise_visit"},
    "other_leader": {"other_visit"},
    "other_recorder": {"other_visit"},
}
RELEASED_SEEN = VISITS_SEEN | {
    "city_a": {"visit", "enterprise_visit"},
    "city_admin": {"visit", "enterprise_visit"},
    "city_b": {"other_visit"},
    "county_a1": {"visit", "enterprise_visit"},
    "county_b1": {"other_visit"},
    "officer": {"enterprise_visit"},
    "unit_union": {"enterprise_visit"},
}


def seen(world, queryset, named: dict) -> set[str]:
    keys = {obj.pk: key for key, obj in named.items()}
    return {keys[pk] for pk in queryset.values_list("pk", flat=True)}


def visits_of(world):
    return {name: getattr(world, name) for name in VISITS}


def table(world, queryset, named):
    return {who: seen(world, queryset(user), named) for who, user in world.people.items()}


def test_units_seen(world):
    assert table(world, Organization.objects.visible_to, world.orgs) == UNITS_SEEN


def test_units_managed(world):
    managed = table(world, lambda u: Organization.objects.permitted(u, P.ORG_MANAGE), world.orgs)
    assert {who: units for who, units in managed.items() if units} == UNITS_MANAGED


def test_users_seen_besides_oneself(world):
    people = table(world, User.objects.visible_to, world.people)
    assert people == {who: USERS_SEEN.get(who, {who}) for who in PEOPLE}


def test_users_managed(world):
    managed = table(world, lambda u: User.objects.permitted(u, P.USER_MANAGE), world.people)
    assert {who: users for who, users in managed.items() if users} == USERS_MANAGED


def test_visits_seen_before_release(world):
    assert table(world, Visit.objects.visible_to, visits_of(world)) == VISITS_SEEN


def test_visits_seen_after_release(world):
    by, at = world.province, "2017-12-20T09:00:00+08:00"
    stamps = {"submitted_at": at, "submitted_by": by, "released_at": at, "released_by": by}
    Visit.objects.update(status="confirmed", total=10, content_hash="0" * 64, **stamps)
    assert table(world, Visit.objects.visible_to, visits_of(world)) == RELEASED_SEEN


def test_plans_seen(world):
    people = {who for who, user in world.people.items() if Plan.objects.visible_to(user).exists()}
    office = {"province", "province2"}
    assert people == office | {who for who in PEOPLE if PEOPLE[who][0] == "industrial_union"}


SCOPED = [Region, Organization, User, Visit, Plan, Scoresheet]


def same_by_parts(user, model, permission):
    """Whether the parts hold what ``permitted``, or ``visible_to``, holds."""
    rows = (
        model.objects.permitted(user, permission) if permission else model.objects.visible_to(user)
    )
    parts = model.objects.parts(user.scope, permission)
    return set(rows) == {row for part in parts for row in part}


@pytest.mark.parametrize("model", SCOPED)
@pytest.mark.parametrize(
    "permission", [None, P.ORG_VIEW, P.USER_MANAGE, P.VISIT_REVIEW, P.RESULT_VIEW]
)
def test_the_parts_of_a_scope_are_the_scope(world, model, permission):
    by, at = world.province, "2017-12-20T09:00:00+08:00"
    stamps = {"submitted_at": at, "submitted_by": by, "released_at": at, "released_by": by}
    Visit.objects.update(status="confirmed", total=10, content_hash="0" * 64, **stamps)
    people = world.people.items()
    assert [who for who, user in people if not same_by_parts(user, model, permission)] == []


@pytest.fixture
def rounds(world):
    """A round of each union and of the industrial union, each with a visit; and a draft."""
    by = {}
    for key in ("city_a_union", "city_b_union", "county_a1_union", "industrial_union"):
        plan = factory.plan(world.orgs[key], world.admin, version=world.version)
        visit = factory.visit(plan, None, world.orgs["enterprise_a1"])
        by[key] = (plan, visit)
    stamps = {"status": "draft", "published_by": None, "published_at": None, "round_number": 3}
    draft = factory.plan(world.orgs["city_a_union"], world.admin, version=world.version, **stamps)
    return by | {"draft": (draft, None)}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("province", {"city_a_union", "city_b_union", "county_a1_union"}),
        ("city_a", {"city_a_union", "county_a1_union", "draft"}),
        ("city_b", {"city_b_union"}),
        ("county_a1", {"county_a1_union"}),
        ("county_a2", set()),
        ("leader", {"industrial_union"}),
        ("officer", set()),
        ("admin", set()),
        ("worker", set()),
    ],
)
def test_rounds_of_unions_below_are_read(world, rounds, who, seen):
    user = world.people[who]
    plans = Plan.objects.permitted(user, P.PLAN_VIEW).exclude(pk=world.plan.pk)
    assert {key for key, (plan, _) in rounds.items() if plan in plans} == seen
    visits = Visit.objects.permitted(user, P.VISIT_VIEW)
    assert {key for key, (_, visit) in rounds.items() if visit in visits} == seen - {"draft"}


def test_rounds_of_unions_below_are_led_by_nobody_above(world, rounds):
    permissions = [P.PLAN_MANAGE, P.DRAW_RUN, P.BOARD_VIEW]
    led = [Plan.objects.permitted(world.province, permission) for permission in permissions]
    assert [list(plans) for plans in led] == [[world.plan]] * 3
    closed = [P.RESULT_VIEW, P.VISIT_REVIEW, P.PLAN_MANAGE, P.VISIT_FILL, P.BOARD_VIEW]
    _, visit = rounds["city_a_union"]
    granted = [p for p in closed if visit in Visit.objects.permitted(world.province, p)]
    assert granted == []


def test_result_of_a_union_below_is_read_once_released(world, rounds):
    visit = rounds["city_a_union"][1]
    by, at = world.city_a, "2017-12-20T09:00:00+08:00"
    stamps = {"submitted_at": at, "submitted_by": by, "released_at": at, "released_by": by}
    Visit.objects.filter(pk=visit.pk).update(
        status="confirmed", total=10, content_hash="0" * 64, **stamps
    )
    readers = [
        who
        for who, user in world.people.items()
        if visit in Visit.objects.permitted(user, P.RESULT_VIEW)
    ]
    assert readers == [
        "province",
        "province2",
        "city_a",
        "city_admin",
        "county_a1",
        "officer",
        "unit_union",
    ]


@pytest.mark.parametrize("kind", ["enterprise", "industrial_union", "regulator"])
def test_seat_in_a_region_is_no_rule_over_it(world, kind):
    """An administrator of a unit that only has its seat in the city manages that unit alone."""
    Organization.objects.filter(pk=world.orgs["city_a_union"].pk).update(kind=kind)
    Organization.objects.filter(parent=world.orgs["city_a_union"].pk).update(parent=None)
    admin = User.objects.get(pk=world.city_admin.pk)
    units = Organization.objects.permitted(admin, P.ORG_MANAGE)
    assert seen(world, units, world.orgs) == {"city_a_union"}
    users = User.objects.permitted(admin, P.USER_MANAGE)
    assert seen(world, users, world.people) == {"city_a", "city_admin"}


def test_transfer_is_effective_on_the_next_request(as_, world):
    from_a = as_(world.city_admin)
    page = f"/units/{world.orgs['county_a1_union'].pk}/"
    assert from_a.get(page).status_code == 200
    User.objects.filter(pk=world.city_admin.pk).update(organization=world.orgs["city_b_union"])
    assert from_a.get(page).status_code == 404
    assert from_a.get(f"/units/{world.orgs['county_b1_union'].pk}/").status_code == 200


def test_nobody_may_appoint_above_their_level():
    assert set(GRANTS) == {r for r in Role.values if P.USER_MANAGE in ROLE_PERMISSIONS[r]}
    assert not GRANTS[Role.UNION_ADMIN] & {Role.SYSTEM_ADMIN, Role.PROVINCE_STAFF}
    assert Role.TIPOFF_OFFICER not in GRANTS[Role.UNION_ADMIN]


def test_import_batch_is_its_uploaders_alone(world):
    batch = ImportBatch.objects.create(
        filename="示例.xlsx", sheet="单位", rows=[], uploaded_by=world.city_admin
    )
    assert fetch(ImportBatch, world.city_admin, P.ORG_MANAGE, pk=batch.pk) == batch
    with pytest.raises(Http404):
        fetch(ImportBatch, world.admin, pk=batch.pk)


@pytest.mark.parametrize("model", SCOPED)
def test_disabled_account_sees_nothing(world, model):
    world.admin.is_active = False
    world.province.is_active = False
    assert not model.objects.visible_to(world.admin).exists()
    assert not model.objects.visible_to(world.province).exists()
