"""Visits of a plan: made from the draw, put on days, and each one's page."""

from functools import lru_cache

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu import edits
from chabaocu.errors import Refused, StaleState, telling, told
from chabaocu.lists import Each, Keyset
from orgs.access import fetch
from orgs.roles import Permission as P
from plans import actions
from plans.actions.visit import fingerprint
from plans.forms.base import ReasonForm
from plans.forms.visit import AssignForm
from plans.lines import by_day, task_lines
from plans.models import Plan, Team, Visit
from plans.papers import filed_pages, pages_of
from plans.views.reasons import with_reason
from plans.views.schedule import STANDING
from plans.workdays import workdays

RELATED = ("target", "region__parent", "team", "version", "plan__issuer", "pick__replaces")
DETAIL = (*RELATED, "phase")
UNDATED = 50  # of a team, shown before its first day


@require_POST
def visit_create(request, pk):
    """Make the visits that the draw asks for."""
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    with telling(request):
        outcome = actions.create_visits(plan, by=request.user)
        messages.success(request, _created(outcome))
        for reason in outcome.left:
            messages.warning(request, f"没有生成：{reason}。")
    return redirect("plans:visit_schedule", pk)


def _created(outcome):
    if not (outcome.made or outcome.cancelled):
        return "督导已与抽取结果一致，没有新增。"
    more = f"，因替换或作废取消 {outcome.cancelled} 次" if outcome.cancelled else ""
    return f"已生成 {outcome.made} 次督导{more}。"


@require_POST
def visit_spread(request, pk):
    """Give what has no team to the team of its city, over the workdays that are left."""
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    first = max(plan.starts_on, timezone.localdate())
    with telling(request):
        days = workdays(first, plan.visits_end_on)
        outcome = actions.schedule(plan, by=request.user, days=days)
        messages.success(request, f"已为 {outcome.made} 次督导安排督导组和日期。")
        for reason in outcome.left:
            messages.warning(request, f"没有安排：{reason}。")
    return redirect("plans:visit_schedule", pk)


@require_http_methods(["GET", "POST"])
def visit_edit(request, pk):
    """Another team, day or hour for one visit."""
    visits = Visit.objects.select_related(*RELATED).by_teams()
    visit = fetch(visits, request.user, P.PLAN_MANAGE, pk=pk)
    form, late = AssignForm(request.POST or None, visit=visit), {}
    seen = edits.shown(request, fingerprint(visit))
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign(visit, by=request.user, seen=seen, **form.cleaned_data)
            messages.success(request, f"{visit.target}已安排。")
            return redirect("plans:visit_schedule", visit.plan_id)
        except edits.ChangedError:
            visit.refresh_from_db()
            standing, print = AssignForm(visit=visit), fingerprint(visit)
            late = edits.late(visit, form, standing, print=print, action="visit.assign")
        except (Refused, StaleState) as error:
            form.add_error(None, told(error))
    context = {"visit": visit, "plan": visit.plan, "form": form, "reason_form": ReasonForm()}
    context |= {"seen": seen, "here": request.path} | late
    return render(request, "plans/visit_edit.html", context, status=409 if late else 200)


@require_POST
def visit_cancel(request, pk):
    """Record why a drawn unit is not visited."""
    visit = fetch(Visit.objects.select_related("target"), request.user, P.PLAN_MANAGE, pk=pk)
    typed = bool(request.POST.get("reason", "").strip())
    back = ("plans:visit_detail" if visit.is_self else "plans:visit_edit", pk)
    return with_reason(
        request,
        lambda reason: actions.cancel_visit(visit, by=request.user, reason=reason),
        missing="没有取消：请写明取消这次督导的理由。",
        done=f"{visit.target}的{'自查' if visit.is_self else '督导'}已取消，理由已记录。",
        to=("plans:visit_schedule", visit.plan_id) if typed and not visit.is_self else back,
    )


@require_GET
def visit_detail(request, pk):
    """One visit: where, who, when, how far, and the way to its papers."""
    visit = fetch(Visit.objects.select_related(*DETAIL), request.user, pk=pk)
    asked = (P.VISIT_FILL, P.VISIT_SIGN, P.VISIT_REVIEW, P.PLAN_MANAGE, P.RESULT_VIEW)
    fills, signs, reviews, manages, reads = (
        Visit.objects.permitted(request.user, permission).filter(pk=pk).exists()
        for permission in asked
    )
    members = visit.team.members.select_related("user__organization") if visit.team else []
    context = {
        "visit": visit,
        "members": members,
        "pages": pages_of(visit, fills=fills, signs=signs, reviews=reviews),
        "fills": fills,
        "manages": manages,
        "tells": fills or reviews or manages,  # notes of a return are for those who work on it
        "events": visit.events.select_related("by"),
        "reason_form": ReasonForm(),
    }
    context["told"] = context["tells"] or visit.released_at  # who only sees the visit, no score
    if visit.is_self:  # read by its unit, and by the issuer once it is filed
        context["told"] = reads
        context["pages"] += filed_pages(visit, reads=reads and not fills)
    template = "plans/visit_detail.html" if fills else "plans/visit_detail_desk.html"
    return render(request, template, context)


@require_GET
def team_detail(request, pk):
    """One team's people and its visits, day by day; those without a day stand on the first page."""
    team = fetch(Team.objects.select_related("plan"), request.user, pk=pk)
    dated, undated = (_of_team(request.user.scope, pk, is_dated) for is_dated in (True, False))
    page = dated.page(request.GET, load=task_lines)
    first = [] if page.previous else undated.first(UNDATED)
    lines = task_lines(first)
    context = {
        "team": team,
        "members": team.members.select_related("user__organization"),
        "page": page,
        "days": by_day(page),
        "undated": [lines[key] for key in first],
        "today": timezone.localdate(),
    }
    return render(request, "plans/team_detail.html", context)


@lru_cache(maxsize=512)
def _of_team(scope, team, is_dated):
    """The visits of a team that this person sees, by their days or by the order they came in."""
    which = {"team": team, "visit_on__isnull": not is_dated}
    ways = [way.filter(**which) for way in Visit.objects.parts(scope)]
    order = ("visit_on", "pk") if is_dated else ("pk",)
    return Keyset([Each(way, {"status": STANDING}) for way in ways], order)
