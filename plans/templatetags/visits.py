"""How the state of a visit looks: word, icon, colour, the same on every page."""

from functools import cache

from django import template
from django.utils.html import format_html, format_html_join

from chabaocu.templatetags.ui import icon
from plans.cells import MARKS
from plans.models import Visit

register = template.Library()
S = Visit.Status
LOOKS = {
    S.PLANNED: ("idle", "circle"),
    S.FILLING: ("info", "pencil-square"),
    S.SIGNING: ("warn", "pen"),
    S.SUBMITTED: ("info", "send-check"),
    S.FILED: ("ok", "send-check"),
    S.RETURNED: ("danger", "arrow-return-left"),
    S.CONFIRMED: ("ok", "check-circle"),
    S.ARCHIVED: ("idle", "archive"),
    S.CANCELLED: ("idle", "x-octagon"),
}


@register.simple_tag
def visit_legend() -> str:
    """What the characters of the squares say."""
    words = [(MARKS[state], state.label) for state in MARKS if state != S.ARCHIVED]
    return format_html_join("", "<span>{}{}</span>", words)


@register.simple_tag
def visit_status(visit: Visit, mode: str = "desk") -> str:
    """The chip of a visit's state; ``mode`` is desk or field."""
    return status_chip(visit.status, mode)


@cache
def status_chip(status: str, mode: str = "desk") -> str:
    """The chip of a state."""
    tone, name = LOOKS[status]
    css = f"dk-st {tone}" if mode == "desk" else f"status is-{tone}"
    return format_html('<span class="{}">{}{}</span>', css, icon(name), S(status).label)
