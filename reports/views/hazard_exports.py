"""隐患台账 as Excel: exactly what its page shows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from chabaocu.lists import SIZE
from chabaocu.sent import keys
from hazards.reading import columns_of
from orgs.access import requires
from orgs.roles import Permission as P
from reports import hazard_exports as exports
from reports.views.lists import workbook
from reports.workbooks.hazards import write_hazards


@require_POST
@requires(P.HAZARD_VIEW)
def hazard_export(request: HttpRequest) -> HttpResponse:
    """The ledger under the filters of the address, or the rows of it that were ticked.

    A short one is the file, a long one the job that makes it.
    """
    address = request.GET.urlencode()
    found = exports.chosen(address, request.user)
    ticked = keys(request.POST.getlist("pk"))
    if ticked and "all" not in request.POST:
        found = found.filter(pk__in=ticked[:SIZE])
    if not exports.is_short(found):
        return redirect("reports:job", pk=exports.start(address, by=request.user).pk)
    how = {"columns": columns_of(request.user), "today": timezone.localdate()}
    return workbook(exports.NAME, lambda file, rows: write_hazards(file, rows, **how), found)
