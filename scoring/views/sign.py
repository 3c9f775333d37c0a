"""Sign sheet and record: drawn, by password alone, or as a scan of the paper."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from chabaocu.errors import Refused
from orgs.roles import Permission
from scoring import freeze, record_page, sheets, signing
from scoring.completeness import unfilled
from scoring.forms import ScanForm, SignForm
from scoring.models import Signer
from scoring.record_forms import form_of
from scoring.signatures import signers_of
from scoring.views.papers import fetch_to_fill

P = Permission
UNPROCESSABLE = 422


@require_safe
def sign(request, pk):
    return _page(request, fetch_to_fill(request.user, pk, P.VISIT_SIGN))


@require_POST
def sign_add(request, pk):
    visit = fetch_to_fill(request.user, pk, P.VISIT_SIGN)
    form = SignForm(request.POST, request=request)
    if form.is_valid():
        said = form.cleaned_data
        try:
            signing.sign(_sheet(visit), by=request.user, seen=said["seen"], strokes=said["strokes"])
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已签字。内容再有改动，须重新签。")
            return redirect("scoring:record", visit.pk)
    return _page(request, visit, status=UNPROCESSABLE, form=form)


@require_POST
def sign_scan(request, pk, role):
    """Keep the scan, then sign with it; either signer may bring the paper of both."""
    visit = fetch_to_fill(request.user, pk, P.VISIT_SIGN)
    if role not in signers_of(visit):
        raise Http404
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            said = form.cleaned_data
            signing.sign_by_scan(
                _sheet(visit),
                role,
                said["file"],
                by=request.user,
                seen=said["seen"],
                upload_id=said["upload_id"],
            )
        except Refused as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, f"已收下{Signer(role).label}的签字页。")
            return redirect("scoring:record", visit.pk)
    return _page(request, visit, status=UNPROCESSABLE, scan=form, scan_role=role)


def _page(request, visit, *, status=200, form=None, scan=None, scan_role=None):
    sheet = _sheet(visit)
    rows = record_page.sign_rows(visit, sheet, request.user)
    role = signing.role_of(visit, request.user)
    seen = freeze.content_hash(sheet)
    context = {
        "visit": visit,
        "sheet": sheet,
        "paper": form_of(visit),
        "signs": rows,
        "mine": next((row for row in rows if row.role == role), None),
        "gaps": unfilled(sheet),
        "waiting": [row.label for row in rows if not row.is_signed],
        "again": form or "again" in request.GET,  # who has signed is not asked for it once more
        "seen": seen,
        "form": form or SignForm(request=request),
        "scan": scan or ScanForm(),
        "scan_role": scan_role,
        "upload_ids": {row.role: str(uuid4()) for row in rows},
        "locked": not visit.is_editable,
    }
    return render(request, "scoring/sign.html", context, status=status)


def _sheet(visit):
    if (sheet := sheets.present(visit)) is None:
        raise Http404
    sheet.visit = visit
    return sheet
