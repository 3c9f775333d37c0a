"""失分率: where the points of a round are lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analysis.choice import chosen
from analysis.losses import are_few, losses, versions, wanted
from orgs.access import requires
from orgs.roles import Permission as P

WIDEST = 20  # places beside each other in a heat map that can still be read


@require_GET
@requires(P.VISIT_REVIEW)
def lost(request: HttpRequest) -> HttpResponse:
    """By section, item and point; by place as a heat map where there are not too many."""
    choice = chosen(request)
    offered = versions(choice)
    context = {"choice": choice, "versions": offered, "query": request.GET.urlencode()}
    if offered:
        version = wanted(offered, request.GET)
        heat = are_few(choice, version, WIDEST)
        found = losses(choice, version, by_place=heat)
        context |= {"found": found, "heat": heat, "worst": found.worst}
    return render(request, "analysis/losses.html", context)
