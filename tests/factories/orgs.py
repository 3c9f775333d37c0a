"""Regions, units and people."""

import factory

from orgs.credit_code import ALPHABET, check_character
from orgs.models import Organization, Region, User
from orgs.roles import Role

PASSWORD = "shi-li-mi-ma-2017"


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region

    name = factory.Sequence(lambda n: f"示例区划{n}")
    level = Region.Level.COUNTY


def region(name: str, path: str, *, parent: Region | None = None, **fields) -> Region:
    """A region at ``path``; its level follows from the path's length."""
    level = {3: "province", 6: "city", 9: "county", 12: "township"}[len(path)]
    return RegionFactory(name=name, path=path, level=level, parent=parent, **fields)


def credit_code(number: int) -> str:
    """A well-formed, invented 统一社会信用代码."""
    body = "91370000" + "".join(ALPHABET[number // 31**i % 31] for i in range(9))
    return body + check_character(body)


class OrganizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organization

    kind = Organization.Kind.UNION
    name = factory.Sequence(lambda n: f"示例{n}总工会")
    region = factory.SubFactory(RegionFactory)


class EnterpriseFactory(OrganizationFactory):
    kind = Organization.Kind.ENTERPRISE
    name = factory.Sequence(lambda n: f"示例{n}化工有限公司")
    credit_code = factory.Sequence(credit_code)
    industry = Organization.Industry.CHEMICAL
    size = Organization.Size.SMALL
    is_private = True
    is_high_risk = True


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"示例人{n}")
    organization = factory.SubFactory(OrganizationFactory)
    role = Role.UNION_STAFF
    password = factory.django.Password(PASSWORD)
