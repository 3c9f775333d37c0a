"""奖励台账 as an Excel file of any length, and as a paper to be signed."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from chabaocu.errors import Refused, told
from orgs.access import requires
from orgs.roles import Permission as P
from reports.documents.ledger import Ledger
from reports.documents.reward_ledger import reward_ledger
from reports.render.ledger_docx import ledger_docx
from reports.render.ledger_pdf import ledger_pdf
from reports.render.pdf import PrinterMissing
from reports.views.lists import workbook
from reports.views.papers import DOCX, PDF, deliver
from reports.workbooks.rewards import write_rewards
from rewards.ledger import LedgerForm, every_line, ledger

MOST = 500  # lines on one paper, about forty pages
TOO_MANY = "超过 {} 项，一份印不下：请先按日期或级别筛选，或者导出 Excel。"


@require_GET
@requires(P.HAZARD_VIEW)
def reward_workbook(request: HttpRequest) -> FileResponse:
    """The ledger exactly as filtered on its page, all pages of it."""
    found = ledger(request.user, request.GET)
    return workbook("奖励台账.xlsx", write_rewards, every_line(found, request.user))


@require_safe
@requires(P.HAZARD_VIEW)
def reward_pdf(request: HttpRequest) -> HttpResponse:
    """The same lines on paper, with a place to sign for each."""
    try:
        content = ledger_pdf(_paper(request))
    except Refused as refusal:
        return _back(request, refusal)
    except PrinterMissing:
        return render(request, "reports/printer_missing.html", status=503)
    return deliver(content, PDF, f"{_name(request)}.pdf")


@require_safe
@requires(P.HAZARD_VIEW)
def reward_docx(request: HttpRequest) -> HttpResponse:
    """The same paper as a Word file."""
    try:
        content = ledger_docx(_paper(request))
    except Refused as refusal:
        return _back(request, refusal)
    return deliver(content, DOCX, f"{_name(request)}.docx")


def _paper(request: HttpRequest) -> Ledger:
    """The lines the page would show under the same address, at most as many as can be printed."""
    user = request.user
    found = ledger(user, request.GET)
    if found.order_by()[: MOST + 1].count() > MOST:
        raise Refused(TOO_MANY.format(MOST))
    return reward_ledger(
        every_line(found, user),
        of=user.organization,
        wanted=LedgerForm(request.GET).wanted,
        today=timezone.localdate(),
    )


def _name(request: HttpRequest) -> str:
    return f"奖励台账-{request.user.organization}-{timezone.localdate():%Y%m%d}"


def _back(request: HttpRequest, refusal: Refused) -> HttpResponse:
    messages.error(request, told(refusal))
    return redirect(reverse("rewards:reward_list", query=request.GET))
