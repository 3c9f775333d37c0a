"""督导检查报告 on paper: frozen under a code when it is issued, a draft before."""

from dataclasses import replace

from briefs.models import Brief
from reports.documents.of_brief import of_brief
from reports.documents.official import Official
from reports.documents.paper import Stamp, from_json
from reports.freezing import frozen
from reports.models import BriefPaper

CANCELLED, REPLACED = "报告已作废", "已有更新的一版"


def issue(brief: Brief) -> None:
    """Freeze the paper of a report inside the transaction that issues it."""
    made = frozen(lambda stamp: of_brief(brief, stamp), brief.edition)
    BriefPaper.objects.create(brief=brief, issued_at=brief.issued_at, **made)


def paper_of(issued: BriefPaper) -> Official:
    """The paper as it was issued."""
    return from_json(Official, issued.context)


def printed(brief: Brief) -> Official:
    """The report as it was issued; as it stands, a draft, where it was not.

    One that no longer stands says so on every page.
    """
    issued = BriefPaper.objects.select_related("brief").filter(brief=brief).first()
    if issued:
        paper = paper_of(issued)
        return replace(paper, stamp=replace(paper.stamp, void=standing(issued)))
    stamp = Stamp("draft" if brief.is_draft else "blank")  # one issued before it had a paper
    return of_brief(brief, stamp)


def standing(issued: BriefPaper) -> str:
    """Why the paper no longer stands; nothing while it does."""
    brief = issued.brief
    if brief.status == Brief.Status.CANCELLED:
        return CANCELLED
    later = Brief.objects.filter(
        plan=brief.plan_id,
        kind=brief.kind,
        region=brief.region_id,
        edition__gt=brief.edition,
        status=Brief.Status.ISSUED,
    )
    return REPLACED if later.exists() else ""
