"""A unit's places, and the codes on their walls."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from chabaocu.errors import Refused, StaleState, telling, told
from hazards import places as actions
from hazards.addresses import code_address
from hazards.forms.places import NameForm, PlaceForm
from hazards.models import Place
from hazards.tree import tree
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from plans.qr import qr_svg


@require_http_methods(["GET", "POST"])
@requires(P.HAZARD_SETUP)
def place_list(request: HttpRequest) -> HttpResponse:
    """Every place of the unit as a tree, and the form for a new one."""
    unit = request.user.organization
    places = Place.objects.permitted(request.user, P.HAZARD_SETUP).filter(unit=unit)
    data = request.POST if request.method == "POST" else None
    form, error = PlaceForm(data, places=places.active()), ""
    if form.is_valid():
        try:
            place = actions.add(unit, by=request.user, **form.cleaned_data)
        except (Refused, StaleState) as refusal:
            error = told(refusal)
        else:
            messages.success(request, f"已新增“{place}”。")
            return redirect("hazards:place_list")
    found = list(places)
    context = {
        "form": form,
        "error": error,
        "unit": unit,
        "lines": tree(place for place in found if not place.closed_at),
        "closed": [place for place in found if place.closed_at],
    }
    status = 409 if error else 422 if form.errors else 200
    return render(request, "hazards/place_list.html", context, status=status)


@require_http_methods(["GET", "POST"])
def place_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: its code, its name, and how to retire it. POST gives it another name."""
    place = _own(request, pk)
    data = request.POST if request.method == "POST" else None
    form, error = NameForm(data, initial={"name": place.name}), ""
    if form.is_valid():
        place.name = request.POST.get("was", "")  # as the page showed it
        try:
            actions.rename(place, by=request.user, **form.cleaned_data)
        except (Refused, StaleState) as refusal:
            error = told(refusal)
            place.refresh_from_db()
        else:
            messages.success(request, f"已改名为“{place}”。")
            return redirect("hazards:place_detail", place.pk)
    address = code_address(place)
    context = {"place": place, "form": form, "error": error, "address": address}
    context["qr"] = qr_svg(address)
    status = 409 if error else 422 if form.errors else 200
    return render(request, "hazards/place_detail.html", context, status=status)


@require_POST
def place_up(request: HttpRequest, pk: int) -> HttpResponse:
    place = _own(request, pk, closed_at=None)
    actions.move_up(place, by=request.user)
    return redirect("hazards:place_list")


@require_POST
def place_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new code for the wall; the old poster stops working."""
    place = _own(request, pk)
    with telling(request):
        actions.renew(place, by=request.user)
        messages.success(request, "已换新码，墙上的旧海报作废，请重新打印张贴。")
    return redirect("hazards:place_detail", place.pk)


@require_POST
def place_retire(request: HttpRequest, pk: int) -> HttpResponse:
    place = _own(request, pk)
    with telling(request):
        count = actions.retire(place, by=request.user)
        messages.success(request, f"已停用“{place}”{_more(count)}，原来的隐患都在。")
    return redirect("hazards:place_list")


@require_POST
def place_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    place = _own(request, pk)
    with telling(request):
        actions.reopen(place, by=request.user)
        messages.success(request, f"已重新启用“{place}”。")
    return redirect("hazards:place_list")


def _own(request: HttpRequest, pk: int, **lookup: Any) -> Place:
    places = Place.objects.select_related("unit", "parent")
    return fetch(places, request.user, P.HAZARD_SETUP, pk=pk, **lookup)


def _more(count: int) -> str:
    return f"和它下面的 {count - 1} 处" if count > 1 else ""
