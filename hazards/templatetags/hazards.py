"""How the state and the grade of a hazard look: word, icon, colour, the same on every page."""

from functools import cache, lru_cache

from django import template
from django.urls import reverse
from django.utils.html import format_html

from chabaocu.templatetags.ui import icon
from hazards.models import Hazard
from hazards.workflow import Move

register = template.Library()
S, G = Hazard.Status, Hazard.Grade
LOOKS = {
    S.REPORTED: ("info", "inbox"),
    S.REGISTERED: ("info", "journal-text"),
    S.JUDGING: ("warn", "question-diamond"),
    S.PLANNING: ("warn", "pencil-square"),
    S.FORWARDED: ("info", "arrow-up-circle"),
    S.RECTIFYING: ("info", "tools"),
    S.ACCEPTING: ("warn", "clipboard-check"),
    S.CLOSED: ("ok", "check-circle"),
    S.REWARDED: ("ok", "award"),
    S.DISMISSED: ("idle", "x-octagon"),
}
GRADES = {G.GENERAL: ("idle plain", "dash-circle"), G.MAJOR: ("danger", "exclamation-triangle")}


@register.simple_tag
def hazard_status(hazard: Hazard, mode: str = "desk") -> str:
    """The chip of a hazard's state, with the attempt from the second on.

    ``mode`` is desk or field.
    """
    again = hazard.attempt if hazard.status == S.ACCEPTING and hazard.attempt > 1 else 0
    return status_chip(hazard.status, again, mode)


@register.simple_tag
def hazard_grade(hazard: Hazard) -> str:
    """The chip of its grade; nothing before it is graded."""
    return grade_chip(hazard.grade) if hazard.grade else ""


@register.simple_tag
def move_url(hazard: Hazard, move: Move) -> str:
    """Where one move of this hazard is made."""
    return reverse(f"hazards:{move.name}", args=[hazard.pk])


@cache
def status_chip(status: str, attempt: int = 0, mode: str = "desk") -> str:
    """The chip of a state."""
    tone, name = LOOKS[status]
    css = f"dk-st {tone}" if mode == "desk" else f"status is-{tone}"
    word = S(status).label + (f"（第 {attempt} 次）" if attempt else "")
    return format_html('<span class="{}">{}{}</span>', css, icon(name), word)


@cache
def grade_chip(grade: str) -> str:
    """The chip of a grade."""
    return chip(*GRADES[grade], G(grade).label)


@lru_cache(maxsize=1000)
def chip(tone: str, name: str, word: str) -> str:
    """Icon and word at a desk."""
    return format_html('<span class="dk-st {}">{}{}</span>', tone, icon(name), word)
