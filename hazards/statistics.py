"""What the page of figures shows, and its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hazards import shown
from hazards.figures import Subject, subject, weeks
from hazards.models import Hazard
from hazards.models.hazard import CITY
from hazards.trend import Trend, trend
from orgs.models import Organization

LABELS = {
    "grade": ("按级别", {**dict(Hazard.Grade.choices), "": "未定级"}),
    "kind": ("按种类", dict(Hazard.Kind.choices)),
    "industry": ("按行业", {**dict(Organization.Industry.choices), "": "未登记"}),
}


@dataclass(frozen=True)
class Page:
    """What the page and its file show."""

    subject: Subject
    whole: shown.Row
    tables: list[shown.Table]
    trend: Trend
    trend_rows: list[tuple[date, shown.Cell, shown.Cell]]


def page_of(user: Any, params: Mapping[str, str], today: date) -> Page:
    """Everything that is shown; numbers of workers only of the widest this person sees.

    Of a part that was opened they are not told: beside those of the whole they would give away
    what is hidden there.
    """
    asked = subject(user, params, today)
    found = asked.figures
    tables = [
        shown.broken_down(key, title, labels, getattr(found, key), asked.filter)
        for key, (title, labels) in LABELS.items()
        if key != "industry" or len(found.industry) > 1
    ]
    if asked.parts:
        tables.insert(0, shown.by_part(asked.part, asked.parts, _filter))
    whole = shown.row(asked.name, found.total, asked.filter, median=found.median)
    if asked.is_own:
        whole, tables = shown.with_workers(whole, tables)
    drawn = trend(weeks(today), found.found, found.closed)
    return Page(asked, whole, tables, drawn, _weeks(drawn, asked.filter))


def _filter(address: Mapping[str, str]) -> Mapping[str, str] | None:
    """The ledger's filter for a part; None where no filter means it."""
    if place := address.get("place"):
        return {"city" if len(place) == CITY else "county": place}
    return address or None


def _weeks(drawn: Trend, asked: Mapping[str, str]) -> list[tuple[date, shown.Cell, shown.Cell]]:
    """The table beside the chart, the newest week first."""
    return [
        (
            column.week,
            _cell(column.found, shown.week_query(asked, column.week, closed=False)),
            _cell(column.closed, shown.week_query(asked, column.week, closed=True)),
        )
        for column in reversed(drawn.columns)
    ]


def _cell(value: int, query: str) -> shown.Cell:
    return shown.Cell(value, query if value else "")
