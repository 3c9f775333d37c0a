"""Hazards from Excel: template, upload, report, and the writing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu.errors import telling
from hazards.forms.imports import ImportForm
from hazards.importing.check import check
from hazards.importing.template import LIMITS, SHEET, template
from hazards.importing.write import keep_list, write_list, written_before
from hazards.models import HazardList
from orgs.access import fetch, requires
from orgs.importing.preview import around, preview
from orgs.importing.template import marked
from orgs.roles import Permission as P

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = HazardList.objects.select_related("unit__region", "uploaded_by")
SHOWN = 500  # problems on the page; the marked file has all


@require_GET
@requires(P.HAZARD_HANDLE)
def import_template(request: HttpRequest) -> HttpResponse:
    return _download(template(request.user.organization), "隐患导入模板.xlsx")


@require_http_methods(["GET", "POST"])
@requires(P.HAZARD_HANDLE)
def import_upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; what it says is checked on the next page."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        name = form.cleaned_data["file"].name
        kept = keep_list(form.sheet, by=request.user, filename=name)
        return redirect("hazards:import_detail", kept.pk)
    context = {"form": form, "limits": LIMITS}
    return render(
        request, "hazards/import_upload.html", context, status=422 if form.errors else 200
    )


@require_GET
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is wrong by cell, or what would be written, or what was."""
    kept = fetch(LISTS, request.user, P.HAZARD_HANDLE, pk=pk)
    if kept.written_at:
        return render(request, "hazards/import_done.html", {"kept": kept})
    header, rows = kept.rows["header"], kept.rows["rows"]
    report = check(header, rows, unit=kept.unit)
    context = {"kept": kept, "report": report, "before": written_before(kept), "shown": SHOWN}
    if report.problems:
        context["near"] = around(header, rows, report.problems, request.GET.get("row", ""))
        return render(request, "hazards/import_errors.html", context)
    context["preview"] = preview(header, rows)
    return render(request, "hazards/import_preview.html", context)


@require_GET
def import_marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it was read, its wrong cells red."""
    kept = fetch(LISTS, request.user, P.HAZARD_HANDLE, pk=pk)
    header, rows = kept.rows["header"], kept.rows["rows"]
    report = check(header, rows, unit=kept.unit)
    content = marked(header, rows, report.problems, name=SHEET)
    return _download(content, f"标红-{kept.filename}")


@require_POST
def import_write(request: HttpRequest, pk: int) -> HttpResponse:
    kept = fetch(LISTS, request.user, P.HAZARD_HANDLE, pk=pk)
    with telling(request):
        written = write_list(kept, by=request.user)
        messages.success(request, f"已写入 {written} 条隐患，等待登记。")
    return redirect("hazards:import_detail", kept.pk)


def _download(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
