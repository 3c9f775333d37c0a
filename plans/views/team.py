"""Teams, their members and cities, and 回避."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu import edits
from chabaocu.errors import Refused, StaleState, telling, told
from orgs.access import fetch
from orgs.roles import Permission as P
from orgs.roles import TeamRole
from plans.actions import team as actions
from plans.forms.base import ReasonForm
from plans.forms.team import RecusalForm, TeamForm
from plans.models import Plan, Recusal, Team, Visit
from plans.outlook import cities_of
from plans.recusal import standing_conflicts
from plans.views.reasons import with_reason
from plans.views.steps import step_context

ROLE_ORDER = {TeamRole.LEADER: 0, TeamRole.RECORDER: 1, TeamRole.MEMBER: 2}


@require_GET
def plan_teams(request, pk):
    """The teams of a plan, whom they must stay away from, and what collides."""
    plan = fetch(Plan.objects.select_related("issuer"), request.user, P.PLAN_MANAGE, pk=pk)
    teams = list(plan.teams.prefetch_related("cities", "members__user__organization"))
    for team in teams:
        team.people = sorted(team.members.all(), key=lambda m: (ROLE_ORDER[m.role], m.pk))
    covered = {city.pk for team in teams for city in team.cities.all()}
    recusals = Recusal.objects.visible_to(request.user).standing()
    context = step_context(
        plan,
        "teams",
        teams=teams,
        uncovered=[city for city in cities_of(plan) if city.pk not in covered],
        conflicts=standing_conflicts(plan),
        recusals=recusals.select_related("user", "organization").order_by("-declared_at"),
        reason_form=ReasonForm(),
        is_open=plan.status in actions.OPEN_PLANS,
    )
    return render(request, "plans/plan_teams.html", context)


@require_http_methods(["GET", "POST"])
def team_create(request, pk):
    plan = fetch(Plan.objects.select_related("issuer"), request.user, P.PLAN_MANAGE, pk=pk)
    return _team_page(request, plan, None)


@require_http_methods(["GET", "POST"])
def team_edit(request, pk):
    visible = Team.objects.select_related("plan__issuer").prefetch_related("members", "cities")
    team = fetch(visible, request.user, P.PLAN_MANAGE, pk=pk)
    return _team_page(request, team.plan, team)


def _team_page(request, plan, team):
    def make_form(data):
        return TeamForm(data, plan=plan, team=team, cities=cities_of(plan))

    form, seen = make_form(request.POST or None), edits.shown(request, _print(team))
    late = {}
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_team(
                plan, by=request.user, team=team, seen=seen, **form.cleaned_data
            )
            messages.success(request, f"{saved.name}已保存。")
            return redirect("plans:plan_teams", plan.pk)
        except edits.ChangedError:
            team = plan.teams.get(pk=team.pk)
            late = edits.late(team, form, make_form(None), print=_print(team), action="team.edit")
        except (Refused, StaleState) as error:
            form.add_error(None, told(error))
    context = {"plan": plan, "team": team, "form": form, "seen": seen, "here": request.path}
    return render(request, "plans/team_form.html", context | late, status=409 if late else 200)


def _print(team):
    """What the page of a team shows; a new one shows nothing yet."""
    return actions.fingerprint(team) if team else ""


@require_POST
def team_disband(request, pk):
    team = fetch(Team.objects.select_related("plan"), request.user, P.PLAN_MANAGE, pk=pk)
    with telling(request):
        actions.disband(team, by=request.user)
        messages.success(request, f"{team.name}已撤销。")
    return redirect("plans:plan_teams", team.plan_id)


@require_http_methods(["GET", "POST"])
def recusal_create(request, pk):
    """Note an interest of somebody who may be sent."""
    plan = fetch(Plan.objects.select_related("issuer"), request.user, P.PLAN_MANAGE, pk=pk)
    form = RecusalForm(request.POST or None, plan=plan, user=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.declare_recusal(
                data["person"],
                by=request.user,
                organization=data["unit"],
                reason=data["reason"],
            )
            messages.success(request, f"已登记：{data['person'].name}回避{data['unit'].name}。")
            return redirect("plans:plan_teams", pk)
        except Refused as error:
            form.add_error("unit", told(error))
    return render(request, "plans/recusal_form.html", {"plan": plan, "form": form})


@require_POST
def recusal_withdraw(request, pk, recusal_pk):
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    recusal = fetch(Recusal, request.user, P.PLAN_MANAGE, pk=recusal_pk)
    return with_reason(
        request,
        lambda reason: actions.withdraw_recusal(recusal, by=request.user, reason=reason),
        missing="没有撤销：请写明撤销回避的理由。",
        done="回避已撤销，理由已记录。",
        to=("plans:plan_teams", plan.pk),
    )


@require_POST
def recusal_declare(request, pk):
    """An inspector says of one of their own visits that they have an interest in the unit."""
    visit = fetch(Visit.objects.select_related("target"), request.user, P.VISIT_FILL, pk=pk)
    declare = partial(actions.declare_recusal, request.user, by=request.user)
    return with_reason(
        request,
        lambda reason: declare(organization=visit.target, reason=reason),
        missing="没有申报：请写明为什么须回避。",
        done="回避已申报，请等发文单位改派；改派前请不要打分。",
        to=("plans:visit_detail", pk),
    )
