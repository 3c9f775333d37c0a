"""The first page: today's visits for inspectors, what waits for a desk, results for a unit."""

from datetime import time
from functools import lru_cache

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chabaocu.lists import Each, Keyset, told, totals
from chabaocu.prepared import Rows, Select, Slot
from orgs.roles import TEAM_PERMISSIONS
from orgs.roles import Permission as P
from plans.first_steps import first_steps
from plans.hooks import home_cards, progress_of
from plans.lines import task_lines, visit_lines
from plans.models import Plan, TeamMember, Visit, VisitEvent
from plans.papers import primary, record_form
from plans.self_checks import own_checks
from plans.whatnext import address, what_next

S = Visit.Status
OPEN = (S.PLANNED, S.FILLING, S.SIGNING, S.RETURNED)
DONE = (S.SUBMITTED, S.CONFIRMED, S.ARCHIVED)
RELEASABLE = [S.CONFIRMED, S.ARCHIVED]
LIVE = {Plan.Status.DRAFT, Plan.Status.PUBLISHED}
ROUNDS = 5  # more than a handful of rounds are not under way at once
SHOWN = 50  # of each list; the whole is on its own page
SHORT = 8  # of the lists of a desk
NEXT = 6  # of what comes after today
BY_DAY = ("visit_on", "pk")
REASON = "keys from a query in scope"
RELATED = ("plan", "target", "region__parent", "team", "version", "pick__replaces__organization")
VISITS = Rows(lambda: Visit.objects.unscoped(reason=REASON).select_related(*RELATED))
MEMBERSHIPS = Select(
    lambda: (
        TeamMember.objects.filter(user=Slot("user"), team__plan__status=Plan.Status.PUBLISHED)
        .select_related("team__plan")
        .order_by("-team__plan__year", "-team__plan_id")
    )
)


@require_GET
def home(request):
    """The page of whoever asks, by what they have to do."""
    today = timezone.localdate()
    if request.user.may(P.PLAN_MANAGE):
        return desk(request, today)
    if memberships := list(_memberships(request.user)):
        return today_page(request, today, memberships)
    return results(request, today)


def _memberships(user):
    return MEMBERSHIPS.rows(user=user.pk)


def _loaded(*lists):
    """The visits of several lists of keys, read at once."""
    visits = {visit.pk: visit for visit in VISITS.of([pk for pks in lists for pk in pks])}
    return [[visits[pk] for pk in pks if pk in visits] for pks in lists]


@lru_cache(maxsize=1024)
def _mine(scope, teams, states, order, **which):
    """Visits that this person fills; those of each team in each state stand along one index.

    A 自查 has no team, so no visit is in two of the ways to come to fill one.
    """
    ways = [way.filter(**which) for way in Visit.objects.parts(scope, P.VISIT_FILL)]
    return Keyset([Each(way, {"team": teams, "status": states}) for way in ways], order)


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
    mine = request.user.scope, tuple(membership.team_id for membership in memberships)
    left = _mine(*mine, OPEN, BY_DAY, visit_on__lt=today)
    now = _mine(*mine, OPEN + DONE, BY_DAY, visit_on=today)
    coming = _mine(*mine, OPEN, BY_DAY, visit_on__gt=today).first(NEXT)
    coming = coming or _mine(*mine, OPEN, ("pk",), visit_on=None).first(NEXT)
    found = _loaded(now.first(SHOWN), left.first(SHOWN), coming)
    visits, late, upcoming = (
        with_papers(sorted(visits, key=_hour), memberships) for visits in found
    )
    add_progress(visits + late)
    context = {
        "today": today,
        "memberships": memberships,
        "visits": visits,
        "done": sum(visit.status in DONE for visit in visits),
        "checks": _checks(request.user, today),
        "cards": home_cards(request.user, today),
        "late": late,
        "late_count": told(*totals(left)) if late else "",
        "upcoming": upcoming,
    }
    return render(request, "plans/home_today.html", context)


def _hour(visit):
    """By the clock; what has no hour comes last on its day."""
    day = visit.visit_on.toordinal() if visit.visit_on else 0
    return day, visit.starts_at or time.max, visit.place, visit.target_kind, visit.pk


# Each group is read in an order that its index holds; what has no day stands apart.
TASKS = {
    "todo": ("待办", OPEN, {"visit_on__isnull": False}, ("visit_on", "pk")),
    "undated": ("日期未定", OPEN, {"visit_on": None}, ("pk",)),
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
    teams = tuple(membership.team_id for membership in memberships)
    groups = [_task_group(request, name, teams) for name in names]
    context = {
        "groups": [group for group in groups if group["page"].rows],
        "chosen": chosen,
        "memberships": memberships,
    }
    return render(request, "plans/visit_tasks.html", context)


def _task_group(request, name, teams):
    """One group of the tasks, or its beginning."""
    label, states, which, order = TASKS[name]
    keys = _mine(request.user.scope, teams, states, order, **which)
    [count] = totals(keys)
    data = request.GET.copy()
    data["group"] = name
    page = keys.page(data, load=task_lines, count=count)
    return {"name": name, "label": label, "count": told(count), "page": page}


@require_GET
def account(request):
    """我的: who I am, my teams, password, look, the way out."""
    context = {"memberships": list(_memberships(request.user))}
    return render(request, "plans/account.html", context)


@lru_cache(maxsize=512)
def _rounds(scope):
    """The rounds this person leads, the newest first."""
    plans = Plan.objects.within(scope, P.PLAN_MANAGE).exclude(status=Plan.Status.CANCELLED)
    return Select(lambda: plans.select_related("issuer__region"))


@lru_cache(maxsize=512)
def _waiting(scope, rounds):
    """What was handed in, the oldest first."""
    visits = Visit.objects.within(scope, P.VISIT_REVIEW)
    return Keyset([Each(visits, {"plan": rounds, "status": [S.SUBMITTED]})], ("submitted_at", "pk"))


@lru_cache(maxsize=512)
def _late(scope, rounds, today):
    """What should have been visited and handed in."""
    visits = Visit.objects.within(scope, P.VISIT_REVIEW).filter(visit_on__lt=today)
    return Keyset([Each(visits, {"plan": rounds, "status": OPEN})], ("visit_on", "pk"))


@lru_cache(maxsize=512)
def _todays(scope, rounds, today):
    visits = Visit.objects.within(scope, P.VISIT_REVIEW).filter(visit_on=today)
    return Keyset([Each(visits, {"plan": rounds, "status": OPEN + DONE})])


def desk(request, today):
    """工作台: what waits for those who run rounds."""
    user, scope = request.user, request.user.scope
    plans = _rounds(scope).rows()
    live = [plan for plan in plans if plan.status in LIVE]
    begun = tuple(plan.pk for plan in plans if not plan.is_draft)
    going = tuple(plan.pk for plan in plans if plan.status == Plan.Status.PUBLISHED)
    waiting, behind = _waiting(scope, begun), _late(scope, going, today)
    numbers = totals(waiting, behind, _todays(scope, begun, today))
    review_count, late_count, today_count = map(told, numbers)
    review, late = waiting.first(SHORT), behind.first(SHORT)
    lines = visit_lines(review + late)
    context = {
        "today": today,
        "rounds": [(plan, what_next(plan, user)) for plan in live[:ROUNDS]],
        "review": [lines[pk] for pk in review],
        "review_count": review_count,
        "review_url": address("scoring:review_list"),
        "late": [lines[pk] for pk in late],
        "late_count": late_count,
        "today_count": today_count,
        "inspects": bool(_memberships(user)),
    }
    return render(request, "plans/home_desk.html", context)


@lru_cache(maxsize=512)
def _released(scope):
    """Results this person was told of, each way to see them along its own index."""
    parts = Visit.objects.parts(scope, P.RESULT_VIEW)
    told_of = [part.filter(released_at__isnull=False) for part in parts]
    released = [Each(part, {"status": RELEASABLE}) for part in told_of]
    return Keyset(released, ("-released_at", "-pk"))


def results(request, today):
    """What was released to this person's unit, or what they can do next."""
    [rows] = _loaded(_released(request.user.scope).first(SHOWN))
    for visit in rows:
        visit.result_url = address("scoring:visit_result", visit.pk)
    context = {
        "visits": rows,
        "steps": first_steps(request.user),
        "checks": _checks(request.user, today),
        "cards": home_cards(request.user, today),
    }
    return render(request, "plans/home_results.html", context)


def _checks(user, today):
    """自查 of this person's unit; asked only of those who may fill one."""
    return own_checks(user, today) if user.may(P.SELF_CHECK) else []
