"""附件1–4 of a visit and blank: preview, PDF, Word, Excel."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from orgs.access import fetch
from orgs.roles import Permission as P
from plans.models import Visit
from reports.documents.scoresheet import blank_form
from reports.papers import PrintedPaper, blank_papers, printed_papers, visit_sheet
from reports.render.form_docx import docx_bytes
from reports.render.form_xlsx import form_bytes
from reports.render.pdf import PrinterMissing, pdf_bytes, plain_html
from rubrics import fixture
from rubrics.models import Intake, Version
from rubrics.outline import outline_of, read
from rubrics.reading.carried import into_pdf, into_word

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def visit_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers of a visit as they will be printed."""
    visits = Visit.objects.select_related("plan", "target")
    visit = fetch(visits, request.user, P.RESULT_VIEW, pk=pk)
    sheet = visit_sheet(visit, request.user, request.GET.get("revision", ""))
    papers = printed_papers(sheet)
    context = {
        "visit": visit,
        "sheet": sheet,
        "papers": papers,
        "pages": [plain_html(printed.paper) for printed in papers],
        "is_issued": all(printed.document for printed in papers),
    }
    return render(request, "reports/visit_print.html", context)


@require_safe
def document_pdf(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One paper of a visit as PDF."""
    visit = fetch(Visit, request.user, P.RESULT_VIEW, pk=pk)
    printed = _printed(visit, request, kind)
    try:
        content = printed.pdf()
    except PrinterMissing:
        return render(request, "reports/printer_missing.html", status=503)
    return deliver(content, PDF, f"{printed.paper.name}-{visit.target}.pdf")


@require_safe
def document_docx(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One paper of a visit as a Word file."""
    visit = fetch(Visit, request.user, P.RESULT_VIEW, pk=pk)
    paper = _printed(visit, request, kind).paper
    return deliver(docx_bytes([paper]), DOCX, f"{paper.name}-{visit.target}.docx")


def _printed(visit: Visit, request: HttpRequest, kind: str) -> PrintedPaper:
    sheet = visit_sheet(visit, request.user, request.GET.get("revision", ""))
    printed = next((p for p in printed_papers(sheet) if p.kind == kind), None)
    if printed is None:
        raise Http404
    return printed


@require_safe
def document_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Both papers of a visit as one workbook."""
    visit = fetch(Visit, request.user, P.RESULT_VIEW, pk=pk)
    sheet = visit_sheet(visit, request.user, request.GET.get("revision", ""))
    content = form_bytes([printed.paper for printed in printed_papers(sheet)])
    return deliver(content, XLSX, f"评分表和记录表-{visit.target}.xlsx")


@require_safe
def blank(request: HttpRequest, pk: int) -> HttpResponse:
    """The blank forms of a rubric version, on screen."""
    version = _table(request, pk)
    pages = [plain_html(paper) for paper in blank_papers(version)]
    return render(request, "reports/blank.html", {"version": version, "pages": pages})


def _table(request: HttpRequest, pk: int) -> Version:
    """A table that this person reads, or fills at a visit, to be printed blank.

    A team lent to another unit's round has its table in hand; of its tables it reads no more
    (docs/adr/0013).
    """
    try:
        return fetch(Version.objects.with_tree(), request.user, P.RUBRIC_VIEW, pk=pk)
    except Http404:
        filled = Visit.objects.permitted(request.user, P.VISIT_FILL).filter(version=pk)
        if not filled.exists():
            raise
    lent = Version.objects.unscoped(reason="it is filled at a visit of this person's")
    return lent.with_tree().get(pk=pk)


@require_safe
def intake_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A table that is being brought in, as it would be printed with what was read so far."""
    kept = fetch(Intake, request.user, P.RUBRIC_MANAGE, pk=pk)
    page = plain_html(blank_form(read(kept.outline)))
    return render(request, "reports/intake_preview.html", {"intake": kept, "pages": [page]})


@require_safe
def blank_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The blank forms of a rubric version as PDF."""
    version = _table(request, pk)
    try:
        content = pdf_bytes(blank_papers(version), title=f"{version}（空白）")
    except PrinterMissing:
        return render(request, "reports/printer_missing.html", status=503)
    return deliver(into_pdf(content, _told(version)), PDF, f"{version}-空白.pdf")


@require_safe
def blank_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The blank forms of a rubric version as a Word file."""
    version = _table(request, pk)
    content = docx_bytes(blank_papers(version), title=f"{version}（空白）")
    return deliver(into_word(content, _told(version)), DOCX, f"{version}-空白.docx")


@require_safe
def blank_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The blank forms of a rubric version as a workbook."""
    version = _table(request, pk)
    return deliver(form_bytes(blank_papers(version)), XLSX, f"{version}-空白.xlsx")


def _told(version: Version) -> dict:
    """The version a blank form carries along (``rubrics.reading.carried``)."""
    return fixture.told(outline_of(version), version.accepted_mismatches)


def deliver(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file: PDFs open in the browser, the rest is saved; nothing guesses its type."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(content_type != PDF, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
