"""督导结果: the ranked list of the issuer, and what a unit sees of its own."""

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from orgs.access import fetch, requires
from orgs.roles import Permission as P
from plans.models import Visit
from scoring.models import SelfComparison
from scoring.results import listing
from scoring.review import Beside, draft
from scoring.standings import DONE


@require_GET
@requires(P.RESULT_VIEW)
def result_list(request: HttpRequest) -> HttpResponse:
    """Confirmed results by rank; for units outside the issuer, released ones without ranks."""
    found = listing(request)
    page = found.page()
    context = {
        "listing": found,
        "page": page,
        "rows": found.lines(page),
        "query": found.data.urlencode(),
    }
    return render(request, "scoring/result_list.html", context)


@require_GET
def visit_result(request: HttpRequest, pk: int) -> HttpResponse:
    """The released result of one visit and its findings, and nothing else."""
    visit = fetch(
        Visit.objects.select_related("plan", "target", "version"),
        request.user,
        P.RESULT_VIEW,
        pk=pk,
    )
    if visit.released_at is None or visit.status not in DONE:
        raise Http404
    frozen = visit.sheets.get(revision=visit.revision).frozen
    context = {
        "visit": visit,
        "draft": draft(visit.version, frozen, Beside()),
        "findings": frozen["findings"],
        "applicable": Decimal(frozen["applicable"]),
        "self_comparison": _own_check(request.user, visit),
    }
    return render(request, "scoring/result_visit.html", context)


def _own_check(user, visit):
    """What the unit said of itself before, for who may compare."""
    if not visit.self_check_id:
        return None
    return SelfComparison.objects.visible_to(user).present().filter(sheet__visit=visit).first()
