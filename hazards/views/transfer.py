"""The page on which a problem of a visit becomes a hazard."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from chabaocu.asking import Asking
from hazards.models import Hazard
from hazards.transfer import transfer
from hazards.views.detail import page_of
from orgs.access import fetch
from orgs.roles import Permission as P
from scoring.models import Finding


class TransferForm(forms.Form):
    """Where it is and what kind; the words are the problem's own."""

    where = forms.CharField(label="地点", max_length=100, help_text="如：2号泵房东侧。")
    kind = forms.ChoiceField(label="种类", choices=[("", "请选择"), *Hazard.Kind.choices])


@require_http_methods(["GET", "POST"])
def from_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn one problem into a hazard: its team, or who reviews the papers."""
    finding = fetch(
        Finding.objects.select_related("sheet__visit__target", "criterion"), request.user, pk=pk
    )
    if not _may(request.user, finding):
        raise PermissionDenied
    asking = Asking(request, TransferForm)
    if asking.does(partial(transfer, finding, by=request.user)):
        hazard = asking.done
        messages.success(request, f"已转为隐患 {hazard.number}，由单位登记、整改。")
        return redirect(page_of(hazard, request.user))
    return asking.page("hazards/from_finding.html", finding=finding)


def _may(user, finding: Finding) -> bool:
    ways = (P.VISIT_FILL, P.VISIT_REVIEW)
    found = (Finding.objects.permitted(user, way).filter(pk=finding.pk) for way in ways)
    return any(rows.exists() for rows in found)
