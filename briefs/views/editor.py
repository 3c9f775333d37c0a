"""Write a report: every chapter on one page, saved by itself or all at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from briefs.head import lines_of, touched
from briefs.models import HEAD, Brief
from briefs.page import Row, rows_of
from briefs.typed import Kept, keep, print_of
from chabaocu.errors import Refused, wants_json
from orgs.access import fetch
from orgs.roles import Permission as P
from orgs.scope import Scope

SAVED = "已存下。"


@require_GET
def brief_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The chapters to write on; their numbers are counted anew a moment later."""
    brief = brief_of(request, pk)
    if not brief.is_draft:
        return redirect("briefs:brief_detail", brief.pk)
    return page(request, brief)


@require_GET
def brief_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Which numbers are others than when somebody last looked at them.

    For the open page what it marks; without script the whole editor.
    """
    brief = brief_of(request, pk)
    if not brief.is_draft:
        return redirect("briefs:brief_detail", brief.pk)
    if request.htmx:
        rows = rows_of(brief, counting=request.user.scope)
        return render(request, "briefs/_figures.html", {"brief": brief, **_marked(rows)})
    return page(request, brief, counting=request.user.scope)


@require_POST
def brief_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed; of a chapter that somebody else saved first, both stand there."""
    brief = brief_of(request, pk)
    kept, error = saved(request, brief)
    if wants_json(request):
        return _told(kept, error)
    if error or not kept.is_whole:
        return page(request, brief, kept, error)
    messages.success(request, SAVED)
    return redirect("briefs:brief_edit", brief.pk)


def saved(request: HttpRequest, brief: Brief) -> tuple[Kept, str]:
    """Keep head and chapters; what the report refuses as a whole comes as words."""
    try:
        return keep(brief, request.POST, by=request.user), ""
    except Refused as refusal:
        return Kept(), str(refusal)


def page(
    request: HttpRequest,
    brief: Brief,
    kept: Kept | None = None,
    error: str = "",
    *,
    counting: Scope | None = None,
) -> HttpResponse:
    """The editor; a refused save answers 409."""
    if kept:
        brief.refresh_from_db(fields=("status", *HEAD))
    if not brief.is_draft:  # issued under the hands of who typed: it all stands below, to copy
        context = _lost(request, brief, error)
        return render(request, "briefs/brief_lost.html", context, status=409)
    rows = rows_of(brief, kept, counting=counting)
    refused = bool(error) or kept is not None and not kept.is_whole
    context = {
        "brief": brief,
        **_marked(rows),
        "is_counted": counting is not None,
        "head": lines_of(brief, kept.head if kept else {}),
        "error": error,
        "refused": refused,
        "length": sum(row.length for row in rows),
    }
    return render(request, "briefs/brief_edit.html", context, status=409 if refused else 200)


def _marked(rows: list[Row]) -> dict[str, Any]:
    return {"rows": rows, "unchecked": sum(bool(row.changes) for row in rows)}


def _lost(request: HttpRequest, brief: Brief, error: str) -> dict[str, Any]:
    """What was typed into a report that is no draft any more."""
    texts = [text for name, text in request.POST.items() if name.startswith("text-")]
    return {"brief": brief, "error": error, "texts": touched(request.POST) + texts}


def brief_of(request: HttpRequest, pk: int) -> Brief:
    """The report, for who writes it."""
    whole = Brief.objects.select_related("plan__issuer", "region")
    return fetch(whole, request.user, P.PLAN_MANAGE, pk=pk)


def _told(kept: Kept, error: str) -> JsonResponse:
    """For the page's script: what is saved, and by which version to go on."""
    done = {
        pk: {"version": one.version, "print": print_of(one.heading, one.text)}
        for pk, one in kept.saved.items()
    }
    refused = [*kept.head, *kept.stale, *kept.long]
    at = timezone.localtime().strftime("%H:%M")
    told = {"saved": done, "refused": refused, "error": error, "at": at}
    return JsonResponse(told, status=409 if error or refused else 200)
