"""Lists as Excel files."""

import tempfile
from collections.abc import Callable
from typing import IO, Any

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_GET

from hazards.statistics import page_of
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from plans.models import Plan
from reports.workbooks.hazard_figures import write_hazard_figures
from reports.workbooks.problems import write_problems
from reports.workbooks.results import write_results
from reports.workbooks.self_checks import write_self_checks
from scoring import ledger, self_lists
from scoring.results import listing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires(P.RESULT_VIEW)
def result_workbook(request: HttpRequest) -> FileResponse:
    """The list of results exactly as filtered on its page, all pages of it."""
    return workbook("督导结果.xlsx", write_results, listing(request))


@require_GET
@requires(P.HAZARD_VIEW)
def hazard_figures(request: HttpRequest) -> FileResponse:
    """The figures of hazards exactly as their page shows them."""
    page = page_of(request.user, request.GET, timezone.localdate())
    return workbook("隐患统计.xlsx", write_hazard_figures, page)


@require_GET
def problem_workbook(request: HttpRequest, pk: int) -> FileResponse:
    """The whole ledger of a round."""
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    problems = ledger.problems(plan, request.user).order_by(*ledger.ORDER)
    return workbook("问题台账.xlsx", write_problems, problems)


@require_GET
def self_check_workbook(request: HttpRequest, pk: int) -> FileResponse:
    """自查 of a round exactly as filtered on its page, all pages of it."""
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    asked = self_lists.checks(plan, request.user)
    form = self_lists.SelfCheckForm(request.GET, scope=request.user.scope)
    chosen = form.of(asked, request.user)
    rows = self_lists.every_row(chosen, request.user, timezone.localdate())
    return workbook("自查自纠.xlsx", write_self_checks, rows)


def workbook(name: str, write: Callable[[IO[bytes], Any], None], rows: Any) -> FileResponse:
    """The list as a file; rows may be of any number."""
    """What ``write`` makes of the rows, to be saved under this name."""
    # on disk, for a list may be of any length; the response closes it
    file = tempfile.TemporaryFile()  # noqa: SIM115
    write(file, rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
