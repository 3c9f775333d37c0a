"""The people of the tests, fixed: who they are and where they stand.

省 (001) has 甲市 (001001: 甲一县, 甲二县) and 乙市 (001002: 乙一县). Whatever a test asks,
there is a neighbour here whose rows could leak.
"""

from dataclasses import dataclass, field

from orgs.models import Organization, Region, User
from orgs.roles import Role
from plans.models import Plan, Team, Visit
from rubrics.models import Version
from tests.factories import plans, rubrics
from tests.factories.orgs import EnterpriseFactory, OrganizationFactory, UserFactory, region

Kind = Organization.Kind


@dataclass
class World:
    """Places, units, people and one round in which 甲一县 and its enterprise are visited."""

    regions: dict[str, Region] = field(default_factory=dict)
    orgs: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    version: Version | None = None
    plan: Plan | None = None
    team: Team | None = None
    other_team: Team | None = None
    visit: Visit | None = None  # the team at 甲一县总工会
    enterprise_visit: Visit | None = None  # the team at 甲一县's enterprise
    other_visit: Visit | None = None  # the other team at 乙一县总工会

    def __getattr__(self, name: str) -> User:
        """A person by name: ``world.leader``."""
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


REGIONS = {
    "province": ("山东省", "001"),
    "city_a": ("甲市", "001001"),
    "county_a1": ("甲一县", "001001001"),
    "county_a2": ("甲二县", "001001002"),
    "city_b": ("乙市", "001002"),
    "county_b1": ("乙一县", "001002001"),
}
PEOPLE = {
    "admin": ("province_union", Role.SYSTEM_ADMIN),
    "province": ("province_union", Role.PROVINCE_STAFF),
    "province2": ("province_union", Role.PROVINCE_STAFF),
    "leader": ("industrial_union", Role.UNION_STAFF),
    "recorder": ("industrial_union", Role.UNION_STAFF),
    "member": ("industrial_union", Role.UNION_STAFF),
    "other_leader": ("industrial_union", Role.UNION_STAFF),
    "other_recorder": ("industrial_union", Role.UNION_STAFF),
    "city_a": ("city_a_union", Role.UNION_STAFF),
    "city_admin": ("city_a_union", Role.UNION_ADMIN),
    "city_b": ("city_b_union", Role.UNION_STAFF),
    "county_a1": ("county_a1_union", Role.UNION_STAFF),
    "county_a2": ("county_a2_union", Role.UNION_STAFF),
    "county_b1": ("county_b1_union", Role.UNION_STAFF),
    "officer": ("enterprise_a1", Role.SAFETY_OFFICER),
    "other_officer": ("enterprise_b1", Role.SAFETY_OFFICER),
    "tipoff": ("city_a_union", Role.TIPOFF_OFFICER),
    "worker": ("enterprise_a1", Role.WORKER),
    "unit_union": ("enterprise_a1", Role.UNION_STAFF),
    "regulator": ("regulator_a", Role.REGULATOR),
    "other_regulator": ("regulator_b", Role.REGULATOR),
}


def build_world() -> World:
    """Store everybody and everything, and return them by name."""
    world = World()
    _regions(world)
    _orgs(world)
    _people(world)
    _round(world)
    return world


def _people(world: World) -> None:
    made = [
        UserFactory.build(
            username=name, name=f"示例{name}", organization=world.orgs[org], role=role
        )
        for name, (org, role) in PEOPLE.items()
    ]
    world.people = dict(zip(PEOPLE, User.objects.bulk_create(made), strict=True))


def _regions(world: World) -> None:
    for key, (name, path) in REGIONS.items():
        parent = next((r for r in world.regions.values() if r.path == path[:-3]), None)
        world.regions[key] = region(name, path, parent=parent)


def _orgs(world: World) -> None:
    named = {
        f"{key}_union": OrganizationFactory.build(name=f"{place.name}总工会", region=place)
        for key, place in world.regions.items()
    }
    named["industrial_union"] = OrganizationFactory.build(
        kind=Kind.INDUSTRIAL_UNION, name="省示例产业工会", region=world.regions["province"]
    )
    for city in ("a", "b"):
        place = world.regions[f"city_{city}"]
        named[f"regulator_{city}"] = OrganizationFactory.build(
            kind=Kind.REGULATOR, name=f"{place.name}示例应急管理局", region=place
        )
    _store(world, named)
    _store(world, {f"enterprise_{key}": _enterprise(world, key) for key in ("a1", "a2", "b1")})


def _enterprise(world: World, key: str) -> Organization:
    place = world.regions[f"county_{key}"]
    union = world.orgs[f"county_{key}_union"]
    name = f"{place.name}示例化工有限公司"
    return EnterpriseFactory.build(name=name, region=place, parent=union)


def _store(world: World, named: dict[str, Organization]) -> None:
    Organization.objects.bulk_create(named.values())
    world.orgs |= named


def _round(world: World) -> None:
    world.version = rubrics.small_version()
    world.plan = plans.plan(world.orgs["province_union"], world.province, version=world.version)
    world.team = plans.team(world.plan, world.leader, world.recorder, world.member)
    world.other_team = plans.team(world.plan, world.other_leader, world.other_recorder, order=2)
    world.visit = plans.visit(world.plan, world.team, world.orgs["county_a1_union"])
    world.enterprise_visit = plans.visit(world.plan, world.team, world.orgs["enterprise_a1"])
    world.other_visit = plans.visit(world.plan, world.other_team, world.orgs["county_b1_union"])
