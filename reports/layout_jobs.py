"""版面检查 of a report: measured in the background, the result kept beside the edition."""

from dataclasses import asdict
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from briefs.actions import content_hash
from briefs.models import Brief
from chabaocu.errors import Refused
from orgs.models import User
from orgs.roles import Permission as P
from reports import jobs
from reports.brief_papers import printed
from reports.layout_check import WORDS, check_layout, told
from reports.models import Job, LayoutCheck
from reports.render.official_docx import official_docx

KIND = "layout"
STEPS = 2  # measured, kept


def start(brief: Brief, *, by: User) -> Job:
    """Queue the check of a report as it stands; a finished one is done anew."""
    job = jobs.start(
        KIND,
        by=by,
        key=f"{KIND}:{brief.pk}:{by.pk}",
        title=f"版面检查：{brief.title}"[:160],
        file_name="版面检查.txt",
        arguments={"plan": brief.plan_id, "brief": brief.pk},
    )
    if not job.is_open:
        jobs.again(job)
    return job


@jobs.maker(KIND)
def make_check(job: Job, report: jobs.Report, target: Path) -> None:
    """Measure the Word file and keep what was found, by the rights its owner has now."""
    writers = Brief.objects.permitted(job.owner, P.PLAN_MANAGE)
    brief = writers.select_related("plan__issuer", "region").filter(pk=job.arguments["brief"])
    held = brief.first()
    if held is None:
        raise Refused("您现在不能查看这份报告。")
    report(0, STEPS)
    state = state_of(held)
    figures = check_layout(official_docx(printed(held)))
    lines = [f"{WORDS[figure.verdict]}　{told(figure)}\n" for figure in figures]
    target.write_text(f"{held.title}\n\n{''.join(lines)}", encoding="utf-8")
    found = {"state": state, "figures": [asdict(figure) for figure in figures]}
    with transaction.atomic():
        report(STEPS, STEPS)
        LayoutCheck.objects.update_or_create(
            brief=held, defaults=found | {"at": timezone.now(), "by": job.owner}
        )


def state_of(brief: Brief) -> str:
    """The words and 公文要素 a check was made of."""
    return brief.content_hash or content_hash(brief, list(brief.chapters.all()))
