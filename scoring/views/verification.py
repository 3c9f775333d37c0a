"""督导核实: the list of 督导 beside 帮扶, and sending a unit back for 帮扶."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from chabaocu.errors import telling
from orgs.access import fetch
from orgs.roles import Permission as P
from plans.models import Phase, Plan, Visit
from scoring.verification import labels, pairs, send_back


@require_GET
def verification(request: HttpRequest, pk: int) -> HttpResponse:
    """Every 督导 of the round with what differs from the 帮扶, point by point."""
    plan = fetch(Plan.objects.select_related("issuer"), request.user, P.PLAN_MANAGE, pk=pk)
    visits = Visit.objects.permitted(request.user, P.VISIT_REVIEW).filter(
        plan=plan, phase__scorer=Phase.Scorer.TEAM
    )
    visits = visits.exclude(status=Visit.Status.CANCELLED).select_related("target", "region")
    found = pairs(plan, visits.order_by("place", "target_kind", "pk"))
    words = labels(found)
    context = {
        "plan": plan,
        "rows": [(pair, [(words.get(one.code, ""), one) for one in pair.found]) for pair in found],
        "differing": sum(pair.state == "结果不一致" for pair in found),
        "compared": sum(pair.compared for pair in found),
        "is_helped": plan.phases.filter(scorer=Phase.Scorer.HELPERS).exists(),
    }
    return render(request, "scoring/verification.html", context)


@require_POST
def visit_mismatch(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark 结果不一致 and arrange the 帮扶 anew."""
    visits = Visit.objects.select_related("plan", "target", "region")
    visit = fetch(visits, request.user, P.VISIT_REVIEW, pk=pk)
    with telling(request):
        send_back(visit, by=request.user)
        messages.success(request, f"{visit.target}已标为结果不一致，重新帮扶已列入日程，请安排。")
    return redirect("scoring:verification", visit.plan_id)
