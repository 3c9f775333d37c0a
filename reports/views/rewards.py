"""奖励台账 as an Excel file."""

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from orgs.access import requires
from orgs.roles import Permission as P
from reports.views.lists import workbook
from reports.workbooks.rewards import write_rewards
from rewards.ledger import every_line, ledger


@require_GET
@requires(P.HAZARD_VIEW)
def reward_workbook(request: HttpRequest) -> FileResponse:
    """The ledger exactly as filtered on its page, all pages of it."""
    found = ledger(request.user, request.GET)
    return workbook("奖励台账.xlsx", write_rewards, every_line(found, request.user))
