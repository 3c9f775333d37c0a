"""The sheets behind a number of the statistics."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analysis.sheets import sheets as found
from orgs.access import requires
from orgs.roles import Permission as P


@require_GET
@requires(P.VISIT_REVIEW)
def sheets(request: HttpRequest) -> HttpResponse:
    """What a number was counted from: as many rows as the number says, and the number again."""
    behind = found(request.GET, request.user.scope)
    context = {"behind": behind, "count": behind.count, "page": behind.page}
    return render(request, "analysis/sheets.html", context)
