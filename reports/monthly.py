"""The figures of one office in one month, from the papers of a round."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from orgs.models import Organization
from plans.models import Plan, Visit
from reports.documents.monthly import Figures, Monthly
from scoring import ledger
from scoring.verification import HANDED_IN


def offices(plan: Plan, user: Any) -> QuerySet[Organization]:
    """The offices at work in a round: whose people inspect, and 科室 that are inspected."""
    visits = Visit.objects.visible_to(user).filter(plan=plan)
    people = visits.values("team__members__user__organization")
    inspected = visits.filter(version__rubric__target="office").values("target")
    every = Organization.objects.unscoped(reason="named by the visits, which are scoped")
    return every.filter(Q(pk__in=people) | Q(pk__in=inspected)).order_by("name_initials", "pk")


def monthly(plan: Plan, office: Organization, month: date, *, user: Any) -> Monthly:
    """The form of one office and one month; ``month`` is its first day."""
    after = _next(month)
    mine = Q(team__members__user__organization=office) | Q(target__parent=office)
    visits = Visit.objects.visible_to(user).filter(plan=plan)
    visits = visits.exclude(status=Visit.Status.CANCELLED)
    own = visits.filter(pk__in=visits.filter(mine).values("pk")).order_by("visit_on", "pk")
    done = own.filter(visit_on__gte=month, visit_on__lt=after, status__in=HANDED_IN)
    coming = own.filter(visit_on__gte=after, visit_on__lt=_next(after))
    problems = ledger.problems(plan, user).filter(sheet__visit__in=done.order_by().values("pk"))
    today = timezone.localdate()
    figures = Figures(
        planned=own.count(),
        visited=tuple(done.values_list("target__name", flat=True)),
        problems=problems.count(),
        fixed=problems.filter(ledger.within("fixed", today)).count(),
        late=problems.filter(ledger.within("late", today)).count(),
        coming=tuple(coming.values_list("target__name", flat=True)),
    )
    return Monthly(office.name, month, plan.title, figures)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
