"""The first page: today's visits for inspectors, what waits for a desk, results for a unit."""

from django.db.models import Q
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chabaocu.lists import Each, bounded_counts, keyset_page, told
from orgs.roles import TEAM_PERMISSIONS
from orgs.roles import Permission as P
from plans.hooks import progress_of
from plans.lines import task_lines
from plans.models import Plan, TeamMember, Visit, VisitEvent
from plans.papers import primary, record_form
from plans.views.visit import BY_DAY
from plans.whatnext import address, what_next

S = Visit.Status
OPEN = [S.PLANNED, S.FILLING, S.SIGNING, S.RETURNED]
DONE = [S.SUBMITTED, S.CONFIRMED, S.ARCHIVED]
RELEASABLE = [S.CONFIRMED, S.ARCHIVED]
RELATED = ("target", "region__parent", "team", "version", "pick__replaces__organization")
ROUNDS = 5  # more than a handful of rounds are not under way at once
SHOWN = 30  # of each list; the whole is on its own page
SHORT = 8  # of the lists of a desk


@require_GET
def home(request):
    """The page of whoever asks, by what they have to do."""
    today = timezone.localdate()
    if request.user.may(P.PLAN_MANAGE):
        return desk(request, today)
    if memberships := list(_memberships(request.user)):
        return today_page(request, today, memberships)
    return results(request)


def _memberships(user):
    rows = TeamMember.objects.filter(user=user, team__plan__status=Plan.Status.PUBLISHED)
    return rows.select_related("team__plan").order_by("-team__plan__year", "-team__plan_id")


def my_visits(user):
    """The visits this person fills, of rounds that are going on."""
    rows = Visit.objects.permitted(user, P.VISIT_FILL).filter(plan__status=Plan.Status.PUBLISHED)
    return rows.select_related(*RELATED).order_by(*BY_DAY)


def with_papers(visits, memberships):
    """Each visit with its next deed and its record's number, for the cards."""
    visits = list(visits)
    roles = {membership.team_id: membership.role for membership in memberships}
    for visit in visits:
        signs = P.VISIT_SIGN in TEAM_PERMISSIONS[roles[visit.team_id]]
        visit.primary, visit.record_form = primary(visit, signs=signs), record_form(visit)
    return visits


def add_progress(visits):
    """What each open visit still lacks, and why it came back."""
    told = progress_of(visits)
    returned = [visit.pk for visit in visits if visit.status == S.RETURNED]
    events = VisitEvent.objects.filter(visit__in=returned, move="return").select_related("by")
    notes = {event.visit_id: event for event in events.order_by("at", "pk")}
    for visit in visits:
        visit.progress, visit.returned = told.get(visit.pk), notes.get(visit.pk)


def today_page(request, today, memberships):
    """今日任务: today, what is left from before, what comes."""
    mine = my_visits(request.user)
    visits = with_papers(mine.filter(visit_on=today), memberships)
    late = with_papers(mine.filter(visit_on__lt=today, status__in=OPEN), memberships)
    add_progress(visits + late)
    context = {
        "today": today,
        "memberships": memberships,
        "visits": visits,
        "done": sum(visit.status in DONE for visit in visits),
        "late": late,
        "upcoming": with_papers(
            mine.filter(Q(visit_on__gt=today) | Q(visit_on=None), status__in=OPEN)[:SHOWN],
            memberships,
        ),
    }
    return render(request, "plans/home_today.html", context)


# Each group is read in an order that its index holds; what has no day stands apart.
TASKS = {
    "todo": ("待办", OPEN, {"visit_on__isnull": False}, ("visit_on", "pk")),
    "undated": ("日期未定", OPEN, {"visit_on": None}, ("place", "pk")),
    "done": ("已提交", DONE, {"visit_on__isnull": False}, ("-visit_on", "-pk")),
}


@require_GET
def task_list(request):
    """全部任务: every visit of this person's teams; one group in pages, or the first of each."""
    memberships = list(_memberships(request.user))
    chosen = request.GET.get("group", "")
    if chosen and chosen not in TASKS:
        raise Http404
    names = [chosen] if chosen else list(TASKS)
    groups = [_task_group(request, name, memberships) for name in names]
    context = {
        "groups": [group for group in groups if group["page"].rows],
        "chosen": chosen,
        "memberships": memberships,
    }
    return render(request, "plans/visit_tasks.html", context)


def _task_group(request, name, memberships):
    """One group of the tasks; each team's visits of each state are read along one index."""
    label, states, which, order = TASKS[name]
    mine = Visit.objects.permitted(request.user, P.VISIT_FILL).filter(**which)
    teams = {membership.team_id for membership in memberships}
    parts = [Each(mine, {"team": list(teams), "status": states})]
    count = sum(bounded_counts(parts))
    data = request.GET.copy()
    data["group"] = name
    page = keyset_page(parts, data, order=order, load=task_lines, count=count)
    return {"name": name, "label": label, "count": told(count), "page": page}


@require_GET
def account(request):
    """我的: who I am, my teams, password, look, the way out."""
    context = {"memberships": list(_memberships(request.user))}
    return render(request, "plans/account.html", context)


def first_of(parts, size, *, order):
    """The first visits of several querysets together, with what a table shows beside them."""
    page = keyset_page(parts, QueryDict(), order=order, size=size, count=0, load=_with_names)
    return page.rows


def _with_names(pks):
    rows = Visit.objects.unscoped(reason="keys from a query in scope").filter(pk__in=pks)
    named = rows.select_related("plan", "target", "region__parent", "team", "pick")
    return {visit.pk: visit for visit in named}


def desk(request, today):
    """工作台: what waits for those who run rounds."""
    user = request.user
    plans = Plan.objects.permitted(user, P.PLAN_MANAGE).select_related("issuer__region")
    visits = Visit.objects.permitted(user, P.VISIT_REVIEW)
    live = plans.filter(status__in=[Plan.Status.DRAFT, Plan.Status.PUBLISHED])
    review = visits.filter(status=S.SUBMITTED)
    overdue = visits.filter(plan__status=Plan.Status.PUBLISHED, visit_on__lt=today)
    late = [Each(overdue, {"status": OPEN})]
    todays = visits.filter(visit_on=today).exclude(status=S.CANCELLED)
    waiting, on_day, *behind = bounded_counts([review, todays, *late])
    context = {
        "today": today,
        "rounds": [(plan, what_next(plan, user)) for plan in live[:ROUNDS]],
        "review": first_of([review], SHORT, order=("submitted_at", "pk")),
        "review_count": told(waiting),
        "review_url": address("scoring:review_list"),
        "late": first_of(late, SHORT, order=("visit_on", "pk")),
        "late_count": told(sum(behind)),
        "today_count": told(on_day),
        "inspects": _memberships(user).exists(),
    }
    return render(request, "plans/home_desk.html", context)


def results(request):
    """What was released to this person's unit, or what they can do next."""
    parts = Visit.objects.parts(request.user.scope, P.RESULT_VIEW)
    told_of = [part.filter(released_at__isnull=False) for part in parts]
    released = [Each(part, {"status": RELEASABLE}) for part in told_of]
    rows = first_of(released, SHOWN, order=("-released_at", "-pk"))
    for visit in rows:
        visit.result_url = address("scoring:visit_result", visit.pk)
    return render(request, "plans/home_results.html", {"visits": rows})
