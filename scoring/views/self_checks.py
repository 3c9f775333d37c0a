"""自查 of a round beside what was found, and one unit's point by point."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chabaocu.lists import bounded_counts, keyset_page, told
from orgs.access import fetch
from orgs.roles import Permission as P
from plans.models import Plan, Visit
from plans.self_check_phase import phase_of, unasked
from rubrics.models import Criterion
from scoring import self_check
from scoring.models import SelfComparison
from scoring.self_comparison import Lean, signed
from scoring.self_lists import (
    ORDER,
    SelfCheckForm,
    checks,
    loaded,
    overestimated,
    result_of,
    with_rows,
)

WORST = 12


@require_GET
def self_checks(request: HttpRequest, pk: int) -> HttpResponse:
    """Unit by unit: filed or not, what it said, what was found; and the items overestimated."""
    plan = fetch(Plan.objects.select_related("issuer"), request.user, P.PLAN_MANAGE, pk=pk)
    asked = checks(plan, request.user)
    form = SelfCheckForm(request.GET, scope=request.user.scope)
    page = keyset_page([form.of(asked, request.user)], request.GET, order=ORDER, load=loaded)
    filed = asked.filter(status=Visit.Status.FILED)
    numbers = bounded_counts([asked, filed, unasked(plan).filter(status=Visit.Status.PLANNED)])
    context = {
        "plan": plan,
        "phase": phase_of(plan),
        "form": form,
        "page": page,
        "rows": with_rows(page, request.user, timezone.localdate()),
        "asked": told(numbers[0]),
        "filed": told(numbers[1]),
        "unasked": numbers[2],
        "over": overestimated(plan, request.user, request.GET.get("kind", ""))[:WORST],
        "query": request.GET.urlencode(),
    }
    return render(request, "scoring/self_checks.html", context)


@require_GET
def self_comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit's own marks beside what was found: for the issuer, and released to the unit."""
    rows = SelfComparison.objects.present().select_related(
        "check_sheet__visit", "sheet__visit__target", "sheet__visit__plan", "sheet__version"
    )
    found = fetch(rows, request.user, sheet__visit=pk)
    chosen = request.GET.get("lean", "")
    if chosen and chosen not in set(Lean):
        raise Http404
    points = self_check.compared(found)
    texts = _texts(found)
    visit = found.sheet.visit
    context = {
        "found": found,
        "visit": visit,
        "said": result_of(found.check_sheet.visit),
        "seen": result_of(visit),
        "sum": signed(found.change),
        "rows": [(texts.get(one.code, ""), one) for one in points if chosen in ("", one.lean)],
        "tabs": [(lean, lean.label, getattr(found, lean)) for lean in Lean],
        "chosen": chosen,
        "leads": request.user.may(P.VISIT_REVIEW),
    }
    return render(request, "scoring/self_comparison.html", context)


def _texts(found: SelfComparison) -> dict[str, str]:
    """What each point asks, by its code."""
    versions = [found.sheet.version_id, found.check_sheet.version_id]
    points = Criterion.objects.filter(item__section__version__in=versions)
    return dict(points.values_list("code", "text"))
