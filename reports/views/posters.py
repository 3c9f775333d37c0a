"""The codes of a unit's places as sheets for the wall."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from hazards.addresses import code_address
from hazards.models import Place
from hazards.tree import tree
from orgs.access import requires
from orgs.roles import Permission as P
from reports.render.pdf import PrinterMissing, html_pdf, qr_image
from reports.views.papers import PDF, deliver

STYLES = ("css/print-posters.css",)


@require_safe
@requires(P.HAZARD_SETUP)
def place_posters(request: HttpRequest) -> HttpResponse:
    """One poster for each place in use, two on a page; ``place`` asks for one of them."""
    unit = request.user.organization
    places = Place.objects.permitted(request.user, P.HAZARD_SETUP).filter(unit=unit).active()
    if (wanted := request.GET.get("place", "")).isdecimal():
        places = places.filter(pk=wanted)
    lines = [place for _, place in tree(places.select_related("parent"))]
    if not lines:
        return redirect("hazards:place_list")
    posters = [(place, qr_image(code_address(place))) for place in lines]
    html = render_to_string("reports/pdf/posters.html", {"unit": unit, "posters": posters})
    try:
        content = html_pdf(html, styles=STYLES)
    except PrinterMissing:
        return render(request, "reports/printer_missing.html", status=503)
    return deliver(content, PDF, f"{unit}隐患上报二维码.pdf")
