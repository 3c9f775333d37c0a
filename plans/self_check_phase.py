"""自查自纠 of a round: its phase, and the units that were not asked yet."""

from django.db.models import QuerySet

from plans.models import Phase, Plan, Visit

SELF = Phase.Scorer.SELF
S = Visit.Status


def phase_of(plan: Plan) -> Phase | None:
    """自查自纠 of the round, if it has one."""
    return plan.phases.filter(scorer=SELF).order_by("order").first()


def unasked(plan: Plan) -> QuerySet[Visit]:
    """The visits of those sent to units that were not asked to check themselves first."""
    checks = plan.visits.filter(scorer=SELF).exclude(status=S.CANCELLED)
    sent = plan.visits.by_teams().exclude(status=S.CANCELLED)
    return sent.exclude(target__in=checks.values("target"))
