"""隐患台账: the hazards of a unit, a county, a city under the filters of the address."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chabaocu.lists import told
from hazards.bulk import offered
from hazards.columns import COLUMNS, ordered
from hazards.forms.filters import LedgerFilter, wanted_of
from hazards.ledger import HIDDEN, MINE, TABS, Wanted
from hazards.lines import hazard_lines
from hazards.models import LedgerView
from hazards.paging import Listing
from hazards.reading import columns_of, views_of
from hazards.views.reading import PAGING, current
from hazards.waiting import OWNED
from orgs.access import requires
from orgs.roles import Permission as P
from orgs.scope import Scope


@require_GET
@requires(P.HAZARD_VIEW)
def hazard_list(request: HttpRequest) -> HttpResponse:
    """One page of the ledger under the filters of its address, or else of one's default view."""
    views = views_of(request.user)
    if not request.GET and (usual := next((view for view in views if view.is_default), None)):
        return redirect(f"{request.path}?{usual.query or 'tab=open'}")
    scope, today = request.user.scope, timezone.localdate()
    form = LedgerFilter(request.GET, scope=scope)
    wanted = form.wanted
    listing = Listing(scope, wanted, today)
    counts, columns = listing.counts(_tabs(scope, wanted)), columns_of(request.user)
    page = listing.page(
        request.GET, load=lambda pks: hazard_lines(pks, today=today), count=counts.pop("", None)
    )
    context = {
        "page": page,
        "form": form,
        "wanted": wanted,
        "place": _place(request.user),
        "open": told(counts["open"]),
        "late": told(counts["overdue"]),
        "tabs": [(tab, (TABS | HIDDEN)[tab], told(count)) for tab, count in counts.items()],
        "chips": list(form.chips()),
        "carried": _carried(request.GET, "q"),
        "columns": [(name, COLUMNS[name]) for name in columns],
        "choices": ordered(columns),
        "views": [(view, told(_count(scope, view, today))) for view in views],
        "query": current(request.GET),
        "orders": {"number": _sorted(request.GET, "new"), "due": _sorted(request.GET, "due")},
        "sorted_by": "due" if wanted.sort == "due" else "number",
        "deeds": offered(scope.permissions),
        "may_report": request.user.may(P.HAZARD_REPORT),
        "may_import": request.user.may(P.HAZARD_HANDLE),
    }
    return render(request, "hazards/hazard_list.html", context)


def _count(scope: Scope, view: LedgerView, today: date) -> int:
    """How many rows one's view holds now."""
    return Listing(scope, wanted_of(view.query, scope), today).count()


def _place(user: Any) -> str:
    """Whose hazards these are, in words."""
    unit = user.organization
    return f"{unit.region}及下辖单位" if user.scope.governs else str(unit)


def _carried(data: QueryDict, *without: str) -> list[tuple[str, str]]:
    """The filters of the address, for a form that changes one of them; its page is left."""
    gone = {*without, *PAGING}
    return [(name, value) for name, value in data.items() if name not in gone and value]


def _sorted(data: QueryDict, order: str) -> str:
    return urlencode([*_carried(data, "order"), ("order", order)])


def _tabs(scope: Scope, wanted: Wanted) -> list[str]:
    """The tabs this person has, and a hidden one while it is open."""
    tabs = [tab for tab in TABS if tab != MINE or scope.permissions & set(OWNED)]
    return tabs + ([wanted.tab] if wanted.tab in HIDDEN else [])
