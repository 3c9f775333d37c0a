"""Who reported without a name leaves it afterwards, with the receipt of the report."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chabaocu.asking import Asking
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
    asking = Asking(request, ClaimForm, late=NAMED)
    if asking.does(partial(actions.claim, hazard)):
        return redirect("hazards:receipt", receipt)
    return asking.page("rewards/claim.html", hazard=hazard, receipt=receipt)
