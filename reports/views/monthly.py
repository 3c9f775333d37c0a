"""XX科室X月份安全生产工作开展情况: chosen, looked at, fetched as PDF and Word."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from orgs.access import fetch
from orgs.roles import Permission as P
from plans.models import Plan
from reports.documents.monthly import Monthly
from reports.monthly import monthly, offices
from reports.render.monthly_docx import monthly_docx
from reports.render.pdf import PrinterMissing, html_pdf
from reports.views.papers import DOCX, PDF, deliver

STYLES = ("css/tokens.css", "css/print-monthly.css")


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


@require_safe
def monthly_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as PDF."""
    told = _only(request, pk)
    try:
        content = html_pdf(
            render_to_string("reports/pdf/monthly.html", {"told": told}), styles=STYLES
        )
    except PrinterMissing:
        return render(request, "reports/printer_missing.html", status=503)
    return deliver(content, PDF, f"{told.title}.pdf")


@require_safe
def monthly_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as Word, to be finished by the office."""
    told = _only(request, pk)
    return deliver(monthly_docx(told), DOCX, f"{told.title}.docx")


def _only(request: HttpRequest, pk: int) -> Monthly:
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    among = list(offices(plan, request.user))
    if not among:
        raise Http404
    return _told(request, plan, among)


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
