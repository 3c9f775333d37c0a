"""隐患台账: the hazards of a unit, a county, a city; the newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chabaocu.lists import bounded_counts, keyset_page, told
from hazards.forms.filters import TABS, LedgerFilter, Wanted
from hazards.lines import hazard_lines
from hazards.models import Hazard
from orgs.access import requires
from orgs.roles import Permission as P

ORDER = ("-pk",)


@require_GET
@requires(P.HAZARD_VIEW)
def hazard_list(request: HttpRequest) -> HttpResponse:
    """One page of the ledger under the filters of its address."""
    form, today = LedgerFilter(request.GET), timezone.localdate()
    wanted = form.wanted
    parts = Hazard.objects.parts(request.user.scope, P.HAZARD_VIEW)
    page = keyset_page(
        [wanted.of(part, today) for part in parts],
        request.GET,
        order=ORDER,
        load=lambda pks: hazard_lines(pks, today=today),
    )
    context = {
        "page": page,
        "form": form,
        "tabs": _tabs(request, parts, wanted, today),
        "tab": wanted.tab,
        "may_report": request.user.may(P.HAZARD_REPORT),
        "is_plain": wanted == Wanted(),
    }
    return render(request, "hazards/hazard_list.html", context)


def _tabs(request, parts, wanted, today) -> list[dict[str, str]]:
    """One tab each with its count, bounded, whatever else is chosen."""
    asked = [Wanted(tab=tab).of(part, today) for tab in TABS for part in parts]
    counts = bounded_counts(asked)
    share = len(parts)
    return [
        {"tab": tab, "label": label, "count": told(sum(counts[n * share : (n + 1) * share]))}
        for n, (tab, label) in enumerate(TABS.items())
    ]
