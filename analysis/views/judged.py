"""符合率: what was judged and not scored."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analysis.choice import chosen
from analysis.judged import groups, points, together
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
    found = groups(choice, by)
    context = {
        "choice": choice,
        "ways": ways(choice),
        "by": by,
        "way": ways(choice)[by],
        "groups": found[:SIZE],
        "more": len(found) - SIZE,
        "sheets": sum(group.sheets for group in found),
        "all": together(found),
        "points": points(choice),
        "query": request.GET.urlencode(),
    }
    return render(request, "analysis/judged.html", context)
