"""A report as it stands: read it, issue it, cancel it, begin the next edition."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from briefs import actions
from briefs.models import Brief
from briefs.views.editor import brief_of
from chabaocu.errors import telling
from orgs.access import fetch, granted
from orgs.roles import Permission as P


@require_GET
def brief_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The report to read, its editions, and what this person may do."""
    whole = ("plan__issuer", "region", "created_by", "issued_by", "cancelled_by")
    brief = fetch(Brief.objects.select_related(*whole), request.user, P.RESULT_VIEW, pk=pk)
    same = Brief.objects.visible_to(request.user).filter(
        plan=brief.plan_id, kind=brief.kind, region=brief.region_id
    )
    context = {
        "brief": brief,
        "editions": same.exclude(pk=brief.pk).order_by("-edition"),
        "writes": bool(granted(brief, request.user, P.PLAN_MANAGE)),
        "drafting": same.filter(status=Brief.Status.DRAFT).first(),
    }
    return render(request, "briefs/brief_detail.html", context)


@require_POST
def brief_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze it; the 总工会 it is about reads it from now on."""
    brief = brief_of(request, pk)
    with telling(request):
        actions.issue(brief, by=request.user)
        messages.success(request, f"已印发：{brief}。")
    return redirect("briefs:brief_detail", brief.pk)


@require_POST
def brief_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out of use, with a reason."""
    brief = brief_of(request, pk)
    with telling(request):
        actions.cancel(brief, reason=request.POST.get("reason", "")[:300], by=request.user)
        messages.success(request, f"已作废：{brief}。")
    return redirect("briefs:brief_detail", brief.pk)


@require_POST
def brief_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next edition."""
    brief = brief_of(request, pk)
    with telling(request):
        made = actions.revise(brief, by=request.user)
        return redirect("briefs:brief_edit", made.pk)
    return redirect("briefs:brief_detail", brief.pk)
