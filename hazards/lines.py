"""Rows of the ledger, in the words the page prints (compare orgs.lines)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from chabaocu.lists import addresses
from chabaocu.prepared import Rows
from hazards.models import Hazard
from hazards.models.hazard import OPEN
from hazards.templatetags.hazards import chip, grade_chip, status_chip
from orgs.models import Organization

COLUMNS = ("pk", "number", "text", "where", "unit__name", "unit__region__name", "grade")
COLUMNS += ("status", "source", "due_on", "listing_number", "responsible__name")
COLUMNS += ("reported_at", "unit__industry", "attempt", "stop_advised_at", "stop_answered_at")
HAZARDS = Rows(lambda: Hazard.objects.unscoped(reason="keys from a query in scope"), *COLUMNS)
DASH = "—"
NEAR = 2  # days before the deadline from which a row is marked
LONG = 40
CLOCKS = {
    "late": ("danger", "exclamation-octagon"),
    "soon": ("warn", "clock-history"),
    "": ("plain", "clock"),
}
STATUS, GRADE = dict(Hazard.Status.choices), dict(Hazard.Grade.choices)
SOURCE = dict(Hazard.Source.choices)
INDUSTRY = dict(Organization.Industry.choices)


@dataclass(frozen=True, slots=True)
class HazardLine:
    """One hazard of the ledger."""

    pk: int
    url: str
    number: str
    text: str
    where: str
    beside: str
    unit: str
    place: str
    grade: str
    grade_chip: str
    status: str
    status_chip: str
    due: str
    left: str
    left_chip: str
    urgency: str  # late, soon, or nothing
    responsible: str
    found: str
    source: str
    industry: str
    attempt: str
    is_new: bool  # reported and not yet registered


def hazard_lines(pks: list[int], *, today: date) -> dict[int, HazardLine]:
    """The lines of these hazards, whose keys come from a query in the person's scope."""
    address = addresses("hazards:hazard_detail")
    return {pk: _line(pk, address(pk), today, *row) for pk, *row in HAZARDS.of(pks)}


def _line(
    pk: int,
    url: str,
    today: date,
    number: str,
    text: str,
    where: str,
    unit: str,
    region: str,
    grade: str,
    status: str,
    source: str,
    due_on: date | None,
    listing: str,
    responsible: str | None,
    reported_at: datetime,
    industry: str,
    attempt: int,
    advised_at: datetime | None,
    answered_at: datetime | None,
) -> HazardLine:
    left, urgency = _left(due_on, today, status)
    is_stopped = bool(advised_at and not answered_at)
    return HazardLine(
        pk=pk,
        url=url,
        number=number,
        text=text if len(text) <= LONG else f"{text[:LONG]}…",
        where=where,
        beside=_beside(listing, is_stopped, source),
        unit=unit,
        place=region,
        grade=GRADE.get(grade, ""),
        grade_chip=grade_chip(grade) if grade else DASH,
        status=STATUS[status],
        status_chip=status_chip(status),
        due=_day(due_on, today) if due_on else DASH,
        left=left,
        left_chip=_left_chip(left, urgency),
        urgency=urgency,
        responsible=responsible or DASH,
        found=f"{localtime(reported_at):%Y-%m-%d}",
        source=SOURCE[source],
        industry=INDUSTRY.get(industry, DASH),
        attempt=str(attempt or DASH),
        is_new=status == Hazard.Status.REPORTED,
    )


def _beside(listing: str, is_stopped: bool, source: str) -> str:
    """What is most worth knowing beside the place: a listing, 停止作业, where it came from."""
    if listing:
        return f"挂牌 {listing}"
    return "建议停止作业，未答复" if is_stopped else SOURCE[source]


def _day(day: date, today: date) -> str:
    """12-04; with the year where it is another one."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def _left_chip(left: str, urgency: str) -> str:
    return left if left == DASH else chip(*CLOCKS[urgency], left)


def _left(due_on: date | None, today: date, status: str) -> tuple[str, str]:
    """How long there is, in words, and how urgent that is."""
    if status not in OPEN:
        return DASH, ""
    if due_on is None:
        return "未定期限", ""
    days = (due_on - today).days
    if days < 0:
        return f"逾期 {-days} 天", "late"
    return f"剩 {days} 天", "soon" if days <= NEAR else ""
