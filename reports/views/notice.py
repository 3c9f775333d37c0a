"""The 抽取公告 as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from orgs.access import fetch
from plans.models import Draw
from plans.notice import notice
from reports.render.pdf import PrinterMissing, html_pdf, qr_image
from reports.views.papers import PDF, deliver

STYLES = ("css/tokens.css", "css/print-notice.css")


@require_safe
def draw_notice_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice of a draw that stands; there is none before the draw or of a void one."""
    draws = Draw.objects.select_related("plan__issuer")
    draw = fetch(draws, request.user, pk=pk)
    if draw.status != Draw.Status.DRAWN:
        return redirect("plans:draw_ceremony", draw.pk)
    told = notice(draw)
    qr = format_html('<img class="notice-qr" src="{}" alt="核验二维码">', qr_image(told.url))
    context = {"notice": told, "qr": qr}
    try:
        content = html_pdf(render_to_string("reports/pdf/notice.html", context), styles=STYLES)
    except PrinterMissing:
        return render(request, "reports/printer_missing.html", status=503)
    return deliver(content, PDF, f"{told.plan}抽取公告.pdf")
