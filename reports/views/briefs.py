"""督导检查报告 as PDF and Word, laid out as a 公文."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from briefs.models import Brief
from orgs.access import fetch
from orgs.roles import Permission as P
from reports.documents.of_brief import of_brief
from reports.documents.official import Official
from reports.render.official_docx import official_docx
from reports.render.official_pdf import official_pdf
from reports.render.pdf import PrinterMissing
from reports.views.papers import DOCX, PDF, deliver


@require_safe
def brief_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as PDF."""
    paper = _paper(request, pk)
    try:
        content = official_pdf(paper)
    except PrinterMissing:
        return render(request, "reports/printer_missing.html", status=503)
    return deliver(content, PDF, f"{paper.name}.pdf")


@require_safe
def brief_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as Word, with named styles."""
    paper = _paper(request, pk)
    return deliver(official_docx(paper), DOCX, f"{paper.name}.docx")


def _paper(request: HttpRequest, pk: int) -> Official:
    """For who may read the report, as they may read it."""
    briefs = Brief.objects.select_related("plan__issuer")
    return of_brief(fetch(briefs, request.user, P.RESULT_VIEW, pk=pk))
