"""统计, first page: 得分率 by place, industry and size, and how it is spread."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analysis import drawing
from analysis.choice import Choice, chosen
from analysis.scores import Group, altogether, grouped, way_of, ways
from analysis.spread import spread
from orgs.access import requires
from orgs.roles import Permission as P

SIZE = 50  # rows of a ranking on one page; its file has all


@require_GET
@requires(P.VISIT_REVIEW)
def scores(request: HttpRequest) -> HttpResponse:
    """The ranking of one round and kind of unit, ``by`` place, a level below, industry or size."""
    choice = chosen(request)
    by = way_of(choice, request.GET)
    groups = grouped(choice, by, choice.before)
    context = {
        "choice": choice,
        "before": choice.before,
        "ways": ways(choice),
        "by": by,
        "groups": groups[:SIZE],
        "more": len(groups) - SIZE,
        "all": altogether(groups),
        "compares": any(group.before is not None for group in groups),
        "query": request.GET.urlencode(),
        **_ends(groups),
        **_spread(choice),
    }
    return render(request, "analysis/scores.html", context)


def _ends(groups: list[Group]) -> dict:
    """Who is first and who is last, all who share it named."""
    first = [group for group in groups if group.rank == groups[0].rank]
    last = [group for group in groups if group.rank == groups[-1].rank]
    return {"first": first, "last": last}


def _spread(choice: Choice) -> dict:
    found = spread(choice)
    chart = drawing.histogram([(one.label, one.sheets) for one in found.bins])
    return {"spread": found, "chart": chart}
