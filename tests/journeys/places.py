"""A province small enough to walk through, with the official tables."""

from dataclasses import dataclass

from django.core.management import call_command

from orgs.models import Organization, Region, User
from orgs.roles import Role
from tests.factories.orgs import EnterpriseFactory, OrganizationFactory, UserFactory, region

COUNTIES = {"甲县": True, "乙县": False, "丙县": False}  # name → 危险化学品重点监管县


@dataclass
class Province:
    """The people who act in the journey."""

    staff: User
    witness: User
    leader: User
    recorder: User
    member: User
    county_unions: list[Organization]


def build_province() -> Province:
    """One city, three counties with five enterprises each, and the people of one round."""
    call_command("load_rubrics", verbosity=0)
    province = region("山东省", "001")
    city = region("示例市", "001001", parent=province)
    top = OrganizationFactory(name="山东省总工会", region=province)
    OrganizationFactory(name="示例市总工会", region=city, parent=top)
    unions = [_county(city, n, name, key) for n, (name, key) in enumerate(COUNTIES.items(), 1)]
    trade = OrganizationFactory(
        kind=Organization.Kind.INDUSTRIAL_UNION, name="省示例产业工会", region=province, parent=top
    )
    return Province(
        staff=_person("province1", "魏示例", top, Role.PROVINCE_STAFF),
        witness=_person("province2", "蒋示例", top, Role.PROVINCE_STAFF),
        leader=_person("leader1", "王示例", trade),
        recorder=_person("recorder1", "李演示", trade),
        member=_person("member1", "张样例", trade),
        county_unions=unions,
    )


def _county(city: Region, number: int, name: str, key: bool) -> Organization:
    place = region(name, f"001001{number:03}", parent=city, is_key_chemical=key)
    union = OrganizationFactory(name=f"{name}总工会", region=place)
    for n in range(5):
        EnterpriseFactory(name=f"{name}示例化工{n + 1}厂", region=place, parent=union)
    return union


def _person(username: str, name: str, unit: Organization, role: str = Role.UNION_STAFF) -> User:
    return UserFactory(username=username, name=name, organization=unit, role=role)
