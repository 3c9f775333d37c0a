"""Lists as Excel files."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from orgs.access import requires
from orgs.roles import Permission as P
from reports.workbooks.results import results_workbook
from scoring.results import listing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires(P.RESULT_VIEW)
def result_workbook(request: HttpRequest) -> HttpResponse:
    """The list of results exactly as filtered on its page, all pages of it."""
    response = HttpResponse(results_workbook(listing(request)), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, "督导结果.xlsx")
    return response
