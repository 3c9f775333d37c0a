"""存在问题清单 of one visit: page, PDF, Word, Excel."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from orgs.access import fetch
from orgs.roles import Permission as P
from plans.models import Visit
from reports.documents.problem_list import ProblemList
from reports.documents.problem_list import problem_list as list_of
from reports.papers import visit_sheet
from reports.render.ledger_docx import ledger_docx
from reports.render.ledger_pdf import ledger_pdf
from reports.render.pdf import PrinterMissing
from reports.views.lists import workbook
from reports.views.papers import DOCX, PDF, deliver
from reports.workbooks.problem_list import write_problem_list

WITH = ("plan", "target", "team")


@require_GET
def problem_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found at the unit, with the advice given and how far it is mended."""
    visit = _visit(request, pk)
    context = {"visit": visit, "told": _told(request, visit)}
    return render(request, "reports/problem_list.html", context)


@require_safe
def problem_list_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The list to be handed to the unit and signed for."""
    told = _told(request, _visit(request, pk))
    try:
        content = ledger_pdf(told.paper)
    except PrinterMissing:
        return render(request, "reports/printer_missing.html", status=503)
    return deliver(content, PDF, f"{told.name}.pdf")


@require_safe
def problem_list_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same paper as a Word file."""
    told = _told(request, _visit(request, pk))
    return deliver(ledger_docx(told.paper), DOCX, f"{told.name}.docx")


@require_GET
def problem_list_workbook(request: HttpRequest, pk: int) -> FileResponse:
    """The same list as Excel."""
    told = _told(request, _visit(request, pk))
    return workbook(f"{told.name}.xlsx", write_problem_list, told)


def _visit(request: HttpRequest, pk: int) -> Visit:
    return fetch(Visit.objects.select_related(*WITH), request.user, P.RESULT_VIEW, pk=pk)


def _told(request: HttpRequest, visit: Visit) -> ProblemList:
    return list_of(visit_sheet(visit, request.user))
