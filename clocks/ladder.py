"""Which steps upward a missed day has reached: pure, the calendar is an argument."""

from collections.abc import Mapping
from datetime import date

from clocks.due import IsWorkday, workday_due


def reached(
    due_on: date, today: date, is_workday: IsWorkday, workdays: Mapping[str, int]
) -> list[str]:
    """The steps of ``workdays`` (step → 工作日 after the day) that ``today`` is past, in order."""
    if today <= due_on:
        return []
    return [
        step for step, days in workdays.items() if today > workday_due(due_on, days, is_workday)
    ]
