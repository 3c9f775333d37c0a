"""Register, change and close units. Nothing is ever deleted."""

from datetime import date
from typing import Any

from django.db import transaction

from audit.record import record
from chabaocu import edits
from chabaocu.errors import Refused, StaleState
from orgs.actions.taken import taken
from orgs.models import Organization, User
from orgs.pinyin import initials

STREAM = "orgs"
WRITTEN = (
    "kind",
    "name",
    "short_name",
    "region",
    "parent",
    "credit_code",
    "industry",
    "size",
    "size_class",
    "is_private",
    "is_high_risk",
    "has_union",
    "contact_name",
    "contact_phone",
    "address",
)


def fingerprint(unit: Organization) -> str:
    """What an edit form of the unit carries along."""
    return edits.fingerprint(unit, *WRITTEN)


@transaction.atomic
def create_organization(*, by: User, **fields: Any) -> Organization:
    """Register a unit; its initials are derived from the name. Raises Taken for one there is."""
    unit = Organization(**fields, name_initials=initials(fields["name"]))
    with taken(unit, at="name"):
        unit.save(force_insert=True)
    record("organization.create", unit, by=by, stream=STREAM, after=_told(fields))
    return unit


@transaction.atomic
def change_organization(
    unit: Organization, *, by: User, seen: str | None = None, **fields: Any
) -> None:
    """Change what is written of a unit; only what differs goes into the record.

    ``seen`` is the fingerprint the page showed: raises ChangedError if the unit says otherwise
    by now, Taken if another unit has the code or the name.
    """
    stored = Organization.objects.select_for_update().get(pk=unit.pk)
    edits.check(seen, fingerprint(stored))
    changed = {name: new for name, new in fields.items() if getattr(stored, name) != new}
    if not changed:
        return
    before = _told({name: getattr(stored, name) for name in changed})
    for name, value in changed.items():
        setattr(stored, name, value)
    _check_parent(stored)
    stored.name_initials = initials(stored.name)
    with taken(stored, at="name"):
        stored.save()
    record("organization.change", stored, by=by, stream=STREAM, before=before, after=_told(changed))


@transaction.atomic
def close_organization(unit: Organization, *, by: User, on: date, reason: str) -> None:
    """Close a unit, with a reason; its papers stay. Refused while units stand below it."""
    below = unit.children.filter(closed_on=None).count()
    if below:
        raise Refused(f"下面还有 {below} 个启用的单位，请先改到别的上级或停用。")
    rows = Organization.objects.filter(pk=unit.pk, closed_on=None)
    if not rows.update(closed_on=on):
        raise StaleState("close")
    record("organization.close", unit, by=by, stream=STREAM, after={"closed_on": on}, reason=reason)


@transaction.atomic
def reopen_organization(unit: Organization, *, by: User) -> None:
    """Take a closure back."""
    rows = Organization.objects.filter(pk=unit.pk).exclude(closed_on=None)
    if not rows.update(closed_on=None):
        raise StaleState("reopen")
    record("organization.reopen", unit, by=by, stream=STREAM)


def _check_parent(unit: Organization) -> None:
    """A unit does not stand below itself."""
    above = unit.parent
    while above:
        if above.pk == unit.pk:
            raise Refused("上级单位不能是它自己，也不能是它的下级。")
        above = above.parent


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    """Values as the record keeps them: the key of a related row with its name."""
    return {
        name: f"{value}#{value.pk}" if hasattr(value, "pk") else value
        for name, value in fields.items()
    }
