"""Keep an uploaded list, and write it: all of it or nothing."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from orgs.importing.check import check
from orgs.importing.workbook import Sheet
from orgs.models import ImportBatch, Organization, User
from orgs.pinyin import initials

OVERTAKEN = "表里有单位刚被别人登记，一行都没有写入。请看下面标出的行，改好再传。"


def keep_list(sheet: Sheet, *, by: User, filename: str) -> ImportBatch:
    """Store what was read, so that the writing needs no second upload."""
    rows = {"header": sheet.header, "rows": sheet.rows}
    return ImportBatch.objects.create(
        filename=filename[-200:], sheet=sheet.name[:60], rows=rows, uploaded_by=by
    )


@transaction.atomic
def write_list(batch: ImportBatch, *, by: User) -> int:
    """Register every unit of a list that has no problem left; returns how many.

    The list is checked again inside the transaction, since units may have come meanwhile.
    """
    unwritten = ImportBatch.objects.filter(pk=batch.pk, written_at=None)
    if not unwritten.update(written_at=timezone.now()):
        raise StaleState("write")
    report = check(batch.rows["header"], batch.rows["rows"], user=by)
    if report.problems:
        raise Refused(f"有 {len(report.problems)} 处要改，一行都没有写入。")
    if not report.units:
        raise Refused("没有要写入的单位：表里没有新的行。")
    units = [Organization(**unit, name_initials=initials(unit["name"])) for _, unit in report.units]
    _below_their_unions(units)
    try:
        with transaction.atomic():
            Organization.objects.bulk_create(units)
    except IntegrityError as error:
        raise Refused(OVERTAKEN) from error
    ImportBatch.objects.filter(pk=batch.pk).update(written=len(units))
    told = {"filename": batch.filename, "written": len(units)}
    record("organization.import", batch, by=by, stream="orgs", after=told)
    return len(units)


def _below_their_unions(units: list[Organization]) -> None:
    """A unit of a list stands below the 总工会 of its region, where there is one."""
    regions = {unit.region_id for unit in units}
    unions = Organization.objects.unscoped(reason="the union of a region is no secret").active()
    unions = unions.filter(kind=Organization.Kind.UNION, region__in=regions)
    by_region = {union.region_id: union for union in unions}
    for unit in units:
        unit.parent = by_region.get(unit.region_id)
