"""Open, change, disable and enable accounts; an administrator acts below their own level."""

import secrets
from typing import Any

from django.db import transaction

from audit.record import record
from chabaocu import edits
from chabaocu.errors import Refused, StaleState
from orgs.actions.taken import taken
from orgs.models import Organization, User
from orgs.pinyin import initials
from orgs.roles import Permission, Role, grants_of

STREAM = "orgs"
# Easy to read out on the phone: no 0 O 1 l I.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4  # 77 bits
WRITTEN = ("name", "organization", "role", "phone", "email")


def fingerprint(user: User) -> str:
    """What an edit form of the account carries along."""
    return edits.fingerprint(user, *WRITTEN)


@transaction.atomic
def create_user(*, by: User, **fields: Any) -> tuple[User, str]:
    """Open an account; returns it with its one-time password, which is stored nowhere.

    Raises Taken for an account that is there already.
    """
    _check_grant(by, fields["role"], fields["organization"])
    password = one_time_password()
    user = User(must_change_password=True, name_initials=initials(fields["name"]), **fields)
    user.set_password(password)
    with taken(user, at="username"):
        user.save(force_insert=True)
    record("user.create", user, by=by, stream=STREAM, after=_told(fields))
    return user, password


@transaction.atomic
def change_user(user: User, *, by: User, seen: str | None = None, **fields: Any) -> None:
    """Change name, unit, role or contact; effective on the person's next request.

    ``seen`` is the fingerprint the page showed: raises ChangedError if the account says
    otherwise by now.
    """
    stored = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    edits.check(seen, fingerprint(stored))
    changed = {name: new for name, new in fields.items() if getattr(stored, name) != new}
    if not changed:
        return
    if by.pk == stored.pk and changed.keys() & {"role", "organization"}:
        raise Refused("不能改自己的角色或单位，请由另一位管理员来改。")
    _check_manages(by, stored)
    _check_grant(
        by, changed.get("role", stored.role), changed.get("organization", stored.organization)
    )
    before = _told({name: getattr(stored, name) for name in changed})
    for name, value in changed.items():
        setattr(stored, name, value)
    stored.name_initials = initials(stored.name)
    stored.save()
    record("user.change", stored, by=by, stream=STREAM, before=before, after=_told(changed))


@transaction.atomic
def disable_user(user: User, *, by: User, reason: str) -> None:
    """Shut an account; all its sessions end at their next request. Its marks and papers stay."""
    if by.pk == user.pk:
        raise Refused("不能停用自己的账号，请由另一位管理员来停。")
    _check_manages(by, user)
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise StaleState("disable")
    record("user.disable", user, by=by, stream=STREAM, reason=reason)


@transaction.atomic
def enable_user(user: User, *, by: User) -> None:
    """Open a shut account again."""
    _check_manages(by, user)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise StaleState("enable")
    record("user.enable", user, by=by, stream=STREAM)


@transaction.atomic
def reset_password(user: User, *, by: User) -> str:
    """A new one-time password, returned once; the person's sessions end, since the hash differs."""
    _check_manages(by, user)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record("user.password_reset", user, by=by, stream=STREAM)
    return password


def one_time_password() -> str:
    """Four groups of four, from the system's randomness."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def _check_manages(by: User, user: User) -> None:
    managed = User.objects.permitted(by, Permission.USER_MANAGE)
    if by.pk != user.pk and not managed.filter(pk=user.pk).exists():
        raise Refused("这个账号不归您管理。")


def _check_grant(by: User, role: str, organization: Organization) -> None:
    """Nobody appoints above their own level, nor outside their own units."""
    if role not in grants_of(by.role):
        raise Refused(f"“{Role(role).label}”须由上级管理员设置。")
    units = Organization.objects.permitted(by, Permission.USER_MANAGE)
    if not units.filter(pk=organization.pk, closed_on=None).exists():
        raise Refused("这个单位不在您的管理范围，或已停用。")


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    """Values as the record keeps them; a phone number is not for the record."""
    return {
        name: f"{value}#{value.pk}" if hasattr(value, "pk") else value
        for name, value in fields.items()
        if name not in {"phone", "email"}
    }
