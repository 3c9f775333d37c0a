"""Many papers at once: what would happen, and the four moves, each a POST of its own."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from chabaocu.lists import Each, Keyset
from chabaocu.sent import keys
from orgs.access import requires
from orgs.roles import Permission as P
from plans.models import Visit
from scoring import bulk
from scoring.filters import ReviewForm
from scoring.workflow import MOVES

ORDER = ("place", "pk")
FILTERS = ("plan", "scorer", "kind", "city", "county", "status")


@require_GET
@requires(P.VISIT_REVIEW)
def review_bulk(request: HttpRequest) -> HttpResponse:
    """What the move would do with the papers ticked, or with all that the filters find."""
    name = request.GET.get("move", "")
    if name not in bulk.PRESSES:
        raise Http404
    found = bulk.outlook(name, _asked(request, name), by=request.user)
    return render(request, "scoring/review_bulk.html", _context(request, name, found))


@require_POST
@requires(P.VISIT_REVIEW)
def bulk_vet(request: HttpRequest) -> HttpResponse:
    """初审 of many."""
    return _press(request, "vet")


@require_POST
@requires(P.VISIT_REVIEW)
def bulk_confirm(request: HttpRequest) -> HttpResponse:
    """确认 of many."""
    return _press(request, "confirm")


@require_POST
@requires(P.VISIT_REVIEW)
def bulk_release(request: HttpRequest) -> HttpResponse:
    """下发 of many."""
    return _press(request, "release")


@require_POST
@requires(P.VISIT_REVIEW)
def bulk_return(request: HttpRequest) -> HttpResponse:
    """退回 of many for one reason."""
    return _press(request, "return")


def _press(request: HttpRequest, name: str) -> HttpResponse:
    seen, note = _sent(request), request.POST.get("note", "")
    move = MOVES[name]
    if move.needs_note and not note.strip():
        found = bulk.outlook(name, [one.pk for one in seen], by=request.user)
        typed = {"note": note, "error": f"{move.label}须写明理由。"}
        context = _context(request, name, found) | typed
        return render(request, "scoring/review_bulk.html", context, status=422)
    outcome = bulk.press(name, seen, by=request.user, note=note)
    context = {"move": move, "outcome": outcome, "back": _back(request)}
    return render(request, "scoring/review_bulk_done.html", context)


def _asked(request: HttpRequest, name: str) -> list[int]:
    """The papers that were ticked; or all that the filters find and the move fits."""
    if "all" not in request.GET:
        return keys(request.GET.getlist("pick")[: bulk.LIMIT])
    form, move = ReviewForm(request.GET, scope=request.user.scope), MOVES[name]
    visits = form.narrowing.of(Visit.objects.permitted(request.user, P.VISIT_REVIEW))
    if move.asked:
        visits = visits.filter(**{f"plan__{move.asked}": True})
    fitting = Each(visits.filter(**move.lookups), {"status": sorted(move.sources)})
    return Keyset([fitting], ORDER).first(bulk.LIMIT)


def _sent(request: HttpRequest) -> list[bulk.Seen]:
    """The papers as they stood on the page."""
    try:
        return [bulk.Seen.read(text) for text in request.POST.getlist("paper")[: bulk.LIMIT]]
    except ValueError as error:
        raise Http404 from error


def _context(request: HttpRequest, name: str, found: bulk.Outlook) -> dict[str, Any]:
    return {
        "move": MOVES[name],
        "found": found,
        "papers": [*zip(found.free, found.seen, strict=True)],
        "limit": bulk.LIMIT if len(found.free) + len(found.left) >= bulk.LIMIT else 0,
        "back": _back(request),
        "press": f"scoring:bulk_{name}",
    }


def _back(request: HttpRequest) -> str:
    """The filters of the list one came from."""
    data = request.POST if request.method == "POST" else request.GET
    query = data.copy()
    for key in [key for key in query if key not in FILTERS]:
        del query[key]
    return query.urlencode()
