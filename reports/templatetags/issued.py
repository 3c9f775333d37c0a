"""The printed form of a table on a page of an app below, which cannot import this one."""

from typing import Any

from django import template

from reports.documents.proof import proof
from reports.documents.scoresheet import blank_form
from reports.render.pdf import plain_html
from rubrics.outline import Outline

register = template.Library()


@register.inclusion_tag("reports/_issued_form.html")
def issued_form(outline: Outline) -> dict[str, Any]:
    """The blank form exactly as its page is printed."""
    return plain_html(blank_form(outline))


@register.inclusion_tag("reports/_issued_proof.html")
def issued_proof(outline: Outline, at: str = "") -> dict[str, Any]:
    """The same form to work with: each wording leads to its part, with its sum beside it."""
    return {"proof": proof(outline), "at": at}
