"""逾期上报: a missed deadline goes upward step by step, each step once, also after a pause."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef

from audit.record import record
from clocks.calendar import every_workday
from hazards.ladder import BEFORE, steps_due
from hazards.models import Escalation, Hazard
from hazards.notices import after_escalation

BATCH = 500


def escalate(today: date) -> int:
    """Tell every step that is due by ``today`` and was not told; how many were told now.

    Runs again without effect: a step is told once for one deadline, and a deadline that was
    changed begins anew. After days of silence all missed steps follow at once.
    """
    is_workday = every_workday()
    told = 0
    for batch in _batches(today):
        known = _known(batch)
        for hazard in batch:
            due = steps_due(hazard.due_on, today, is_workday)
            missing = [step for step in due if step not in known[hazard.pk, hazard.due_on]]
            told += _tell(hazard, missing) if missing else 0
    return told


def _batches(today: date) -> Iterator[list[Hazard]]:
    """What is due and not told to the end, in the order of the keys.

    None is met twice or missed, whatever moves meanwhile.
    """
    told = Escalation.objects.filter(
        hazard=OuterRef("pk"), due_on=OuterRef("due_on"), step=Escalation.Step.CITY
    )
    hazards = Hazard.objects.unscoped(reason="deadlines run for everybody")
    near = hazards.filter(status=Hazard.Status.RECTIFYING, due_on__lte=today + BEFORE)
    waiting = near.exclude(Exists(told)).select_related("responsible").order_by("pk")
    last = 0
    while batch := list(waiting.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _known(hazards: list[Hazard]) -> dict[tuple[int, date], set[str]]:
    rows = Escalation.objects.filter(hazard__in=hazards)
    known: dict[tuple[int, date], set[str]] = defaultdict(set)
    for pk, due_on, step in rows.values_list("hazard_id", "due_on", "step"):
        known[pk, due_on].add(step)
    return known


@transaction.atomic
def _tell(hazard: Hazard, steps: list[str]) -> int:
    """Keep the steps, unless another worker was first or the hazard moved on meanwhile."""
    held = Hazard.objects.select_for_update().filter(
        pk=hazard.pk, step=hazard.step, due_on=hazard.due_on
    )
    if not held.exists():
        return 0
    told = [step for step in steps if _kept(hazard, step)]
    if told:
        labels = [Escalation.Step(step).label for step in told]
        record("hazard.escalate", hazard, by=None, stream=hazard.stream, after={"told": labels})
        after_escalation(hazard, told)
    return len(told)


def _kept(hazard: Hazard, step: str) -> bool:
    _, is_new = Escalation.objects.get_or_create(hazard=hazard, due_on=hazard.due_on, step=step)
    return is_new
