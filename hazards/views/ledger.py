"""隐患台账: the hazards of a unit, a county, a city; the newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chabaocu.lists import bounded_counts, keyset_page, told
from hazards import waiting
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
    parts = _parts(request.user.scope)
    page = keyset_page(
        _narrowed(parts, wanted, today),
        request.GET,
        order=ORDER,
        load=lambda pks: hazard_lines(pks, today=today),
    )
    context = {
        "page": page,
        "form": form,
        "tabs": _tabs(parts, today),
        "tab": wanted.tab,
        "may_report": request.user.may(P.HAZARD_REPORT),
        "is_plain": wanted == Wanted(),
    }
    return render(request, "hazards/hazard_list.html", context)


def _parts(scope) -> dict[str, list]:
    """What the tabs are cut from: what waits for this person, and all they see."""
    return {"mine": waiting.parts(scope), "": Hazard.objects.parts(scope, P.HAZARD_VIEW)}


def _narrowed(parts, wanted: Wanted, today) -> list:
    return [wanted.of(part, today) for part in parts.get(wanted.tab, parts[""])]


def _tabs(parts: dict[str, list], today) -> list[dict[str, str]]:
    """One tab each with its count, bounded, whatever else is chosen."""
    asked = {tab: _narrowed(parts, Wanted(tab=tab), today) for tab in TABS}
    counts = iter(bounded_counts([part for found in asked.values() for part in found]))
    return [
        {"tab": tab, "label": label, "count": told(sum(next(counts) for _ in asked[tab]))}
        for tab, label in TABS.items()
        if asked[tab]
    ]
