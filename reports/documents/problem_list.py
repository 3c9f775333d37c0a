"""存在问题清单 for an inspected unit.

源2: 对每个被检查的各市医务工会和单位工会都要提供存在问题清单、提出具体督导意见.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from scoring.ledger import Entry
from scoring.models import Finding, Scoresheet


@dataclass(frozen=True)
class ProblemList:
    """The problems of one visit, for its page, PDF and Excel."""

    unit: str
    round: str
    team: str
    visited_on: date | None
    entries: tuple[Entry, ...]

    title = "存在问题清单"

    @property
    def name(self) -> str:
        """What a file of it is called."""
        return f"{self.title}-{self.unit}"

    @property
    def late(self) -> int:
        return sum(entry.state == "late" for entry in self.entries)


def problem_list(sheet: Scoresheet) -> ProblemList:
    """What was found on this draft, in its order; what was withdrawn is not in it."""
    visit: Any = sheet.visit
    found: QuerySet[Finding] = sheet.findings.filter(withdrawn_at=None).order_by("order", "pk")
    return ProblemList(
        unit=visit.target.name,
        round=visit.plan.title,
        team=str(visit.team or ""),
        visited_on=visit.visit_on,
        entries=tuple(Entry.of(finding) for finding in found.select_related("criterion__item")),
    )


def day() -> date:
    """The day it is printed."""
    return timezone.localdate()
