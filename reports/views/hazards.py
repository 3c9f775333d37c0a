"""Papers about a hazard: its letters by code, and its file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hazards.models import Hazard
from orgs.access import fetch
from orgs.roles import Permission as P
from reports.documents.hazard_file import HazardFile
from reports.documents.letter import Letter
from reports.hazard_papers import WHOLE, file_of, paper_of
from reports.models import HazardPaper
from reports.render.hazard_pdf import hazard_pdf
from reports.render.official_docx import official_docx
from reports.render.pdf import PrinterMissing
from reports.views.papers import DOCX, PDF, deliver


@require_safe
def hazard_paper_pdf(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """A letter as it was issued, as PDF."""
    return _printed(request, _letter(request, pk, code))


@require_safe
def hazard_paper_docx(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """A letter as it was issued, as a Word file."""
    letter = _letter(request, pk, code)
    return deliver(official_docx(letter.official), DOCX, f"{letter.name}.docx")


@require_safe
def hazard_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole file of a hazard: as issued once it is struck off, a draft before."""
    hazards = Hazard.objects.select_related(*WHOLE)
    return _printed(request, file_of(fetch(hazards, request.user, P.HAZARD_VIEW, pk=pk)))


def _letter(request: HttpRequest, pk: int, code: str) -> Letter:
    hazard = fetch(Hazard, request.user, P.HAZARD_VIEW, pk=pk)
    letters = hazard.papers.exclude(kind=HazardPaper.Kind.FILE)
    return paper_of(get_object_or_404(letters, code=code))


def _printed(request: HttpRequest, paper: Letter | HazardFile) -> HttpResponse:
    try:
        content = hazard_pdf(paper)
    except PrinterMissing:
        return render(request, "reports/printer_missing.html", status=503)
    return deliver(content, PDF, f"{paper.name}.pdf")
