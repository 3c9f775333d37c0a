"""Background jobs: start a book or a zip, watch it, fetch what it made."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chabaocu.errors import Refused, StaleState
from chabaocu.htmx import respond
from orgs.access import fetch
from orgs.models import Region
from orgs.roles import Permission as P
from plans.models import Plan
from reports import books, hazard_exports, jobs, round_books
from reports.models import Job
from reports.packing import pieces_of


@require_safe
def plan_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be printed of a round: one book, and a zip for each city."""
    plan = fetch(Plan, request.user, P.PLAN_VIEW, pk=pk)
    visits = books.visits_with_papers(plan, request.user)
    pieces = pieces_of(plan, None, request.user)
    paths = {place[:6] for found in (visits, pieces) for place in _places(found)}
    context = {
        "plan": plan,
        "count": visits.count(),
        "pieces": pieces.count(),
        "cities": _cities().filter(path__in=paths).order_by("path"),
        "jobs": Job.objects.visible_to(request.user).filter(arguments__plan=plan.pk)[:20],
    }
    return render(request, "reports/plan_papers.html", context)


def _places(found):
    return found.order_by().values_list("place", flat=True).distinct()


def _cities():
    every = Region.objects.unscoped(reason="divisions are public; the plan's visits are scoped")
    return every.filter(level=Region.Level.CITY)


@require_POST
def book_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the whole round made into one PDF."""
    plan = fetch(Plan, request.user, P.PLAN_VIEW, pk=pk)
    return _started(request, plan, lambda: books.start_book(plan, by=request.user))


@require_POST
def zip_start(request: HttpRequest, pk: int, city: int) -> HttpResponse:
    """Have a city's papers packed."""
    plan = fetch(Plan, request.user, P.PLAN_VIEW, pk=pk)
    region = get_object_or_404(_cities(), pk=city)
    return _started(request, plan, lambda: books.start_zip(plan, region, by=request.user))


@require_POST
def workbook_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the whole round summed up in one workbook."""
    plan = fetch(Plan, request.user, P.PLAN_VIEW, pk=pk)
    return _started(request, plan, lambda: round_books.start_workbook(plan, by=request.user))


@require_POST
def round_zip_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the papers and pieces of the whole round packed, city by city."""
    plan = fetch(Plan, request.user, P.PLAN_VIEW, pk=pk)
    return _started(request, plan, lambda: books.start_zip(plan, None, by=request.user))


def _started(request: HttpRequest, plan: Plan, start) -> HttpResponse:
    try:
        job = start()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:plan_papers", pk=plan.pk)
    return redirect("reports:job", pk=job.pk)


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a job is; htmx asks for the panel alone every two seconds."""
    found = fetch(Job, request.user, pk=pk)
    context = {"job": found, "has_file": jobs.has_file(found)}
    return render(request, _template(request), context)


@require_POST
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a job that is still to be done."""
    return _moved(request, pk, jobs.cancel)


@require_POST
def job_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a job that ended without its file done once more."""
    return _moved(request, pk, jobs.again)


def _moved(request: HttpRequest, pk: int, move) -> HttpResponse:
    found = fetch(Job, request.user, pk=pk)
    try:
        move(found)
    except StaleState as stale:
        messages.warning(request, stale.message)
        found.refresh_from_db()
    context = {"job": found, "has_file": jobs.has_file(found)}
    return respond(
        request, "reports/_job.html", context, to=reverse("reports:job", args=[found.pk])
    )


@require_safe
def job_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The finished file, for its owner while they may still see what is in it."""
    found = fetch(Job, request.user, pk=pk)
    if not _may_read(request, found) or not jobs.has_file(found):
        raise Http404
    response = FileResponse(
        jobs.file_of(found).open("rb"), as_attachment=True, filename=found.file_name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _may_read(request: HttpRequest, found: Job) -> bool:
    if found.kind == hazard_exports.KIND:
        return hazard_exports.may_read(found, request.user)
    return bool(fetch(Plan, request.user, P.PLAN_VIEW, pk=found.arguments["plan"]))


def _template(request: HttpRequest) -> str:
    return "reports/_job.html" if request.htmx else "reports/job.html"
