"""Words of 督导意见 in templates."""

from datetime import date

from django import template

from feedback.models import Letter

register = template.Library()


@register.simple_tag
def late_days(letter: Letter, today: date) -> int:
    """Days past the term while an answer is awaited."""
    return letter.days_late(today)
