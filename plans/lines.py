"""Rows of visits in the words pages print; read as plain values (compare scoring.lines)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import TypeVar

from chabaocu.lists import addresses
from chabaocu.prepared import Rows
from chabaocu.templatetags.ui import total as one_decimal
from plans.models import Visit
from plans.models.visit import EDITABLE
from plans.templatetags.visits import status_chip
from rubrics.models import Rubric

FIELDS = ("pk", "target__name", "region__name", "status", "visit_on", "starts_at")
FIELDS += ("answered", "questions", "total")
REASON = "keys from a query in scope"
VISITS = Rows(lambda: Visit.objects.unscoped(reason=REASON), *FIELDS)
TABLE = ("pk", "target__name", "target_kind", "pick__replaces", "region__name")
TABLE += ("region__parent__name", "team", "team__name", "status", "visit_on", "starts_at")
TABLE += ("ends_at", "answered", "questions", "cancelled_reason")
TABLED = Rows(lambda: Visit.objects.unscoped(reason=REASON), *TABLE)
KINDS = dict(Rubric.Target.choices)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One visit of a team's list; ``is_open`` shows how far its sheet is filled."""

    on: date | None
    starts_at: time
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
            on=day,
            starts_at=at or time.max,
            url=address(pk),
            name=name,
            status=status_chip(status, "field"),
            about=f"{when} · {place}" + (f" · 评分 {answered}/{questions}" if is_open else scored),
            is_open=is_open,
            answered=answered,
            questions=questions or 1,
        )
    return lines


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit of a table at a desk; ``edit`` leads to its form while it can still be moved."""

    pk: int
    url: str
    edit: str
    name: str
    kind: str
    place: str
    team: str
    has_team: bool
    status: str
    on: date | None
    day: str
    starts_at: time
    hours: str
    filled: str
    reason: str


def visit_lines(pks: list[int]) -> dict[int, VisitLine]:
    """The lines of these visits, whose keys come from a query in the person's scope."""
    address, edit = addresses("plans:visit_detail"), addresses("plans:visit_edit")
    lines = {}
    for pk, name, kind, replaces, region, above, team, crew, status, *when in TABLED.of(pks):
        on, begins, ends, answered, questions, reason = when
        lines[pk] = VisitLine(
            pk=pk,
            url=address(pk),
            edit=edit(pk) if status in EDITABLE else "",
            name=name,
            kind=KINDS[kind] + (" · 替换抽取" if replaces else ""),
            place=f"{above or ''} {region}".strip(),
            team=crew or "—",
            has_team=team is not None,
            status=status_chip(status),
            on=on,
            day=f"{on.month}月{on.day}日" if on else "未定",
            starts_at=begins or time.max,
            hours=_hours(begins, ends),
            filled=f"{answered}/{questions}",
            reason=reason,
        )
    return lines


Dated = TypeVar("Dated", TaskLine, VisitLine)


def by_day(lines: Iterable[Dated]) -> list[tuple[date, list[Dated]]]:
    """Dated visits under their days, by the hour."""
    days = groupby(sorted(lines, key=lambda line: (line.on, line.starts_at)), lambda line: line.on)
    return [(day, list(some)) for day, some in days]


def _hours(begins: time | None, ends: time | None) -> str:
    """9:00–11:30; — while it is open."""
    if begins is None:
        return "—"
    return f"{begins:%H:%M}" + (f"–{ends:%H:%M}" if ends else "")
