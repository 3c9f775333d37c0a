"""Plans: list, detail, and the moves of a plan."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu import edits
from chabaocu.errors import Refused, StaleState, telling, told
from chabaocu.lists import keyset_page
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from plans import actions
from plans.actions.dates import CHANGED, date_changes, fingerprint
from plans.forms.base import ReasonForm
from plans.forms.dates import DatesForm
from plans.forms.plan import CreateForm
from plans.models import Plan, Visit
from plans.outlook import outlook, rule_sentence
from plans.sources import SOURCES
from plans.targets import rubrics_of
from plans.views.reasons import with_reason
from plans.views.visit import BY_DAY, RELATED
from plans.whatnext import what_next

ORDER = ("-year", "-round_number", "-pk")
DONE = [Visit.Status.CONFIRMED, Visit.Status.ARCHIVED]
STANDING = ~Q(visits__status=Visit.Status.CANCELLED)


@require_GET
@requires(P.PLAN_VIEW)
def plan_list(request):
    plans = (
        Plan.objects.visible_to(request.user)
        .select_related("issuer")
        .annotate(
            team_count=Count("teams", distinct=True),
            visit_count=Count("visits", distinct=True, filter=STANDING),
            done_count=Count("visits", distinct=True, filter=Q(visits__status__in=DONE)),
        )
    )
    page = keyset_page(plans, request.GET, order=ORDER)
    context = {"page": page, "may_create": request.user.may(P.PLAN_MANAGE)}
    return render(request, "plans/plan_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.PLAN_MANAGE)
def plan_create(request):
    """A draft from source 1's wording, or an empty one; the first step follows."""
    form = CreateForm(request.POST or None, next_round=_next_round(request.user))
    if form.is_valid():
        try:
            plan = actions.create(
                request.user.organization,
                by=request.user,
                template=_template(request),
                **form.cleaned_data,
            )
            return redirect("plans:plan_basis", plan.pk)
        except Refused as error:
            form.add_error("round_number", told(error))
    return render(request, "plans/plan_create.html", {"form": form, "sources": SOURCES.values()})


def _template(request):
    """The key of the chosen template; none for an empty plan."""
    start = request.POST.get("start", "")
    return start if start in SOURCES else ""


def _next_round(user):
    standing = Plan.objects.visible_to(user).filter(issuer=user.organization_id)
    latest = standing.exclude(status=Plan.Status.CANCELLED).order_by("-year", "-round_number")
    year = CreateForm.this_year()
    return 1 + max((p.round_number for p in latest.filter(year=year)), default=0)


@require_GET
def plan_detail(request, pk):
    """What the plan says, how far it is, and what comes next."""
    plan = fetch(Plan.objects.select_related("issuer", "published_by"), request.user, pk=pk)
    manages = Plan.objects.permitted(request.user, P.PLAN_MANAGE).filter(pk=pk).exists()
    context = {
        "plan": plan,
        "manages": manages,
        "outlook": outlook(plan),
        "rule_sentence": rule_sentence(plan),
        "moves": what_next(plan, request.user) if manages else [],
        "rubrics": rubrics_of(plan),
        "phases": plan.phases.all(),
        "changes": date_changes(plan),
        "reason_form": ReasonForm(),
        "visits": [] if manages else _visits(request.user, plan),
    }
    return render(request, "plans/plan_detail.html", context)


def _visits(user, plan):
    """What those who do not lead the round see of its visits; for the others the schedule."""
    visits = Visit.objects.visible_to(user).filter(plan=plan)
    return visits.exclude(status=Visit.Status.CANCELLED).select_related(*RELATED).order_by(*BY_DAY)


@require_http_methods(["GET", "POST"])
def plan_dates(request, pk):
    """延期或调整: other dates for a published plan, with the reason."""
    plan = fetch(Plan.objects.select_related("issuer"), request.user, P.PLAN_MANAGE, pk=pk)
    if plan.status != Plan.Status.PUBLISHED:
        return redirect("plans:plan_detail", pk)
    seen, late = edits.shown(request, fingerprint(plan)), {}
    form = DatesForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_dates(plan, by=request.user, seen=seen, **form.cleaned_data)
            messages.success(request, "日期已调整，理由已写在方案页上。")
            return redirect("plans:plan_detail", pk)
        except edits.ChangedError:
            plan.refresh_from_db()
            standing, print = DatesForm(plan=plan), fingerprint(plan)
            late = edits.late(plan, form, standing, print=print, action=CHANGED)
        except (Refused, StaleState) as error:
            form.add_error(None, told(error))
    context = {"plan": plan, "form": form, "seen": seen, "here": request.path}
    context |= {"changes": date_changes(plan)} | late
    return render(request, "plans/plan_dates.html", context, status=409 if late else 200)


@require_POST
def plan_publish(request, pk):
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    with telling(request):
        actions.publish(plan, by=request.user)
        messages.success(request, "方案已发布。接下来抽取督导对象。")
        return redirect("plans:plan_detail", pk)
    return redirect("plans:plan_check", pk)


@require_POST
def plan_cancel(request, pk):
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    return with_reason(
        request,
        lambda reason: actions.cancel(plan, by=request.user, reason=reason),
        missing="没有取消：请写明取消方案的理由。",
        done="方案已取消，理由已记录。",
        to=("plans:plan_detail", pk),
    )


@require_POST
def plan_close(request, pk):
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    with telling(request):
        actions.close(plan, by=request.user)
        messages.success(request, "本轮督导已结束。")
    return redirect("plans:plan_detail", pk)
