"""隐患统计: the figures of a region or a unit, each number with the rows it was counted from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hazards.shown import COLUMNS
from hazards.statistics import page_of
from orgs.access import requires
from orgs.roles import Permission as P


@require_GET
@requires(P.HAZARD_VIEW)
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of what this person sees, or of one part of it."""
    page = page_of(request.user, request.GET, timezone.localdate())
    columns = [word for word, _ in COLUMNS.values()]
    context = {
        "page": page,
        "columns": columns,
        "sums": list(zip(columns, page.whole.cells, strict=True)),
        "query": request.GET.urlencode(),
    }
    return render(request, "hazards/figures.html", context)
