"""A report on its page, which is of an app below and cannot import this one."""

from typing import Any

from django import template

from briefs.models import Brief
from reports.brief_papers import printed
from reports.layout_check import DIFFERS, UNVERIFIED, VERIFIED, WORDS
from reports.layout_jobs import state_of
from reports.models import LayoutCheck

register = template.Library()
WORST = {DIFFERS: "danger", UNVERIFIED: "warn", VERIFIED: "ok"}


@register.inclusion_tag("reports/_official_paper.html")
def brief_paper(brief: Brief) -> dict[str, Any]:
    """The report as it is printed, on the screen."""
    return {"paper": printed(brief)}


@register.inclusion_tag("reports/_layout_check.html", takes_context=True)
def layout_check(context: template.Context, brief: Brief) -> dict[str, Any]:
    """The button of 版面检查, and what the last one measured."""
    check = LayoutCheck.objects.select_related("by").filter(brief=brief).first()
    shown = {"brief": brief, "check": check, "csrf_token": context.get("csrf_token")}
    if check is None:
        return shown
    figures = [figure | {"word": WORDS[figure["verdict"]]} for figure in check.figures]
    verdicts = {figure["verdict"] for figure in figures}
    worst = next(verdict for verdict in WORST if verdict in verdicts)
    told = {"look": WORST[worst], "said": WORDS[worst], "is_old": check.state != state_of(brief)}
    return shown | told | {"figures": figures}
