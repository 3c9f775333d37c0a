"""Rows of 全部任务, in the words the page prints; read as plain values (compare scoring.lines)."""

from dataclasses import dataclass

from chabaocu.lists import addresses
from chabaocu.prepared import Rows
from chabaocu.templatetags.ui import total as one_decimal
from plans.models import Visit
from plans.models.visit import EDITABLE
from plans.templatetags.visits import status_chip

FIELDS = ("pk", "target__name", "region__name", "status", "visit_on", "starts_at")
FIELDS += ("answered", "questions", "total")
VISITS = Rows(lambda: Visit.objects.unscoped(reason="keys from a query in scope"), *FIELDS)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One visit of a team's list; ``is_open`` shows how far its sheet is filled."""

    url: str
    name: str
    status: str
    about: str
    is_open: bool
    answered: int
    questions: int


def task_lines(pks: list[int]) -> dict[int, TaskLine]:
    """The lines of these visits, whose keys come from a query in the person's scope."""
    address = addresses("plans:visit_detail")
    lines = {}
    for pk, name, place, status, day, at, answered, questions, total in VISITS.of(pks):
        when = f"{day.month}月{day.day}日" + (f" {at:%H:%M}" if at else "") if day else "日期未定"
        is_open = status in EDITABLE
        scored = f" · {one_decimal(total)} 分" if total is not None else ""
        lines[pk] = TaskLine(
            url=address(pk),
            name=name,
            status=status_chip(status, "field"),
            about=f"{when} · {place}" + (f" · 评分 {answered}/{questions}" if is_open else scored),
            is_open=is_open,
            answered=answered,
            questions=questions or 1,
        )
    return lines
