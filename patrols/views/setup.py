"""A unit's own rules: how often each level is patrolled, and whose duty each place is."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu.asking import Asking
from chabaocu.errors import Refused, StaleState, telling
from hazards.models import Place
from orgs.access import fetch, requires
from orgs.models import User
from orgs.roles import Permission as P
from patrols import actions
from patrols.forms.setup import DutyForm, PolicyForm, ReasonForm
from patrols.models import Duty, Policy
from patrols.sources import demand

CHANGED = "刚有人改了这一级的规定，请看最新的再决定。"


@require_GET
@requires(P.HAZARD_SETUP)
def policy_list(request: HttpRequest) -> HttpResponse:
    """The rule of each level with what the sources ask, and the places with their people."""
    unit = _workplace(request)
    standing = {policy.level: policy for policy in _standing(request.user)}
    places = Place.objects.permitted(request.user, P.HAZARD_SETUP).filter(unit=unit).active()
    keepers = Duty.objects.permitted(request.user, P.HAZARD_SETUP).standing()
    keepers = dict(keepers.filter(unit=unit).values_list("place_id", "person_id"))
    people = list(_people(unit).values_list("pk", "name"))
    places = list(places.select_related("parent").order_by("parent_id", "pk"))
    context = {
        "unit": unit,
        "levels": [
            {
                "level": level,
                "policy": standing.get(level),
                "asked": demand(unit, level),
                "places": sum(place.level == level for place in places),
            }
            for level in Place.Level
        ],
        "places": [(place, keepers.get(place.pk)) for place in places],
        "people": people,
        "ruled": set(standing),
    }
    return render(request, "patrols/policy_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.HAZARD_SETUP)
def policy_set(request: HttpRequest, level: str) -> HttpResponse:
    """Say how often a level is patrolled; what stood before ends the day before."""
    unit = _workplace(request)
    if level not in Place.Level.values:
        raise Http404
    seen = _standing(request.user).filter(level=level).first()
    data = request.POST if request.method == "POST" else None
    initial = {"every": seen.every, "rest_days": seen.rest_days} if seen else {}
    form, error = PolicyForm(data, unit=unit, level=level, initial=initial), ""
    if form.is_valid():
        if request.POST.get("seen", "") != str(seen.pk if seen else ""):
            error = CHANGED
        else:
            error = _set(request, unit, level, seen, form)
        if not error:
            messages.success(request, f"{Place.Level(level).label}的排查规定已定。")
            return redirect("patrols:policy_list")
    context = {
        "level": Place.Level(level),
        "asked": demand(unit, level),
        "seen": seen,
        "form": form,
        "error": error,
    }
    status = 409 if error else 422 if form.errors else 200
    return render(request, "patrols/policy_set.html", context, status=status)


@require_http_methods(["GET", "POST"])
def policy_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """From tomorrow on this level is not patrolled by a rule; with a reason."""
    policy = fetch(Policy, request.user, P.HAZARD_SETUP, pk=pk)
    asking = Asking(request, ReasonForm, late=CHANGED)
    if asking.does(partial(actions.stop_policy, policy, by=request.user)):
        messages.success(request, f"{policy}：明天起不再要求。")
        return redirect("patrols:policy_list")
    return asking.page("patrols/policy_stop.html", policy=policy)


@require_POST
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose duty a place is from now on."""
    place = fetch(Place.objects.select_related("unit"), request.user, P.HAZARD_SETUP, pk=pk)
    form = DutyForm(request.POST, people=_people(place.unit))
    with telling(request):
        if not form.is_valid():
            raise Refused("请从本单位的人员里选。")
        person = form.cleaned_data["person"]
        actions.assign(place, by=request.user, person=person)
        messages.success(request, f"{place}：{f'由{person}排查' if person else '不固定人'}。")
    return redirect("patrols:policy_list")


def _workplace(request: HttpRequest) -> Any:
    if not request.user.organization.is_workplace:
        raise PermissionDenied
    return request.user.organization


def _standing(user: Any) -> Any:
    rules = Policy.objects.permitted(user, P.HAZARD_SETUP).standing()
    return rules.filter(unit=user.organization_id).select_related("set_by")


def _people(unit: Any) -> Any:
    people = User.objects.unscoped(reason="who rules a unit's patrols names its people")
    return people.filter(organization=unit, is_active=True).order_by("pk")


def _set(request: HttpRequest, unit: Any, level: str, seen: Any, form: PolicyForm) -> str:
    """Keep it; what forbids it, in words."""
    said = form.cleaned_data
    try:
        actions.set_policy(unit, by=request.user, level=level, seen=seen, **said)
    except (Refused, StaleState) as stopped:
        return str(stopped) or CHANGED
    return ""
