"""The way from a visit to its papers, which live in the apps above: by the names of their pages."""

from dataclasses import dataclass

from orgs.models import User
from orgs.roles import Permission as P
from plans.models import Plan, PlanRubric, Visit
from plans.targets import rubrics_of
from plans.whatnext import address
from rubrics.models import Version
from rubrics.record_forms import RecordForm, form_for

S = Visit.Status


@dataclass(frozen=True)
class Page:
    """A link, or a button that posts."""

    label: str
    url: str
    post: bool = False


def record_form(visit: Visit) -> RecordForm:
    """Which 督导工作记录表 belongs to the visit, or its 自查情况表."""
    return form_for(visit.target_kind, by_unit=visit.is_self)


def primary(visit: Visit, *, signs: bool) -> Page:
    """What a member of the team does next with this visit; only 组长 and 记录人 sign."""
    own = address("plans:visit_detail", visit.pk)
    sign = Page("去签字", address("scoring:sign", visit.pk))
    pages = {
        S.PLANNED: Page("开始填写", address("scoring:start", visit.pk), post=True),
        S.FILLING: Page("继续填写", address("scoring:sheet", visit.pk)),
        S.SIGNING: sign if signs else Page("看记录表", address("scoring:record", visit.pk)),
        S.RETURNED: Page("按意见修改", address("scoring:sheet", visit.pk)),
    }
    if visit.is_self:
        pages[S.PLANNED] = Page("开始自查", address("scoring:start", visit.pk), post=True)
        pages[S.RETURNED] = Page("继续更正", address("scoring:sheet", visit.pk))
    page = pages.get(visit.status)
    return page if page and page.url else Page("查看", own)


def pages_of(visit: Visit, *, fills: bool, signs: bool, reviews: bool) -> list[Page]:
    """The papers this person may open: the team and the issuer all drafts, others the result."""
    pages = [primary(visit, signs=signs)] if fills and visit.is_editable else []
    if visit.status == S.PLANNED:
        pages.append(Page("打印空白表", address("reports:blank", visit.version_id)))
    elif fills or reviews:
        pages += _drafts(visit, reviews)
    if visit.released_at:
        pages.append(Page("督导结果", address("scoring:visit_result", visit.pk)))
    is_theirs = fills or reviews or visit.released_at
    if is_theirs and visit.status not in {S.PLANNED, S.CANCELLED}:
        pages.append(Page("打印与下载", address("reports:visit_print", visit.pk)))
    own = address("plans:visit_detail", visit.pk)
    return [page for page in pages if page.url and page.url != own]


def tables_of(plan: Plan, user: User) -> list[tuple[PlanRubric, str]]:
    """The tables of a plan, each with what this person may open of it: itself, or its blank form.

    Who is lent to the round of a unit that is not above theirs fills its table, and reads no more.
    """
    chosen = list(rubrics_of(plan))
    versions = {one.version_id for one in chosen}
    read = Version.objects.visible_to(user).filter(pk__in=versions).values_list("pk", flat=True)
    pages = dict.fromkeys(read, "rubrics:version_detail")
    if unread := versions.difference(pages):
        visits = Visit.objects.permitted(user, P.VISIT_FILL).filter(plan=plan)
        filled = visits.filter(version__in=unread).order_by().values_list("version", flat=True)
        pages |= dict.fromkeys(filled.distinct(), "reports:blank")
    return [
        (one, address(pages[one.version_id], one.version_id) if one.version_id in pages else "")
        for one in chosen
    ]


def filed_pages(visit: Visit, *, reads: bool) -> list[Page]:
    """What the issuer may open of a filed 自查."""
    page = Page("打印与下载", address("reports:visit_print", visit.pk))
    return [page] if reads and page.url else []


def _drafts(visit: Visit, reviews: bool) -> list[Page]:
    pages = [
        Page(f"{visit.version.annex} 评分表", address("scoring:sheet", visit.pk)),
        Page(record_form(visit).label, address("scoring:record", visit.pk)),
        Page("历次稿", address("scoring:visit_history", visit.pk)),
    ]
    if reviews and visit.status == S.SUBMITTED:
        pages.insert(0, Page("审核", address("scoring:visit_review", visit.pk)))
    return [] if visit.status == S.CANCELLED else pages
