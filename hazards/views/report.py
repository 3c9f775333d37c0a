"""Report a hazard in three taps, and follow what becomes of it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from chabaocu.errors import Refused, wants_json
from chabaocu.lists import keyset_page
from hazards import actions, evidence
from hazards.forms.report import KINDS, ReportForm
from hazards.guards import AFTER
from hazards.history import steps
from hazards.models import Hazard, Place
from hazards.road import road
from hazards.similar import similar
from hazards.workflow import moves_for
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from orgs.roles import Role

SOURCES = {Role.SAFETY_OFFICER: Hazard.Source.OFFICER}


@require_http_methods(["GET", "POST"])
@requires(P.HAZARD_REPORT)
def report(request: HttpRequest) -> HttpResponse:
    """拍照、在哪里、是什么: one form, three taps; without JavaScript a plain page."""
    unit = request.user.organization
    places = Place.objects.visible_to(request.user).filter(unit=unit).active()
    data = request.POST if request.method == "POST" else None
    first = {"report_id": uuid4(), "place": request.GET.get("place", "")}
    form = ReportForm(data, places=places, initial=first)
    error = ""
    if form.is_valid():
        try:
            hazard = _keep(request, form)
        except Refused as refusal:
            error = str(refusal)
        else:
            return _sent(request, hazard)
    context = {
        "form": form,
        "unit": unit,
        "error": error,
        "kinds": [(kind.value, kind.label, *KINDS[kind]) for kind in Hazard.Kind],
        "places": _offered(request.user, places),
        "known": similar(unit),
    }
    status = 422 if form.errors or error else 200
    if wants_json(request) and status == 422:
        told = error or next(iter(form.errors.values()))[0]
        return JsonResponse({"message": told}, status=status)
    return render(request, "hazards/report.html", context, status=status)


@require_GET
@requires(P.HAZARD_REPORT)
def known(request: HttpRequest) -> HttpResponse:
    """What is reported at this spot already, asked while the report is written."""
    place = request.GET.get("place", "")
    found = similar(
        request.user.organization,
        where=request.GET.get("where", "")[:100],
        place=int(place) if place.isdecimal() else None,
    )
    return render(request, "hazards/_known.html", {"known": found})


@require_GET
def reported(request: HttpRequest, pk: int) -> HttpResponse:
    """It is kept: its number, and how to take it back."""
    hazard = fetch(Hazard, request.user, P.HAZARD_FOLLOW, pk=pk)
    moves = {move.name for move in moves_for(hazard, request.user)}
    context = {"hazard": hazard, "may_withdraw": "withdraw" in moves}
    return render(request, "hazards/reported.html", context)


@require_GET
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """What becomes of it, for who reported it and who rectifies it."""
    queryset = Hazard.objects.select_related("unit", "responsible", "duplicate_of")
    hazard = fetch(queryset, request.user, P.HAZARD_FOLLOW, pk=pk)
    held = list(evidence.of(hazard))
    context = {
        "hazard": hazard,
        "road": road(hazard),
        "steps": steps(hazard, request.user),
        "before": [file for file in held if file.slot == evidence.BEFORE],
        "after": [file for file in held if file.slot == AFTER],
        "moves": moves_for(hazard, request.user),
        "days": hazard.days_left(timezone.localdate()),
        "upload_id": uuid4(),
    }
    return render(request, "hazards/follow.html", context)


@require_GET
@requires(P.HAZARD_REPORT)
def mine(request: HttpRequest) -> HttpResponse:
    """What I reported and what I have to rectify, the newest first."""
    rows = Hazard.objects.permitted(request.user, P.HAZARD_FOLLOW)
    page = keyset_page(rows, request.GET, order=["-pk"])
    return render(request, "hazards/mine.html", {"page": page, "user_id": request.user.pk})


def _sent(request: HttpRequest, hazard: Hazard) -> HttpResponse:
    """On to its number; a script is told the address, for it may send long after the page."""
    address = reverse("hazards:reported", args=[hazard.pk])
    return JsonResponse({"url": address}) if wants_json(request) else redirect(address)


@transaction.atomic
def _keep(request: HttpRequest, form: ReportForm) -> Hazard:
    """The hazard with its photos; a photo that is refused leaves no report either."""
    source = SOURCES.get(request.user.role, Hazard.Source.WORKER)
    unit = request.user.organization
    hazard = actions.report(unit, by=request.user, source=source, **form.said)
    evidence.add_before(hazard, request.FILES.getlist("photos"), by=request.user)
    if hazard.step == 0:
        messages.success(request, "已上报，安全管理部门会登记。")
    return hazard


def _offered(user: Any, places: Any) -> list[Place]:
    """Where this person reported last comes first."""
    own = Hazard.objects.permitted(user, P.HAZARD_FOLLOW)
    last = own.filter(reported_by=user, place__isnull=False).order_by("-pk")
    recent = list(dict.fromkeys(last.values_list("place", flat=True)[:50]))
    return sorted(places, key=lambda p: recent.index(p.pk) if p.pk in recent else len(recent))
