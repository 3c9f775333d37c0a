"""Keep an uploaded list of hazards, and report what it holds: all of it or nothing."""

from datetime import datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.canonical import sha256
from audit.record import record
from chabaocu.errors import Refused, StaleState
from hazards import search
from hazards.importing.check import check
from hazards.models import Hazard, HazardEvent, HazardList
from hazards.numbers import next_numbers
from hazards.workflow import REPORT
from orgs.importing.workbook import Sheet
from orgs.models import Organization, User

AGAIN = "这个文件的内容 {at:%-m月%-d日 %H:%M} 已由{by}导入过（{count} 条），不再写入。"


def keep_list(sheet: Sheet, *, by: User, filename: str) -> HazardList:
    """Store what was read, so that the writing needs no second upload."""
    rows = {"header": sheet.header, "rows": [list(row) for row in sheet.rows]}
    return HazardList.objects.create(
        unit=by.organization,
        filename=filename[-200:],
        sheet=sheet.name[:60],
        digest=sha256(rows),
        rows=rows,
        uploaded_by=by,
    )


def written_before(kept: HazardList) -> str:
    """When and by whom the same content was written for this unit; "" if never."""
    same = HazardList.objects.filter(unit=kept.unit_id, digest=kept.digest).exclude(pk=kept.pk)
    first = same.filter(written_at__isnull=False).select_related("uploaded_by").first()
    if first is None:
        return ""
    at = timezone.localtime(first.written_at)
    return AGAIN.format(at=at, by=first.uploaded_by, count=first.written)


@transaction.atomic
def write_list(kept: HazardList, *, by: User) -> int:
    """Report every hazard of a list that has no problem left; returns how many.

    The list is checked again inside the transaction: the ledger may have grown meanwhile.
    """
    try:
        with transaction.atomic():
            rows = HazardList.objects.filter(pk=kept.pk, written_at=None)
            if not rows.update(written_at=timezone.now()):
                raise StaleState
    except IntegrityError as error:
        raise Refused(written_before(kept)) from error
    report = check(kept.rows["header"], kept.rows["rows"], unit=kept.unit)
    if report.problems:
        raise Refused(f"有 {len(report.problems)} 处要改，一行都没有写入。")
    if not report.hazards:
        raise Refused("没有要写入的隐患：表里没有新的行。")
    made = _report(kept, report.hazards, by)
    HazardList.objects.filter(pk=kept.pk).update(written=len(made))
    told = {"filename": kept.filename, "written": len(made), "number": made[0].number}
    record("hazard.import", kept, by=by, stream=f"hazards-{kept.unit_id}", after=told)
    return len(made)


def _report(kept: HazardList, found: list[tuple[int, dict[str, Any]]], by: User) -> list[Hazard]:
    """The hazards with their numbers and first events, in the order of the list."""
    now = timezone.now()
    numbers = next_numbers(kept.unit.region, timezone.localdate(), count=len(found))
    hazards = [
        _hazard(kept.unit, number, said, by, now, uuid5(NAMESPACE_URL, f"list-{kept.pk}-{row}"))
        for number, (row, said) in zip(numbers, found, strict=True)
    ]
    made = Hazard.objects.bulk_create(hazards)
    search.keep(made)
    HazardEvent.objects.bulk_create(
        [HazardEvent(hazard=one, move=REPORT, target=one.status, by=by, at=now) for one in made]
    )
    return made


def _hazard(
    unit: Organization, number: str, said: dict[str, Any], by: User, now: datetime, id: Any
) -> Hazard:
    found_on = said.pop("found_on")
    day = timezone.make_aware(datetime.combine(found_on, time())) if found_on else now
    return Hazard(
        number=number,
        unit=unit,
        region_path=unit.region.path,
        report_id=id,
        reported_by=None if said["reporter_name"] else by,  # who found it, not who typed it
        reported_at=day,
        source=Hazard.Source.IMPORT,
        **said,
    )
