"""The round board (design D4): where every visit of a round stands."""

from datetime import date
from functools import lru_cache
from hashlib import blake2b

from django.db.models import Case, Count, F, Max, Min, QuerySet, When
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from chabaocu.lists import addresses
from chabaocu.prepared import Select, Slot
from orgs.access import requires
from orgs.models import Region
from orgs.roles import Permission as P
from orgs.scope import Scope
from plans.models import Phase, Plan, TeamMember, Visit
from scoring.board import CITY, COUNTY, Deed, build, by_team, deeds, urgent_first
from scoring.hooks import pieces_of
from scoring.owed import Alike, Crew, Person, Single

SORTS = {"": urgent_first, "region": list, "team": by_team}
ROWS, FIRST = 200, 50  # so many places are shown whole; of more these, the others are a press away
SQUARES = 600  # visits that can still be looked at one by one
PIECED = 2000  # visits of a round whose 督导资料 are counted here as well
S = Visit.Status
TEAM = Phase.Scorer.TEAM


@require_GET
@requires(P.BOARD_VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """One plan's board, the newest round first; ``by=county`` gives a row per county.

    督导, 帮扶 and 复核 are never counted together: ``deed`` chooses, 督导 comes first. A page that
    stays open asks again for what may have changed, with the stamp of what it shows.
    """
    plans = list(rounds(request.user))
    plan = chosen(plans, request.GET.get("plan"))
    context = {"plans": plans, "plan": plan, "today": timezone.localdate()}
    if not plan:
        return render(request, "scoring/board_detail.html", context)
    context |= _board(request, plan, context["today"])
    body = render_to_string("scoring/_board.html", context, request)
    stamp = blake2b(body.encode(), digest_size=16).hexdigest()
    if request.headers.get("If-None-Match") == f'"{stamp}"':
        return HttpResponse(status=304)
    context |= {"body": body, "stamp": stamp, "as_of": timezone.localtime()}
    asks_again = request.htmx.target == "board"
    page = "scoring/_board_live.html" if asks_again else "scoring/board_detail.html"
    return render(request, page, context)


def rounds(user) -> QuerySet[Plan]:
    """The rounds whose progress this person may see, the newest first."""
    plans = Plan.objects.permitted(user, P.BOARD_VIEW)
    hidden = [Plan.Status.DRAFT, Plan.Status.CANCELLED]
    return plans.exclude(status__in=hidden).order_by("-year", "-round_number", "-pk")


def chosen(plans: list[Plan], wanted: str | None) -> Plan | None:
    """The plan asked for, or the newest; a plan that is not among them does not exist."""
    if not wanted:
        return plans[0] if plans else None
    for plan in plans:
        if str(plan.pk) == wanted:
            return plan
    raise Http404


def _board(request: HttpRequest, plan: Plan, today: date) -> dict:
    level = COUNTY if request.GET.get("by") == "county" else CITY
    sort, scope = request.GET.get("sort", ""), request.user.scope
    every = counted(scope, plan, level)
    found = deeds(every)
    deed = next((one for one in found if one.scorer == request.GET.get("deed")), None)
    deed = deed or (found[0] if found else Deed(TEAM, Phase.DEEDS[TEAM], 0))
    visits = [visit for visit in every if visit.scorer == deed.scorer]
    squares = one_by_one(scope, plan, deed)
    names = _names(request.user, visits)
    city = request.GET.get("city", "") if level == COUNTY else ""
    pieced = deed.scorer == TEAM and deed.count <= PIECED
    pieces = pieces_of(plan, request.user, today) if pieced else []
    made = build(visits, squares, pieces, plan=plan, crews=crews(plan), names=names, today=today)
    found_in = [row for row in made.rows if row.path.startswith(city)]
    rows = SORTS.get(sort, urgent_first)(found_in)
    shown = len(rows) if len(rows) <= ROWS or request.GET.get("rows") == "all" else FIRST
    return {
        "board": made,
        "deed": deed,
        "deeds": found,
        "narrowed": f"&scorer={deed.scorer}" if len(found) > 1 else "",
        "rows": rows[:shown],
        "more": len(rows) - shown,
        "within": names.get(city, ""),
        "has_squares": bool(squares),
        "address": addresses("scoring:visit_review"),
        "by_county": level == COUNTY,
        "sort": sort if sort in SORTS else "",
        "waiting": next(t.count for t in made.tallies if t.status == S.SUBMITTED),
        "has_pieces": bool(pieces),
        "pieces_apart": deed.scorer == TEAM and not pieced,
    }


def counted(scope: Scope, plan: Plan, level: int) -> list[Alike]:
    """A plan's visits, alike by alike."""
    return [*map(Alike._make, _alike(scope, level).rows(plan=plan.pk))]


def one_by_one(scope: Scope, plan: Plan, deed: Deed) -> list[Single]:
    """The visits of one kind, where there are not too many."""
    if deed.count > SQUARES:
        return []
    return [Single(*row) for row in _singles(scope).rows(plan=plan.pk, scorer=deed.scorer)]


def _visits(scope: Scope) -> QuerySet[Visit]:
    visits = Visit.objects.within(scope, P.BOARD_VIEW).filter(plan=Slot("plan"))
    return visits.exclude(status=S.CANCELLED).order_by()


@lru_cache(maxsize=512)
def _alike(scope: Scope, level: int) -> Select:
    """The visits of a plan counted in the database, by place, team, kind, state and day owed."""
    owed = Case(When(status=S.PLANNED, then=F("visit_on")))
    same = _visits(scope).annotate(row=Left("place", level), day=owed)
    alike = ("scorer", "row", "team", "target_kind", "status", "day")
    counts = {"count": Count("pk"), "first": Min("pk"), "last_day": Max("visit_on")}
    counted = same.values(*alike).annotate(**counts)
    return Select(lambda: counted.values_list(*alike, *counts), plan_once=False)


@lru_cache(maxsize=512)
def _singles(scope: Scope) -> Select:
    names = ("pk", "target__name", "place", "team", "target_kind", "status", "visit_on")
    visits = _visits(scope).filter(scorer=Slot("scorer"))
    return Select(lambda: visits.values_list(*names))


def crews(plan: Plan) -> dict[int, Crew]:
    """The teams of a plan with their people, by their keys."""
    members = TeamMember.objects.filter(team__plan=plan)
    people: dict[int, dict[str, Person]] = {}
    for team, role, name, phone in members.values_list("team", "role", "user__name", "user__phone"):
        people.setdefault(team, {})[role] = Person(name, phone)
    teams = plan.teams.values_list("pk", "name", "order")
    return {pk: Crew(pk, name, order, people.get(pk, {})) for pk, name, order in teams}


def _names(user, visits: list[Alike]) -> dict[str, str]:
    paths = {visit.place[:level] for visit in visits for level in (CITY, COUNTY)}
    regions = Region.objects.visible_to(user).filter(path__in=paths)
    return dict(regions.values_list("path", "name"))
