"""Units that no draw leads to are added to a phase by hand."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from chabaocu.errors import Refused, StaleState, told
from orgs.access import fetch
from orgs.roles import Permission as P
from plans.actions.naming import add_visits, free_units
from plans.forms.naming import SHOWN, NarrowForm, UnitsForm
from plans.models import Plan


@require_GET
def visit_add(request, pk):
    """The units that may be added to a phase, narrowed by kind and name."""
    plan = fetch(Plan.objects.select_related("issuer__region"), request.user, P.PLAN_MANAGE, pk=pk)
    return _page(request, plan, request.GET)


@require_POST
def visit_name(request, pk):
    """Add the ticked units."""
    plan = fetch(Plan.objects.select_related("issuer__region"), request.user, P.PLAN_MANAGE, pk=pk)
    narrow = NarrowForm(request.POST, plan=plan)
    phase, kind = narrow.chosen
    if not narrow.is_valid() or kind != narrow.cleaned_data["kind"]:
        return _page(request, plan, request.POST, error="请重新选择阶段和对象。")
    form = UnitsForm(request.POST, plan=plan, phase=phase, kind=kind)
    if not form.is_valid():
        return _page(request, plan, request.POST, error=form.errors["units"][0])
    try:
        made = add_visits(
            plan, by=request.user, phase=phase, target=kind, units=form.cleaned_data["units"]
        )
    except (Refused, StaleState) as error:
        return _page(request, plan, request.POST, error=told(error))
    messages.success(request, f"“{phase.name}”阶段已添加 {made} 个单位。")
    return redirect("plans:visit_schedule", pk)


def _page(request, plan, data, error=""):
    form = NarrowForm(data or None, plan=plan)
    phase, kind = form.chosen
    units = free_units(plan, phase, kind) if phase else None
    if units is not None and form.is_valid() and (text := form.cleaned_data["q"]):
        units = units.search(text)
    rows = list(units.select_related("region__parent")[: SHOWN + 1]) if units is not None else []
    context = {
        "plan": plan,
        "form": form,
        "phase": phase,
        "kind": kind,
        "rows": rows[:SHOWN],
        "more": len(rows) > SHOWN,
        "ticked": set(data.getlist("units")) if request.method == "POST" else set(),
        "error": error,
    }
    return render(request, "plans/visit_add.html", context, status=422 if error else 200)
