"""符合率: what was judged and not scored."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analysis import drawing
from analysis.choice import chosen
from analysis.judged import groups, points, spread, together
from analysis.scores import way_of, ways
from orgs.access import requires
from orgs.roles import Permission as P

SIZE = 50  # rows of the groups on one page; their file has all


@require_GET
@requires(P.VISIT_REVIEW)
def judged(request: HttpRequest) -> HttpResponse:
    """By place, a level below, industry or size; and point by point."""
    choice = chosen(request)
    by = way_of(choice, request.GET)
    other = choice.beside(request.GET.get("with"))
    found = groups(choice, by, other)
    bins = spread(choice) if found else []
    context = {
        "choice": choice,
        "ways": ways(choice),
        "by": by,
        "way": ways(choice)[by],
        "groups": found[:SIZE],
        "more": len(found) - SIZE,
        "sheets": sum(group.sheets for group in found),
        "all": together(found),
        "others": choice.others,
        "other": other,
        "compares": any(group.before for group in found),
        "spread": {"bins": bins},
        "head": "符合率（%）",
        "chart": drawing.histogram([(one.label, one.sheets) for one in bins]),
        "points": points(choice),
        "query": request.GET.urlencode(),
    }
    return render(request, "analysis/judged.html", context)
