"""Rows of the long lists of units and accounts, in the words the page prints.

Read as plain values and put into words here: fifty objects with their regions, and a filter in
the template for each value, would cost several times as much (compare scoring.lines).
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.timezone import localtime

from chabaocu.lists import addresses
from chabaocu.prepared import Rows
from orgs.models import Organization, User
from orgs.roles import Permission, Role
from orgs.scope import Scope

REASON = "keys from a query in scope"
DASH = "—"
KINDS, SIZES = dict(Organization.Kind.choices), dict(Organization.Size.choices)
INDUSTRIES, ROLES = dict(Organization.Industry.choices), dict(Role.choices)
UNIT = ("pk", "name", "kind", "region__name", "region__parent__name", "industry")
UNIT += ("size", "is_private", "is_high_risk", "credit_code", "closed_on")
PERSON = ("pk", "name", "username", "role", "organization__name", "phone", "last_login")
PERSON += ("is_active", "must_change_password")
UNITS = Rows(lambda: Organization.objects.unscoped(reason=REASON), *UNIT)
PEOPLE = Rows(lambda: User.objects.unscoped(reason=REASON).select_related(None), *PERSON)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of a list."""

    url: str
    name: str
    kind: str
    region: str
    above: str
    industry: str
    size: str
    nature: str
    code: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class UserLine:
    """One account of a list; ``url`` leads to its form where the reader may change it."""

    url: str
    name: str
    username: str
    role: str
    unit: str
    phone: str
    seen: str
    is_active: bool
    must_change_password: bool


def unit_lines(pks: list[int]) -> dict[int, UnitLine]:
    """The lines of these units, whose keys come from a query in the person's scope."""
    address = addresses("orgs:organization_detail")
    return {
        pk: UnitLine(
            url=address(pk),
            name=name,
            kind=KINDS[kind],
            region=region,
            above=above or "",
            industry=INDUSTRIES.get(industry, DASH),
            size=SIZES.get(size, DASH),
            nature=_nature(*nature) if kind == Organization.Kind.ENTERPRISE else "",
            code=code or DASH,
            is_closed=closed_on is not None,
        )
        for pk, name, kind, region, above, industry, size, *nature, code, closed_on in UNITS.of(pks)
    }


def _nature(is_private: bool, is_high_risk: bool) -> str:
    return ("非公" if is_private else "公有") + (" · 高危" if is_high_risk else "")


@lru_cache(maxsize=512)
def _managed(scope: Scope) -> Rows:
    people = User.objects.select_related(None).within(scope, Permission.USER_MANAGE)
    return Rows(lambda: people, "pk")


def user_lines(pks: list[int], *, scope: Scope) -> dict[int, UserLine]:
    """The lines of these accounts, whose keys come from a query in the scope."""
    theirs = {pk for (pk,) in _managed(scope).of(pks)}
    address = addresses("orgs:user_edit")
    return {
        pk: UserLine(
            url=address(pk) if pk in theirs else "",
            name=name,
            username=username,
            role=ROLES[role],
            unit=unit,
            phone=_masked(phone),
            seen=f"{localtime(seen):%Y-%m-%d %H:%M}" if seen else "从未",
            is_active=is_active,
            must_change_password=must_change,
        )
        for pk, name, username, role, unit, phone, seen, is_active, must_change in PEOPLE.of(pks)
    }


def _masked(phone: str) -> str:
    """138****0142; — where there is none."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else DASH
