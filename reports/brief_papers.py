"""督导检查报告 on paper: frozen under a code when it is issued, a draft before."""

from dataclasses import replace

from audit.canonical import sha256
from briefs.models import Brief
from reports.codes import new_code
from reports.documents.of_brief import of_brief
from reports.documents.of_sheet import verify_url
from reports.documents.official import Official
from reports.documents.paper import Stamp, from_json, to_json
from reports.models import BriefPaper

CANCELLED, REPLACED = "报告已作废", "已有更新的一版"


def issue(brief: Brief) -> None:
    """Freeze the paper of a report inside the transaction that issues it."""
    code = new_code()
    stamp = Stamp("issued", brief.edition, code, verify_url(code))
    context = to_json(of_brief(brief, stamp))
    BriefPaper.objects.create(
        code=code,
        brief=brief,
        context=context,
        content_hash=sha256(context),
        issued_at=brief.issued_at,
    )


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
