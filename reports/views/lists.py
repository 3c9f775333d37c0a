"""Lists as Excel files."""

import tempfile

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from orgs.access import requires
from orgs.roles import Permission as P
from reports.workbooks.results import write_results
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
