"""For whoever holds the notice: no login, nothing that is not on the paper."""

import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from plans.models import Draw
from plans.notice import notice
from plans.proof import differences, proof_of
from plans.views.draw import proof_response


@login_not_required
@require_GET
def draw_lookup(request: HttpRequest) -> HttpResponse:
    """Type the short code of a notice."""
    code = _code(request.GET.get("code", ""))
    if code and _find(code):
        return redirect("draw_public", code)
    context = {"code": request.GET.get("code", ""), "unknown": "code" in request.GET}
    return render(request, "plans/draw_lookup.html", context)


@login_not_required
@require_GET
def draw_public(request: HttpRequest, code: str) -> HttpResponse:
    """Recompute the draw of this code, and show what its notice says."""
    draw = _published(code)
    found = differences(proof_of(draw)) if draw.result else []
    context = {"notice": notice(draw), "draw": draw, "differences": found}
    return render(request, "plans/draw_public.html", context)


@login_not_required
@require_GET
def draw_public_proof(request: HttpRequest, code: str) -> HttpResponse:
    """The proof file, by the code on the notice."""
    draw = _published(code)
    return proof_response(request, draw)


@login_not_required
@require_GET
def draw_verifier(request: HttpRequest) -> FileResponse:
    """The stand-alone verifier itself, for whoever does not want to believe this site."""
    file = (settings.BASE_DIR / "tools" / "verify_draw.py").open("rb")
    return FileResponse(file, as_attachment=True, content_type="text/x-python; charset=utf-8")


def _published(code: str) -> Draw:
    if (draw := _find(_code(code))) is None:
        raise Http404
    return draw


def _find(code: str) -> Draw | None:
    found = Draw.objects.unscoped(reason="whoever holds the notice may check it")
    return found.select_related("plan", "county__region").filter(code=code).first()


def _code(text: str) -> str:
    """K7M39QXD, k7m3 9qxd and K7M3-9QXD are the same code."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    return f"{letters[:4]}-{letters[4:]}"
