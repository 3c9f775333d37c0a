"""Who reported without a name leaves it afterwards, with the receipt of the report."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chabaocu.errors import Refused, StaleState
from hazards.addresses import reported_with
from hazards.models import Hazard
from rewards import actions
from rewards.forms import ClaimForm

NAMED = "这条隐患已经有姓名，或者没有登记，不能再留。"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, receipt: str) -> HttpResponse:
    """The form for one name; only whoever holds the receipt can open it."""
    reports = Hazard.objects.unscoped(reason="who holds the receipt of a report follows it")
    hazard = reports.filter(pk=reported_with(receipt), source=Hazard.Source.CODE).first()
    if hazard is None:
        raise Http404
    form, error = ClaimForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        try:
            actions.claim(hazard, name=form.cleaned_data["name"])
        except (Refused, StaleState) as stopped:
            error = str(stopped) or NAMED
        else:
            return redirect("hazards:receipt", receipt)
    context = {"hazard": hazard, "form": form, "error": error, "receipt": receipt}
    status = 409 if error else 422 if form.errors else 200
    return render(request, "rewards/claim.html", context, status=status)
