"""Rows of the long lists of units and accounts, in the words the page prints.

Read as plain values and put into words here: fifty objects with their regions, and a filter in
the template for each value, would cost several times as much (compare scoring.lines).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime

from chabaocu.lists import addresses
from orgs.models import Organization, Region, User
from orgs.roles import Permission, Role

REASON = "keys from a query in scope"
DASH = "—"
KINDS, SIZES = dict(Organization.Kind.choices), dict(Organization.Size.choices)
INDUSTRIES, ROLES = dict(Organization.Industry.choices), dict(Role.choices)
UNIT = ("pk", "name", "kind", "region", "industry", "size", "is_private", "is_high_risk")
UNIT += ("credit_code", "closed_on")
PERSON = ("pk", "name", "username", "role", "organization__name", "phone", "last_login")
PERSON += ("is_active", "must_change_password")


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
    units = Organization.objects.unscoped(reason=REASON).filter(pk__in=pks).order_by()
    rows = list(units.values_list(*UNIT))
    address = addresses("orgs:organization_detail")
    places = _places(row[3] for row in rows)
    return {
        pk: UnitLine(
            url=address(pk),
            name=name,
            kind=KINDS[kind],
            region=places[region][0],
            above=places[region][1] or "",
            industry=INDUSTRIES.get(industry, DASH),
            size=SIZES.get(size, DASH),
            nature=_nature(*nature) if kind == Organization.Kind.ENTERPRISE else "",
            code=code or DASH,
            is_closed=closed_on is not None,
        )
        for pk, name, kind, region, industry, size, *nature, code, closed_on in rows
    }


def _nature(is_private: bool, is_high_risk: bool) -> str:
    return ("非公" if is_private else "公有") + (" · 高危" if is_high_risk else "")


def _places(pks: Iterable[int]) -> dict[int, tuple[str, str | None]]:
    """The names of regions and of what stands above them; one page shows few."""
    regions = Region.objects.unscoped(reason=REASON).filter(pk__in=set(pks)).order_by()
    names = regions.values_list("pk", "name", "parent__name")
    return {pk: (name, above) for pk, name, above in names}


def user_lines(pks: list[int], *, manager: Any) -> dict[int, UserLine]:
    """The lines of these accounts, whose keys come from a query in the manager's scope."""
    users = User.objects.unscoped(reason=REASON).filter(pk__in=pks).order_by()
    managed = User.objects.permitted(manager, Permission.USER_MANAGE).filter(pk__in=pks)
    theirs = set(managed.order_by().values_list("pk", flat=True))
    address, rows = addresses("orgs:user_edit"), users.values_list(*PERSON)
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
        for pk, name, username, role, unit, phone, seen, is_active, must_change in rows
    }


def _masked(phone: str) -> str:
    """138****0142; — where there is none."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else DASH
