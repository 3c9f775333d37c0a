"""督导核实: each 督导 beside the 帮扶 of the same unit, and what goes back for 帮扶.

《石狮市开展重点镇安全生产标准化提质增效督导帮扶行动实施方案》四（二）2.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from plans.models import Phase, Plan, Visit, VisitEvent
from rubrics.models import Criterion
from scoring.comparison import Difference, differences
from scoring.models import Scoresheet
from scoring.standings import DONE

S = Visit.Status
HANDED_IN = DONE | {S.SUBMITTED}
MOVE = "mismatch"


@dataclass
class Pair:
    """A 督导 and the 帮扶 before it; ``again`` is the 帮扶 that came of their difference."""

    supervised: Visit
    helped: Visit | None
    again: Visit | None = None
    found: list[Difference] = field(default_factory=list)
    compared: bool = False

    @property
    def state(self) -> str:
        """一致, 结果不一致, or what is still waited for."""
        if self.helped is None:
            return "没有帮扶"
        if not self.compared:
            return "未核实"
        return "结果不一致" if self.found or self.supervised.mismatched_at else "一致"

    @property
    def may_send_back(self) -> bool:
        visit = self.supervised
        return bool(self.found) and not visit.mismatched_at and visit.status == S.CONFIRMED


def pairs(plan: Plan, supervised: Iterable[Visit]) -> list[Pair]:
    """The pairs of these 督导 of a plan, in their order, compared where both are handed in."""
    visits = list(supervised)
    helping = plan.visits.filter(phase__scorer=Phase.Scorer.HELPERS).exclude(status=S.CANCELLED)
    helping = list(helping.filter(target__in=[v.target_id for v in visits]).order_by("pk"))
    before = {visit.target_id: visit for visit in helping if visit.follows_id is None}
    again = {visit.follows_id: visit for visit in helping if visit.follows_id}
    made = [Pair(v, before.get(v.target_id), again.get(v.pk)) for v in visits]
    points = _points([pair.helped for pair in made if pair.helped] + visits)
    for pair in made:
        both = [points.get(one.pk) for one in (pair.helped, pair.supervised) if one]
        if len(both) == 2 and None not in both:
            pair.found, pair.compared = differences(*both), True
    return made


def _points(visits: Iterable[Visit]) -> dict[int, list[Mapping[str, Any]]]:
    """The frozen points of those that are handed in, by visit."""
    drafts = {visit.pk: visit.revision for visit in visits if visit.status in HANDED_IN}
    sheets = Scoresheet.objects.unscoped(reason="the papers of visits in scope")
    rows = sheets.filter(visit__in=drafts, frozen_at__isnull=False)
    rows = rows.values_list("visit", "revision", "frozen__points")
    return {visit: points for visit, revision, points in rows if drafts[visit] == revision}


def labels(found: Iterable[Pair]) -> dict[str, str]:
    """What each differing point asks, by its code."""
    found = list(found)
    versions = {one.version_id for pair in found for one in (pair.helped, pair.supervised) if one}
    codes = {one.code for pair in found for one in pair.found}
    points = Criterion.objects.filter(code__in=codes, item__section__version__in=versions)
    return dict(points.values_list("code", "text"))


@transaction.atomic
def send_back(visit: Visit, *, by: Any) -> Visit:
    """Mark a confirmed 督导 结果不一致 and give the unit a new 帮扶, linked to it.

    Refused where the results agree, or there is nothing to compare.
    """
    rows = Visit.objects.filter(pk=visit.pk, status=S.CONFIRMED, mismatched_at=None)
    if not rows.update(mismatched_at=timezone.now()):
        raise StaleState
    visit.refresh_from_db()
    [pair] = pairs(visit.plan, [visit])
    if not pair.found:
        raise Refused("督导和帮扶的结果没有不一致的地方，不需要重新帮扶。")
    again = _help_again(visit, pair.helped)
    note = f"与帮扶结果有 {len(pair.found)} 处不一致，重新帮扶。"
    VisitEvent.objects.create(
        visit=visit, move=MOVE, source=visit.status, target=visit.status, by=by, note=note
    )
    codes = [one.code for one in pair.found]
    after = {"codes": codes}
    record("visit.mismatch", visit, by=by, stream=visit.stream, after=after, reason=note)
    record("visit.add", again, by=by, stream=again.stream, after={"follows": f"{visit}#{visit.pk}"})
    return again


def _help_again(visit: Visit, helped: Visit) -> Visit:
    """The experts come again, by the table and in the phase of the first 帮扶."""
    return Visit.objects.create(
        plan_id=visit.plan_id,
        phase_id=helped.phase_id,
        target_id=visit.target_id,
        target_kind=visit.target_kind,
        region=visit.region,
        version_id=helped.version_id,
        questions=helped.questions,
        follows=visit,
    )
