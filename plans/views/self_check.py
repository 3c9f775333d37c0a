"""Open 自查自纠 for the units of a round."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from chabaocu.errors import Refused, StaleState, told
from orgs.access import fetch
from orgs.roles import Permission as P
from plans.actions.self_check import open_self_check
from plans.forms.self_check import SelfCheckForm
from plans.models import Plan, Visit
from plans.self_check_phase import phase_of, unasked
from plans.whatnext import address

SHOWN = 50


@require_http_methods(["GET", "POST"])
def self_check_open(request, pk):
    """Which units would be asked, until when, and the button that asks them."""
    plan = fetch(Plan.objects.select_related("issuer"), request.user, P.PLAN_MANAGE, pk=pk)
    phase = phase_of(plan)
    form = None if phase else SelfCheckForm(request.POST or None, initial=_days(plan))
    error = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            days = form.cleaned_data if form else {}
            outcome = open_self_check(plan, by=request.user, **days)
        except (Refused, StaleState) as refused:
            error = told(refused)
        else:
            messages.success(request, f"已请 {outcome.made} 个单位自查自纠。")
            for reason in outcome.left:
                messages.warning(request, f"没有打开：{reason}。")
            return redirect(address("scoring:self_checks", pk))
    waiting = unasked(plan).select_related("target", "region__parent")
    context = {
        "plan": plan,
        "phase": phase,
        "form": form,
        "error": error,
        "rows": waiting.filter(status=Visit.Status.PLANNED).order_by("place", "pk")[:SHOWN],
        "count": waiting.filter(status=Visit.Status.PLANNED).count(),
    }
    return render(request, "plans/self_check_open.html", context)


def _days(plan):
    """From today until the day before the round begins."""
    today = timezone.localdate()
    return {"starts_on": today, "ends_on": max(today, plan.starts_on)}
