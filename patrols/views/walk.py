"""On the phone: where to look today, and keeping a patrol in one tap or with what was found."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu.asking import Asking
from chabaocu.errors import Refused, wants_json
from hazards.models import Place
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from patrols import actions
from patrols.coverage import State
from patrols.forms.setup import ReasonForm
from patrols.forms.walk import WalkForm
from patrols.models import Patrol
from patrols.periods import Period
from patrols.standing import Standing, standings

LATEST = 5
# state of the running period → tone, icon, word
LOOKS = {
    State.OPEN: ("warn", "hourglass-split", "该查"),
    State.DONE: ("ok", "check-circle", "已查"),
    State.FREE: ("idle", "dash-circle", "休息日不用查"),
}
NONE = ("idle", "dash-circle", "现在不用查")


@require_GET
@requires(P.HAZARD_REPORT)
def patrol_list(request: HttpRequest) -> HttpResponse:
    """今天该排查: one's own places first, then the rest of the unit's."""
    unit, today = request.user.organization, timezone.localdate()
    if not unit.is_workplace:
        return redirect("patrols:unit_list")
    found = standings(unit, Period(today, today), today)
    rows = [{"one": one, "look": _look(one)} for one in found]
    mine = [row for row in rows if row["one"].keeper == request.user]
    context = {
        "today": today,
        "mine": sorted(mine, key=lambda row: row["look"] != LOOKS[State.OPEN]),
        "others": [row for row in rows if row["one"].keeper != request.user],
        "may_set": request.user.may(P.HAZARD_SETUP),
    }
    return render(request, "patrols/patrol_list.html", context)


@require_GET
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: 没有发现隐患 in one tap, or what was found; and who was here last."""
    place = fetch(
        Place.objects.select_related("unit", "parent"), request.user, P.HAZARD_REPORT, pk=pk
    )
    today = timezone.localdate()
    standing = standings(place.unit, Period(today, today), today, places=[pk])
    patrols = Patrol.objects.permitted(request.user, P.HAZARD_REPORT).filter(place=place)
    context = {
        "place": place,
        "look": _look(standing[0]) if standing else None,
        "standing": standing[0] if standing else None,
        "latest": patrols.select_related("by").order_by("-pk")[:LATEST],
        "patrol_id": uuid4(),
    }
    return render(request, "patrols/place.html", context)


@require_POST
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """没有发现隐患: kept at once."""
    place = fetch(Place.objects.select_related("unit"), request.user, P.HAZARD_REPORT, pk=pk)
    try:
        actions.keep(place, by=request.user, patrol_id=_id(request), done_at=_done_at(request))
    except Refused as refusal:
        if wants_json(request):
            return JsonResponse({"message": str(refusal)}, status=422)
        messages.error(request, str(refusal))
        return redirect("patrols:place", place.pk)
    messages.success(request, f"{place}：已记下，没有发现隐患。")
    return _sent(request, reverse("patrols:patrol_list"))


@require_http_methods(["GET", "POST"])
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found: each becomes a hazard, all of them or none."""
    place = fetch(
        Place.objects.select_related("unit__region"), request.user, P.HAZARD_REPORT, pk=pk
    )
    if request.method == "GET":
        return _findings_page(request, place, WalkForm(str(uuid4())))
    form, error = WalkForm(str(_id(request)), request.POST, request.FILES), ""
    if form.is_valid():
        try:
            patrol = actions.keep(
                place,
                by=request.user,
                patrol_id=_id(request),
                findings=form.said,
                done_at=_done_at(request),
            )
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, f"{place}：已记下，上报隐患 {patrol.found} 条。")
            return _sent(request, reverse("patrols:patrol_detail", args=[patrol.pk]))
    if wants_json(request):
        return JsonResponse({"message": error or form.first_error}, status=422)
    return _findings_page(request, place, form, error or form.error, status=422)


@require_GET
def patrol_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One patrol as it was kept."""
    queryset = Patrol.objects.select_related("place", "unit", "by", "cancelled_by")
    patrol = fetch(queryset, request.user, pk=pk)
    context = {
        "patrol": patrol,
        "findings": patrol.findings.select_related("hazard"),
        "may_cancel": _may_cancel(request.user, patrol),
        "may_view": request.user.may(P.HAZARD_VIEW),
    }
    return render(request, "patrols/patrol_detail.html", context)


@require_http_methods(["GET", "POST"])
def patrol_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back with a reason: who recorded it, or the safety office."""
    patrol = fetch(Patrol.objects.select_related("place"), request.user, pk=pk)
    if patrol.by_id != request.user.pk:
        fetch(Patrol, request.user, P.HAZARD_HANDLE, pk=pk)
    asking = Asking(request, ReasonForm, late="这次排查已经作废。")
    if asking.does(partial(actions.cancel, patrol, by=request.user)):
        messages.success(request, "已作废，这一期重新算作没有查。")
        return redirect("patrols:patrol_detail", patrol.pk)
    return asking.page("patrols/patrol_cancel.html", patrol=patrol)


def _findings_page(
    request: HttpRequest, place: Place, form: WalkForm, error: str = "", status: int = 200
) -> HttpResponse:
    context = {"place": place, "form": form, "error": error}
    return render(request, "patrols/findings.html", context, status=status)


def _sent(request: HttpRequest, address: str) -> HttpResponse:
    """On to the next page; a script is told the address, for it may send long after the page."""
    return JsonResponse({"url": address}) if wants_json(request) else redirect(address)


def _done_at(request: HttpRequest) -> datetime | None:
    """When it was done, as the phone says that kept it; what cannot be read is now."""
    try:
        said = parse_datetime(request.POST.get("done_at", ""))
    except ValueError:
        return None
    return said if said and timezone.is_aware(said) else None


def _id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("patrol_id", ""))
    except ValueError as error:
        raise Http404 from error


def _look(standing: Standing) -> tuple[str, str, str]:
    return LOOKS.get(standing.now.state, NONE) if standing.now else NONE


def _may_cancel(user: Any, patrol: Patrol) -> bool:
    if patrol.cancelled_at:
        return False
    office = Patrol.objects.permitted(user, P.HAZARD_HANDLE).filter(pk=patrol.pk)
    return patrol.by_id == user.pk or office.exists()
