"""隐患台账 as a file: a short one at once, a long one by the job worker."""

from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from audit.canonical import sha256
from chabaocu.errors import Refused
from hazards import ledger
from hazards.forms.filters import LedgerFilter
from hazards.models import Hazard
from hazards.reading import columns_of
from orgs.roles import Permission as P
from reports import jobs
from reports.models import Job
from reports.workbooks.hazards import write_hazards

KIND = "hazards"
AT_ONCE = 2000  # rows
NAME = "隐患台账.xlsx"
TOO_LONG = "一张 Excel 表放不下这么多行，请先缩小筛选范围。"
NO_MORE = "您现在不能查看这些隐患。"


def chosen(address: str, user: Any) -> QuerySet[Hazard]:
    """The rows of the page under this address, all pages of it."""
    scope = user.scope
    wanted = LedgerFilter(QueryDict(address), scope=scope).wanted
    return ledger.rows(scope, wanted, timezone.localdate())


def is_short(found: QuerySet[Hazard]) -> bool:
    """Whether the file is made while somebody waits for it."""
    return found.order_by()[: AT_ONCE + 1].count() <= AT_ONCE


def start(address: str, *, by: Any) -> Job:
    """Queue a long file; pressed twice within a minute, it is the same one."""
    asked = {"address": address, "columns": columns_of(by), "organization": by.organization_id}
    return jobs.start(
        KIND,
        by=by,
        key=f"{KIND}:{by.pk}:{timezone.localtime():%Y%m%d%H%M}:{sha256(asked)}",
        title=f"隐患台账（{by.organization}）"[:160],
        file_name=NAME,
        arguments=asked,
    )


@jobs.maker(KIND)
def make(job: Job, report: jobs.Report, target: Path) -> None:
    """Write the file by the rights its owner has now."""
    if not may_read(job, job.owner):
        raise Refused(NO_MORE)
    found = chosen(job.arguments["address"], job.owner)
    today = timezone.localdate()
    try:
        with target.open("wb") as file:
            write_hazards(file, found, job.arguments["columns"], today=today, told=report)
    except OverflowError as error:
        raise Refused(TOO_LONG) from error


def may_read(job: Job, user: Any) -> bool:
    """Whether the person still stands where they stood when they asked for it."""
    is_there = job.arguments.get("organization") == user.organization_id
    return is_there and P.HAZARD_VIEW in user.scope.permissions
