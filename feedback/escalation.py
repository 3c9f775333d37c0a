"""Letters that nobody answers go upward, each step once, also after a pause.

No source names these days; they are the platform's own and are named as such where they show.
"""

from datetime import date

from django.db import transaction

from audit.record import record
from clocks.calendar import every_workday
from clocks.ladder import reached
from feedback import notices
from feedback.models import Letter, LetterEscalation

Step = LetterEscalation.Step
WORKDAYS = {Step.UNIT: 0, Step.COUNTY: 3, Step.CITY: 5, Step.ISSUER: 10}
RULE = "平台规定：逾期当日提醒单位，3个工作日报县级工会，5个工作日报市级工会，10个工作日报发文工会"
BATCH = 500


def escalate(today: date) -> int:
    """Tell every step that is due by ``today`` and was not told; how many were told now."""
    is_workday, told, last = every_workday(), 0, 0
    every = Letter.objects.unscoped(reason="terms run for everybody").awaited()
    late = every.filter(due_on__lt=today).order_by("pk")
    while batch := list(late.filter(pk__gt=last).prefetch_related("escalations")[:BATCH]):
        for letter in batch:
            steps = reached(letter.due_on, today, is_workday, WORKDAYS)
            told += _tell(letter, [step for step in steps if step not in _known(letter)])
        last = batch[-1].pk
    return told


def _known(letter: Letter) -> set[str]:
    return {one.step for one in letter.escalations.all() if one.due_on == letter.due_on}


@transaction.atomic
def _tell(letter: Letter, steps: list[str]) -> int:
    """Keep the steps, unless another worker was first or the letter was answered meanwhile."""
    here = Letter.objects.filter(pk=letter.pk, step=letter.step)
    if not steps or not here.select_for_update().exists():
        return 0
    told = [step for step in steps if _kept(letter, step)]
    if told:
        labels = [Step(step).label for step in told]
        stream = letter.visit.stream
        record("letter.escalate", letter, by=None, stream=stream, after={"told": labels})
        notices.after_escalation(letter, told)
    return len(told)


def _kept(letter: Letter, step: str) -> bool:
    return LetterEscalation.objects.get_or_create(letter=letter, due_on=letter.due_on, step=step)[1]
