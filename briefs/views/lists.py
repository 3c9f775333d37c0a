"""The reports a person sees; begin a new one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from briefs import actions
from briefs.forms import BriefForm
from briefs.models import Brief
from chabaocu.errors import Refused
from chabaocu.lists import keyset_page
from chabaocu.sent import key
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from plans.models import Plan

NEWEST = ("-year", "-round_number", "-pk")


@require_GET
@requires(P.RESULT_VIEW)
def brief_list(request: HttpRequest) -> HttpResponse:
    """Of all rounds or of one; who leads rounds may begin one there."""
    found = Brief.objects.visible_to(request.user).select_related("plan", "region", "created_by")
    plans = Plan.objects.permitted(request.user, P.PLAN_MANAGE)
    plans = list(plans.exclude(status=Plan.Status.DRAFT).order_by(*NEWEST).only("pk", "title"))
    asked = key(request.GET.get("plan"))
    if asked:
        found = found.filter(plan=asked)
    context = {
        "page": keyset_page(found, request.GET, order=["-pk"]),
        "plans": plans,
        "plan": next((one for one in plans if one.pk == asked), None),
    }
    return render(request, "briefs/brief_list.html", context)


@require_http_methods(["GET", "POST"])
def brief_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose kind and place; the draft is made from the data at once."""
    plan = fetch(Plan.objects.select_related("issuer__region"), request.user, P.PLAN_MANAGE, pk=pk)
    data = request.POST if request.method == "POST" else None
    form = BriefForm(data, plan=plan, scope=request.user.scope)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            made = actions.begin(plan, chosen["region"], kind=chosen["kind"], by=request.user)
            return redirect("briefs:brief_edit", made.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"plan": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, "briefs/brief_new.html", context, status=status)
