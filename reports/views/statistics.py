"""Statistics as Excel files."""

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from analysis.choice import chosen
from analysis.scores import grouped, way_of, ways
from orgs.access import requires
from orgs.roles import Permission as P
from reports.views.lists import workbook
from reports.workbooks.statistics import write_ranking


@require_GET
@requires(P.VISIT_REVIEW)
def score_workbook(request: HttpRequest) -> FileResponse:
    """The ranking exactly as chosen on its page, all rows of it."""
    choice = chosen(request)
    by = way_of(choice, request.GET)
    found = ways(choice)[by], grouped(choice, by, choice.before)
    return workbook("得分率排名.xlsx", write_ranking, found)
