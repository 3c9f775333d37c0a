"""The public page that says whether a paper says what the system holds.

It shows nothing that is not on the paper; the score only after the total printed on the paper
has been typed in and matches (《域》8).
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from reports import brief_papers, hazard_papers, letter_papers
from reports.codes import tidy_code
from reports.issue import issued_paper
from reports.models import BriefPaper, HazardPaper, IssuedDocument, LetterPaper
from reports.render.parts import Paper
from reports.throttle import PER_CODE, too_often

FROZEN = (
    (HazardPaper.objects, hazard_papers),
    (BriefPaper.objects, brief_papers),
    (LetterPaper.objects, letter_papers),
)


@login_not_required
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code."""
    typed = request.GET.get("code", "")
    if not typed:
        return _page(request, {})
    code = tidy_code(typed)
    if code:
        return redirect("reports:verify_code", code=code)
    return _page(request, {"typed": typed, "is_malformed": True}, status=400)


@login_not_required
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What kind of paper, unit and date a code stands for, and whether it is the latest."""
    if request.is_too_often:
        return _page(request, {"is_too_often": True}, status=429)
    document = _document(code)
    if document is None and (letter := _frozen(tidy_code(code))):
        return _page(request, letter)
    if document is None:
        return _page(request, {"typed": code, "is_unknown": True}, status=404)
    return _page(request, _facts(document))


@login_not_required
@require_POST
def verify_total(request: HttpRequest, code: str) -> HttpResponse:
    """Compare the total on the paper with the system's."""
    if request.is_too_often or too_often(f"about {tidy_code(code)}", PER_CODE):
        return _page(request, {"is_too_often": True}, status=429)
    document = _document(code)
    if document is None:
        return _page(request, {"typed": code, "is_unknown": True}, status=404)
    facts = _facts(document)
    typed = request.POST.get("total", "").strip()
    total = _number(typed)
    if total is None:
        return _page(request, facts | {"typed_total": typed, "is_no_number": True}, status=400)
    compared = {"typed_total": typed, "is_compared": True}
    return _page(request, facts | compared | {"is_equal": total == facts["paper"].total})


def _document(code: str) -> IssuedDocument | None:
    documents = IssuedDocument.objects.select_related("sheet__visit__plan__issuer")
    return documents.filter(code=tidy_code(code)).first()


def _frozen(code: str) -> dict[str, Any] | None:
    """What a code of any other paper stands for, and whether it still stands."""
    for papers, of in FROZEN:
        if issued := papers.filter(code=code).first():
            return {"letter": issued, "paper": of.paper_of(issued), "fallen": of.standing(issued)}
    return None


def _facts(document: IssuedDocument) -> dict:
    paper: Paper = issued_paper(document)
    visit = document.sheet.visit
    newer = (
        IssuedDocument.objects.filter(
            sheet__visit=visit, kind=document.kind, sheet__revision__gt=document.sheet.revision
        )
        .order_by("-sheet__revision")
        .values_list("sheet__revision", flat=True)
        .first()
    )
    return {
        "document": document,
        "paper": paper,
        "visited_on": parse_date(document.sheet.frozen["visit"]["date"] or "0"),
        "issuer": visit.plan.issuer,
        "newer": newer,
        "is_latest": document.is_latest,
    }


def _number(typed: str) -> Decimal | None:
    """Digits as people type them, full width too."""
    try:
        number = Decimal(typed.replace("。", ".").replace("．", ".").removesuffix("分").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _page(request: HttpRequest, context: dict, status: int = 200) -> HttpResponse:
    context = context | {"now": timezone.now(), "site_url": settings.SITE_URL}
    response = render(request, "reports/verify.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
