"""挂牌督办台账 as Excel, 通报批评名单 as PDF."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from hazards import listings
from hazards.views.listings import ListingFilter
from orgs.access import requires
from orgs.roles import Permission as P
from reports.render.hazard_pdf import STYLES
from reports.render.pdf import PrinterMissing, html_pdf
from reports.views.lists import workbook
from reports.views.papers import PDF, deliver
from reports.workbooks.listings import write_listings

CHUNK = 500
LATE = (*STYLES, "css/print-hazard-file.css")


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
    today = timezone.localdate()
    context = {
        "blamed": listings.overdue(request.user.scope, today),
        "today": today,
        "article": listings.ARTICLE,
        "office": request.user.organization,
    }
    try:
        content = html_pdf(render_to_string("reports/pdf/late_listings.html", context), styles=LATE)
    except PrinterMissing:
        return render(request, "reports/printer_missing.html", status=503)
    return deliver(content, PDF, f"通报批评名单-{today:%Y%m%d}.pdf")
