"""汇总表 of a round, made in the background."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from audit.canonical import sha256
from chabaocu.errors import Refused
from plans.models import Plan
from reports import jobs
from reports.books import visits_with_papers
from reports.models import Job
from reports.workbooks.round import write_round

KIND = "workbook"
NOTHING = "还没有已提交的材料，等督导组提交后再汇总。"


def start_workbook(plan: Plan, *, by: Any) -> Job:
    """Queue the 汇总表 of the round as it stands; equal papers on one day give the job there is."""
    visits = visits_with_papers(plan, by)
    if not visits.exists():
        raise Refused(NOTHING)
    today = timezone.localdate()
    state = sha256(list(visits.values_list("pk", "content_hash", "status")))
    return jobs.start(
        KIND,
        by=by,
        key=f"{KIND}:{plan.pk}:{by.pk}:{today}:{state}",
        title=f"{plan.title}汇总表"[:160],
        file_name=f"{plan.title[:140]}汇总表.xlsx",
        arguments={"plan": plan.pk, "city": None},
    )


@jobs.maker(KIND)
def make_workbook(job: Job, report: jobs.Report, target: Path) -> None:
    """One workbook, by the rights its owner has now."""
    plan = Plan.objects.visible_to(job.owner).filter(pk=job.arguments["plan"]).first()
    if plan is None:
        raise Refused("您现在不能查看这个方案。")
    write_round(target, plan, job.owner, today=timezone.localdate(), told=report)
