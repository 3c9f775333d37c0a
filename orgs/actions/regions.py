"""Bring in the divisions of a province, and the unions that stand in each."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from audit.record import record
from orgs.divisions import Division
from orgs.models import Organization, Region
from orgs.pinyin import initials
from orgs.scope import WIDTH

LAST_SEGMENT = 998
JOB = "load divisions"


class PathsExhausted(RuntimeError):
    """A region has 998 children already; a path has no room for one more."""


@dataclass
class Changes:
    """How many rows a load added, renamed and closed."""

    added: int = 0
    renamed: int = 0
    closed: int = 0


@transaction.atomic
def load_divisions(province: Division, *, on: date) -> Changes:
    """Make the valid regions of a province what the source says; the same source again is a no-op.

    A code that the source no longer has ends ``on`` that day: its region is never deleted, and
    its path is never used again. Regions without a code (开发区) are left alone.
    """
    changes = Changes()
    top = _place(province, None, on, changes)
    codes = {division.code for division in province}
    gone = Region.objects.unscoped(reason=JOB).filter(path__startswith=top.path, valid_to=None)
    gone = gone.exclude(code=None).exclude(code__in=codes)
    changes.closed = gone.update(valid_to=on)
    if changes != Changes():
        record("region.load", top, by=None, stream="orgs", after=vars(changes) | {"on": on})
    return changes


def _place(division: Division, parent: Region | None, on: date, changes: Changes) -> Region:
    valid = Region.objects.unscoped(reason=JOB).filter(code=division.code, valid_to=None)
    region = valid.first() or _add(division, parent, on, changes)
    if region.name != division.name:
        region.name = division.name
        region.save(update_fields=["name"])
        changes.renamed += 1
    for child in division.children:
        _place(child, region, on, changes)
    return region


def _add(division: Division, parent: Region | None, on: date, changes: Changes) -> Region:
    changes.added += 1
    return add_region(division.name, parent, level=division.level, code=division.code, on=on)


def add_region(
    name: str, parent: Region | None, *, level: str, on: date | None = None, **fields
) -> Region:
    """A new region on the next free path below ``parent``; also for a 开发区 without a code."""
    region = Region(
        name=name, level=level, parent=parent, path=_free_path(parent), valid_from=on, **fields
    )
    region.save(force_insert=True)
    return region


def _free_path(parent: Region | None) -> str:
    """One past the highest segment ever used, so that a closed region keeps its path."""
    siblings = Region.objects.unscoped(reason=JOB).filter(parent=parent).order_by("-path")
    last = siblings.values_list("path", flat=True).first()
    segment = int(last[-WIDTH:]) + 1 if last else 1
    if segment > LAST_SEGMENT:
        raise PathsExhausted(parent)
    return (parent.path if parent else "") + str(segment).zfill(WIDTH)


@transaction.atomic
def load_unions(province: Region) -> int:
    """One 总工会 for each valid province, city and county that has none yet; returns how many.

    A region without a code (开发区) gets its union by hand: not each has one.
    """
    regions = Region.objects.unscoped(reason=JOB).filter(path__startswith=province.path)
    unions: dict[int | None, Organization] = {}
    added = 0
    for region in regions.filter(valid_to=None).exclude(code=None).order_by("path"):
        union, new = _union(region, unions.get(region.parent_id))
        unions[region.pk] = union
        added += new
    if added:
        record("organization.load", province, by=None, stream="orgs", after={"added": added})
    return added


def _union(region: Region, parent: Organization | None) -> tuple[Organization, bool]:
    name = f"{region.name}总工会"
    return Organization.objects.unscoped(reason=JOB).get_or_create(
        region=region,
        name=name,
        defaults={
            "kind": Organization.Kind.UNION,
            "parent": parent,
            "name_initials": initials(name),
        },
    )
