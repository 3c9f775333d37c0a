"""A report on its page, which is of an app below and cannot import this one."""

from typing import Any

from django import template

from briefs.models import Brief
from reports.brief_papers import printed

register = template.Library()


@register.inclusion_tag("reports/_official_paper.html")
def brief_paper(brief: Brief) -> dict[str, Any]:
    """The report as it is printed, on the screen."""
    return {"paper": printed(brief)}
