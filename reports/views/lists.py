"""Lists as Excel files."""

import tempfile

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from orgs.access import fetch, requires
from orgs.roles import Permission as P
from plans.models import Plan
from reports.workbooks.problems import write_problems
from reports.workbooks.results import write_results
from scoring import ledger
from scoring.results import listing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires(P.RESULT_VIEW)
def result_workbook(request: HttpRequest) -> FileResponse:
    """The list of results exactly as filtered on its page, all pages of it."""
    # on disk, for a list may be of any length; the response closes it
    file = tempfile.TemporaryFile()  # noqa: SIM115
    write_results(file, listing(request))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="督导结果.xlsx", content_type=XLSX)


@require_GET
def problem_workbook(request: HttpRequest, pk: int) -> FileResponse:
    """The whole ledger of a round."""
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    file = tempfile.TemporaryFile()  # noqa: SIM115
    write_problems(file, ledger.problems(plan, request.user).order_by(*ledger.ORDER))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="问题台账.xlsx", content_type=XLSX)
