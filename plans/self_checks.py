"""自查自纠 as those see it who have to do it, and the round that asks them. No scores here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from orgs.roles import Permission as P
from plans.models import Phase, Plan, Visit
from plans.papers import Page, primary

S = Visit.Status
SELF = Phase.Scorer.SELF
SOON_DAYS = 3


@dataclass(frozen=True)
class OwnCheck:
    """A 自查 on the first page of the unit that owes it."""

    visit: Visit
    is_closed: bool  # the team has begun, and it was not filed
    days_left: int
    page: Page

    @property
    def is_filed(self) -> bool:
        return self.visit.status == S.FILED

    @property
    def tone(self) -> str:
        """How it is coloured: done, urgent, or neither."""
        if self.is_filed:
            return "ok"
        if self.is_closed or self.days_left < 0:
            return "danger"
        return "warn" if self.days_left <= SOON_DAYS else "info"

    @property
    def reminder(self) -> str:
        """自查自纠：还有 3 天."""
        return f"{self.visit.phase.name}：{self._left}"

    @property
    def _left(self) -> str:
        if self.is_filed:
            return "已报送"
        if self.is_closed:
            return "没有报送，督导组已经开始填写"
        if self.days_left > 0:
            return f"还有 {self.days_left} 天"
        return f"已逾期 {-self.days_left} 天，请尽快报送" if self.days_left else "今天截止"


def own_checks(user: Any, today: date) -> list[OwnCheck]:
    """What this person's unit has to say of itself in the rounds that are going on."""
    mine = Visit.objects.permitted(user, P.VISIT_FILL).filter(
        scorer=SELF, plan__status=Plan.Status.PUBLISHED
    )
    rows = list(mine.select_related("plan__issuer", "phase", "version", "target"))
    late = closed(rows)
    return [
        OwnCheck(
            visit, visit.pk in late, (visit.phase.ends_on - today).days, primary(visit, signs=True)
        )
        for visit in sorted(rows, key=lambda one: (one.status == S.FILED, one.phase.ends_on))
    ]


def closed(checks: list[Visit]) -> set[int]:
    """Of these 自查, those that can no longer be filed: somebody who was sent has begun."""
    waiting = [visit for visit in checks if visit.status != S.FILED]
    if not waiting:
        return set()
    sent = Visit.objects.unscoped(reason="who came to the same units").by_teams()
    sent = sent.filter(plan__in={one.plan_id for one in waiting})
    begun = sent.filter(target__in={one.target_id for one in waiting})
    begun = begun.exclude(status__in=[S.PLANNED, S.CANCELLED])
    pairs = set(begun.values_list("plan", "target"))
    return {one.pk for one in waiting if (one.plan_id, one.target_id) in pairs}
