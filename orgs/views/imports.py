"""Units from Excel: template, upload, report, and the writing."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu.errors import Refused, StaleState
from orgs.access import fetch, requires
from orgs.actions.imports import keep_list, write_list
from orgs.forms.imports import ImportForm
from orgs.importing.check import check
from orgs.importing.preview import around, preview
from orgs.importing.template import marked, template
from orgs.models import ImportBatch
from orgs.roles import Permission as P

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires(P.ORG_MANAGE)
def import_template(request):
    return _download(template(request.user), "单位导入模板.xlsx")


@require_http_methods(["GET", "POST"])
@requires(P.ORG_MANAGE)
def import_upload(request):
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["file"].name
        batch = keep_list(form.sheet, by=request.user, filename=name)
        return redirect("orgs:import_detail", batch.pk)
    status = 422 if form.errors else 200
    return render(request, "orgs/import_upload.html", {"form": form}, status=status)


@require_GET
def import_detail(request, pk):
    batch = fetch(ImportBatch, request.user, P.ORG_MANAGE, pk=pk)
    if batch.written_at:
        return render(request, "orgs/import_done.html", {"batch": batch})
    header, rows = batch.rows["header"], batch.rows["rows"]
    report = check(header, rows, user=request.user)
    context = {"batch": batch, "report": report}
    if report.problems:
        context["near"] = around(header, rows, report.problems, request.GET.get("row", ""))
        return render(request, "orgs/import_errors.html", context)
    context["preview"] = preview(header, rows)
    return render(request, "orgs/import_preview.html", context)


@require_GET
def import_marked(request, pk):
    batch = fetch(ImportBatch, request.user, P.ORG_MANAGE, pk=pk)
    header, rows = batch.rows["header"], batch.rows["rows"]
    report = check(header, rows, user=request.user)
    return _download(marked(header, rows, report.problems), f"标红-{batch.filename}")


@require_POST
def import_write(request, pk):
    batch = fetch(ImportBatch, request.user, P.ORG_MANAGE, pk=pk)
    try:
        written = write_list(batch, by=request.user)
    except (Refused, StaleState) as refusal:
        messages.warning(request, getattr(refusal, "message", str(refusal)))
    else:
        messages.success(request, f"已写入 {written} 个单位。")
    return redirect("orgs:import_detail", batch.pk)


def _download(data, name):
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
