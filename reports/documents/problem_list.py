"""存在问题清单 for an inspected unit.

源2: 对每个被检查的各市医务工会和单位工会都要提供存在问题清单、提出具体督导意见.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from reports.documents.ledger import Head, Ledger, Part
from scoring.ledger import Entry
from scoring.models import Finding, Scoresheet

HEADS = (
    Head("序号", "n"),
    Head("存在问题"),
    Head("督导意见", "w"),
    Head("整改责任", "t"),
    Head("整改时限", "d"),
)


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
    def paper(self) -> Ledger:
        """The list to be handed to the unit and signed for."""
        visited = f"　{told_day(self.visited_on)}" if self.visited_on else ""
        whose = f"{self.round}，{self.team}" if self.team else self.round
        return Ledger(
            title=self.title,
            under=f"{self.unit}{visited}",
            words=f"{whose}在你单位督导检查中发现下列问题，请按督导意见整改。",
            heads=HEADS,
            parts=(Part(tuple(_row(n, entry) for n, entry in enumerate(self.entries, 1))),),
            empty="没有记录存在问题。",
            signs=("督导组组长", "单位负责人"),
            end=(told_day(timezone.localdate()),),
        )

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


def told_day(day: date) -> str:
    """A day as papers write it."""
    return f"{day:%Y年%-m月%-d日}"


def _row(number: int, entry: Entry) -> tuple[str, ...]:
    finding = entry.finding
    due = told_day(finding.due_on) if finding.due_on else ""
    return (str(number), finding.text, finding.advice, finding.responsible, due)
