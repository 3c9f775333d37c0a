"""The papers of a hazard on its page, which is of an app below and cannot import this one."""

from typing import Any

from django import template

from hazards.models import Hazard
from reports import hazard_papers as papers

register = template.Library()


@register.inclusion_tag("reports/_hazard_papers.html")
def hazard_papers(hazard: Hazard) -> dict[str, Any]:
    """What can be printed of it: the letters that were issued, and the file."""
    letters = papers.listed(hazard)
    newest = {letter.kind: letter.pk for letter in reversed(letters)}
    return {
        "hazard": hazard,
        "letters": [letter for letter in letters if newest[letter.kind] == letter.pk],
        "older": [letter for letter in letters if newest[letter.kind] != letter.pk],
        "is_done": hazard.status in papers.DONE,
    }
