"""公文 as files: 督导意见 and the answer to it, 督导检查报告."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from briefs.models import Brief
from feedback.models import Letter
from orgs.access import fetch
from orgs.roles import Permission as P
from reports import layout_jobs, letter_papers
from reports.brief_papers import printed
from reports.documents.official import Official
from reports.models import LetterPaper
from reports.render.official_docx import official_docx
from reports.render.official_pdf import official_pdf
from reports.render.pdf import PrinterMissing
from reports.views.papers import DOCX, PDF, deliver

S, K = Letter.Status, LetterPaper.Kind
WHOLE = ("visit__team", "plan__issuer", "unit")
Read = Callable[[HttpRequest, int], Official]


def letter(request: HttpRequest, pk: int) -> Official:
    """督导意见, to whoever sees the letter."""
    return letter_papers.printed(_letter(request, pk), K.LETTER)


def answer(request: HttpRequest, pk: int) -> Official:
    """The unit's answer, once it is handed in and while it is not sent back."""
    held = _letter(request, pk)
    if held.status not in {S.ANSWERED, S.CLOSED}:
        raise Http404
    return letter_papers.printed(held, K.ANSWER)


def brief(request: HttpRequest, pk: int) -> Official:
    """督导检查报告, to whoever may read it."""
    briefs = Brief.objects.select_related("plan__issuer", "region")
    return printed(fetch(briefs, request.user, P.RESULT_VIEW, pk=pk))


@require_POST
def brief_layout(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the layout of a report measured."""
    job = layout_jobs.start(fetch(Brief, request.user, P.PLAN_MANAGE, pk=pk), by=request.user)
    return redirect("reports:job", pk=job.pk)


def as_pdf(read: Read) -> Callable[..., HttpResponse]:
    """The view that gives the paper as PDF."""

    @require_safe
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        paper = read(request, pk)
        try:
            content = official_pdf(paper)
        except PrinterMissing:
            return render(request, "reports/printer_missing.html", status=503)
        return deliver(content, PDF, f"{paper.name}.pdf")

    return view


def as_word(read: Read) -> Callable[..., HttpResponse]:
    """The view that gives the paper as a Word file."""

    @require_safe
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        paper = read(request, pk)
        return deliver(official_docx(paper), DOCX, f"{paper.name}.docx")

    return view


def _letter(request: HttpRequest, pk: int) -> Letter:
    return fetch(Letter.objects.select_related(*WHOLE), request.user, pk=pk)
