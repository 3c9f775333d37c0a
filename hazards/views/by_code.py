"""Report by the code on a wall, without an account, and follow that one report.

Who scans sees the name of the unit and of the place, and afterwards what becomes of the report;
nothing of any other hazard.
"""

from functools import wraps
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chabaocu.errors import Refused
from hazards import actions, evidence
from hazards.addresses import receipt_of, reported_with
from hazards.forms.by_code import MOST_PHOTOS, CodeReportForm
from hazards.forms.report import KINDS
from hazards.history import outside
from hazards.models import Hazard, Place
from hazards.road import road
from orgs.roles import Permission as P

TOO_OFTEN = "这里刚才报得太多了，请过十分钟再报；急的请直接打电话给单位。"
TOO_MANY = f"一次最多 {MOST_PHOTOS} 张照片，请重选。"


def _unlisted(view):
    """No cache keeps such a page, and no search engine lists it."""

    @wraps(view)
    def told(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return told


@login_not_required
@require_http_methods(["GET", "POST"])
@_unlisted
def code(request: HttpRequest, token: str) -> HttpResponse:
    """拍一张、点一类、留不留名: the form of one place."""
    place = _place(token)
    if place is None:
        return render(request, "hazards/code_unknown.html", status=404)
    if request.method == "GET" and _has_account_here(request, place):
        return redirect(f"{reverse('hazards:report')}?place={place.pk}")
    form = CodeReportForm(
        request.POST if request.method == "POST" else None, initial={"report_id": uuid4()}
    )
    error, status = "", 422
    if getattr(request, "is_too_often", False):
        error, status = TOO_OFTEN, 429
    elif form.is_valid():
        try:
            hazard = _keep(request, form, place)
        except Refused as refusal:
            error = str(refusal)
        else:
            return redirect("hazards:receipt", receipt_of(hazard))
    context = {"place": place, "form": form, "error": error}
    context["kinds"] = [(kind.value, kind.label, *KINDS[kind]) for kind in Hazard.Kind]
    status = status if form.errors or error else 200
    return render(request, "hazards/code_report.html", context, status=status)


@login_not_required
@require_safe
@_unlisted
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """What becomes of one report, for whoever holds its receipt; no names but what they wrote."""
    reports = Hazard.objects.unscoped(reason="who holds the receipt of a report follows it")
    reports = reports.select_related("unit", "place", "duplicate_of")
    hazard = reports.filter(pk=reported_with(receipt), source=Hazard.Source.CODE).first()
    if hazard is None:
        return render(request, "hazards/code_unknown.html", status=404)
    context = {
        "hazard": hazard,
        "road": road(hazard),
        "steps": outside(hazard),
        "again": hazard.place if hazard.place and not hazard.place.closed_at else None,
    }
    return render(request, "hazards/receipt.html", context)


def _place(token: str) -> Place | None:
    """The place in use with this code, of a unit in use."""
    places = Place.objects.unscoped(reason="the code on a wall is for whoever stands before it")
    places = places.active().filter(token=token, unit__closed_on=None)
    return places.select_related("unit__region").first()


def _has_account_here(request: HttpRequest, place: Place) -> bool:
    """Their own people report under their name, and follow it under 我的隐患."""
    user = request.user
    if not user.is_authenticated or user.organization_id != place.unit_id:
        return False
    return user.may(P.HAZARD_REPORT)


@transaction.atomic
def _keep(request: HttpRequest, form: CodeReportForm, place: Place) -> Hazard:
    """The hazard with its photos, once; a photo that is refused leaves no report either."""
    photos = request.FILES.getlist("photos")
    if len(photos) > MOST_PHOTOS:
        raise Refused(TOO_MANY)
    source = Hazard.Source.CODE
    hazard = actions.report(
        place.unit, by=None, source=source, place=place, where=place.name, **form.said
    )
    evidence.add_before(hazard, photos, by=None)
    return hazard
