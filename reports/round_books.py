"""汇总表 of a round, made in the background."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from chabaocu.errors import Refused
from plans.models import Plan
from reports import jobs
from reports.books import visits_with_papers
from reports.models import Job
from reports.workbooks.round import fingerprint, write_round

KIND = "workbook"
NOTHING = "还没有已提交的材料，等督导组提交后再汇总。"


def start_workbook(plan: Plan, *, by: Any) -> Job:
    """Queue the 汇总表 of the round as it stands; what would be the same today is made once."""
    if not visits_with_papers(plan, by).exists():
        raise Refused(NOTHING)
    today, state = timezone.localdate(), fingerprint(plan, by)
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
