"""Plans: list, detail, and the moves of a plan."""

from functools import lru_cache, partial

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu import edits
from chabaocu.errors import Refused, StaleState, telling, told
from chabaocu.lists import Each, Keyset, keyset_page
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from plans import actions
from plans.actions.dates import CHANGED, date_changes, fingerprint
from plans.forms.base import ReasonForm
from plans.forms.dates import DatesForm
from plans.forms.plan import CreateForm
from plans.lines import visit_lines
from plans.models import Plan, Team, Visit
from plans.outlook import outlook, rule_sentence
from plans.papers import tables_of
from plans.sources import SOURCES
from plans.views.reasons import with_reason
from plans.views.schedule import BY_PLACE, STANDING
from plans.whatnext import what_next

ORDER = ("-year", "-round_number", "-pk")
NUMBERS = "the numbers of plans in scope"
DONE = [Visit.Status.CONFIRMED, Visit.Status.ARCHIVED]


@require_GET
@requires(P.PLAN_VIEW)
def plan_list(request):
    plans = Plan.objects.visible_to(request.user)
    page = keyset_page(plans, request.GET, order=ORDER, load=partial(_with_counts, plans))
    context = {"page": page, "may_create": request.user.may(P.PLAN_MANAGE)}
    return render(request, "plans/plan_list.html", context)


def _with_counts(plans, pks):
    """The plans with how many teams and visits each has; a join of both would multiply them."""
    found = plans.select_related("issuer").in_bulk(pks)
    teams = Team.objects.unscoped(reason=NUMBERS).filter(plan__in=pks).order_by()
    teams = dict(teams.values_list("plan").annotate(Count("pk")))
    visits = Visit.objects.unscoped(reason=NUMBERS).by_teams().filter(plan__in=pks)
    standing = visits.exclude(status=Visit.Status.CANCELLED).order_by().values_list("plan")
    done = Q(status__in=DONE)
    numbers = {
        pk: rest for pk, *rest in standing.annotate(all=Count("pk"), done=Count("pk", filter=done))
    }
    for pk, plan in found.items():
        plan.team_count = teams.get(pk, 0)
        plan.visit_count, plan.done_count = numbers.get(pk, (0, 0))
    return found


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
        "rubrics": tables_of(plan, request.user),
        "phases": plan.phases.all(),
        "changes": date_changes(plan),
        "reason_form": ReasonForm(),
    }
    if not manages:  # who does has the schedule
        context["page"] = _visits(request.user.scope, pk).page(request.GET, load=visit_lines)
    return render(request, "plans/plan_detail.html", context)


@lru_cache(maxsize=512)
def _visits(scope, plan):
    """What those who do not lead a round see of its visits."""
    seen = [part.filter(plan=plan) for part in Visit.objects.parts(scope)]
    return Keyset([Each(part, {"status": STANDING}) for part in seen], BY_PLACE)


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
