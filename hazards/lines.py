"""Rows of the ledger, in the words the page prints (compare orgs.lines)."""

from dataclasses import dataclass
from datetime import date

from chabaocu.lists import addresses
from chabaocu.prepared import Rows
from hazards.models import Hazard
from hazards.models.hazard import OPEN
from hazards.templatetags.hazards import GRADES, LOOKS

COLUMNS = ("pk", "number", "text", "where", "unit__name", "unit__region__name", "grade")
COLUMNS += ("status", "source", "due_on", "listing_number", "responsible__name")
HAZARDS = Rows(lambda: Hazard.objects.unscoped(reason="keys from a query in scope"), *COLUMNS)
DASH = "—"
NEAR = 2  # days before the deadline from which a row is marked
LONG = 40
STATUS, GRADE = dict(Hazard.Status.choices), dict(Hazard.Grade.choices)
SOURCE = dict(Hazard.Source.choices)


@dataclass(frozen=True, slots=True)
class HazardLine:
    """One hazard of the ledger."""

    url: str
    number: str
    text: str
    beside: str
    unit: str
    place: str
    grade: str
    grade_look: tuple[str, str] | None
    status: str
    status_look: tuple[str, str]
    due: str
    left: str
    urgency: str  # danger, warn, or nothing
    responsible: str


def hazard_lines(pks: list[int], *, today: date) -> dict[int, HazardLine]:
    """The lines of these hazards, whose keys come from a query in the person's scope."""
    address = addresses("hazards:hazard_detail")
    return {pk: _line(address(pk), today, *row) for pk, *row in HAZARDS.of(pks)}


def _line(
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
) -> HazardLine:
    left, urgency = _left(due_on, today, status)
    return HazardLine(
        url=url,
        number=number,
        text=text if len(text) <= LONG else f"{text[:LONG]}…",
        beside=f"{where} · " + (f"挂牌 {listing}" if listing else SOURCE[source]),
        unit=unit,
        place=region,
        grade=GRADE.get(grade, ""),
        grade_look=GRADES.get(grade),
        status=STATUS[status],
        status_look=LOOKS[status],
        due=f"{due_on:%m-%d}" if due_on else DASH,
        left=left,
        urgency=urgency,
        responsible=responsible or DASH,
    )


def _left(due_on: date | None, today: date, status: str) -> tuple[str, str]:
    """How long there is, in words, and how urgent that is."""
    if status not in OPEN:
        return DASH, ""
    if due_on is None:
        return "未定期限", ""
    days = (due_on - today).days
    if days < 0:
        return f"逾期 {-days} 天", "danger"
    return f"剩 {days} 天", "warn" if days <= NEAR else ""
