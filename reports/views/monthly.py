"""XX科室X月份安全生产工作开展情况: chosen, looked at, fetched as PDF and Word."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orgs.access import fetch
from orgs.roles import Permission as P
from plans.models import Plan
from reports.documents.monthly import Monthly
from reports.documents.official import Official
from reports.monthly import monthly, offices


@require_safe
def monthly_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One office's month on screen, with the office and the month to choose."""
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    among = list(offices(plan, request.user))
    told = _told(request, plan, among) if among else None
    month = _month(request)
    context = {"plan": plan, "offices": among, "told": told, "month": f"{month:%Y-%m}"}
    context["chosen"] = request.GET.get("office", "")
    return render(request, "reports/monthly.html", context)


def paper(request: HttpRequest, pk: int) -> Official:
    """The form to print, and as Word to be finished by the office."""
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    among = list(offices(plan, request.user))
    if not among:
        raise Http404
    return _told(request, plan, among).paper


def _told(request: HttpRequest, plan: Plan, among: list) -> Monthly:
    asked = request.GET.get("office", "")
    office = next((one for one in among if str(one.pk) == asked), None)
    if asked and office is None:
        raise Http404
    return monthly(plan, office or among[0], _month(request), user=request.user)


def _month(request: HttpRequest) -> date:
    """The month that was asked for, by default the present one."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)
