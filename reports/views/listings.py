"""挂牌督办台账 as Excel, 通报批评名单 as PDF and Word."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from hazards import listings
from hazards.views.listings import ListingFilter
from orgs.access import requires
from orgs.roles import Permission as P
from reports.documents.late_listings import late_listings
from reports.documents.ledger import Ledger
from reports.render.ledger_docx import ledger_docx
from reports.render.ledger_pdf import ledger_pdf
from reports.render.pdf import PrinterMissing
from reports.views.lists import workbook
from reports.views.papers import DOCX, PDF, deliver
from reports.workbooks.listings import write_listings

CHUNK = 500


@require_GET
@requires(P.HAZARD_VIEW)
def listing_workbook(request: HttpRequest) -> FileResponse:
    """The ledger exactly as filtered on its page, all pages of it."""
    today = timezone.localdate()
    tab, words = ListingFilter(request.GET).chosen
    found = listings.rows(request.user.scope, tab, words, today)
    rows = listings.lines(found.iterator(chunk_size=CHUNK), today)
    return workbook("挂牌督办台账.xlsx", write_listings, rows)


@require_safe
@requires(P.HAZARD_VIEW)
def late_listing_pdf(request: HttpRequest) -> HttpResponse:
    """通报批评名单, to be signed and sent."""
    try:
        content = ledger_pdf(_late(request))
    except PrinterMissing:
        return render(request, "reports/printer_missing.html", status=503)
    return deliver(content, PDF, f"通报批评名单-{timezone.localdate():%Y%m%d}.pdf")


@require_safe
@requires(P.HAZARD_VIEW)
def late_listing_docx(request: HttpRequest) -> HttpResponse:
    """The same paper as a Word file."""
    name = f"通报批评名单-{timezone.localdate():%Y%m%d}.docx"
    return deliver(ledger_docx(_late(request)), DOCX, name)


def _late(request: HttpRequest) -> Ledger:
    today = timezone.localdate()
    blamed = listings.overdue(request.user.scope, today)
    return late_listings(blamed, office=str(request.user.organization), today=today)
