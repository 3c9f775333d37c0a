"""The round board (design D4): where every visit of a round stands."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from orgs.access import requires
from orgs.models import Region
from orgs.roles import Permission as P
from plans.models import Plan, Visit
from scoring.board import CITY, COUNTY, Board, Row, build, by_team, urgent_first

SORTS = {"": urgent_first, "region": list, "team": by_team}


@require_GET
@requires(P.BOARD_VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """One plan's board, the newest round first; ``by=county`` gives a row per county."""
    plans = list(rounds(request.user))
    plan = chosen(plans, request.GET.get("plan"))
    context = {"plans": plans, "plan": plan, "today": timezone.localdate()}
    if plan:
        context |= _board(request, plan, context["today"])
    return render(request, "scoring/board_detail.html", context)


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
    sort = request.GET.get("sort", "")
    visits = _visits(request.user, plan)
    made: Board = build(visits, _names(request.user, visits), today=today, level=level)
    rows: list[Row] = SORTS.get(sort, urgent_first)(made.rows)
    return {
        "board": made,
        "rows": rows,
        "by_county": level == COUNTY,
        "sort": sort if sort in SORTS else "",
        "waiting": next(t.count for t in made.tallies if t.status == Visit.Status.SUBMITTED),
        "late": [step for step in made.deadlines if step.is_late],
        "ahead": [row for row in urgent_first(made.rows) if row.next and not row.next.is_late][:3],
    }


def _visits(user, plan: Plan) -> list[Visit]:
    visits = Visit.objects.permitted(user, P.BOARD_VIEW).filter(plan=plan)
    return list(
        visits.exclude(status=Visit.Status.CANCELLED)
        .select_related("plan", "target", "region", "team")
        .prefetch_related("team__members__user")
        .order_by("region__path", "pk")
    )


def _names(user, visits: list[Visit]) -> dict[str, str]:
    paths = {v.region.path[:level] for v in visits for level in (CITY, COUNTY)}
    regions = Region.objects.visible_to(user).filter(path__in=paths)
    return dict(regions.values_list("path", "name"))
