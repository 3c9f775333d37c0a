"""Bring in a table: upload or paste, compare with the source, correct, store as a draft."""

import json
from urllib.parse import quote

from django.contrib import messages
from django.db.models.fields.json import KT
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu.errors import Refused, StaleState
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from rubrics import fixture, intake
from rubrics.intake_form import IntakeForm
from rubrics.intake_page import page
from rubrics.models import Intake, Rubric, Version
from rubrics.outline import outline_of, read
from rubrics.reading import template
from rubrics.reading.corrections import corrected, missing

MOST_LISTED = 10
INTAKES = Intake.objects.select_related("uploaded_by")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@requires(P.RUBRIC_MANAGE)
def intake_upload(request):
    form = IntakeForm(request.POST, request.FILES) if request.method == "POST" else IntakeForm()
    if form.is_valid():
        told = {"filename": form.filename, "data": form.data_read}
        kept = intake.keep_all(form.found, by=request.user, **told)
        if len(kept) == 1:
            return redirect("rubrics:intake_detail", kept[0].pk)
        messages.success(request, f"这份文件里读出 {len(kept)} 张表，请逐张核对。")
        return redirect("rubrics:intake_upload")
    status = 422 if form.errors else 200
    mine = Intake.objects.visible_to(request.user).filter(uploaded_by=request.user, stored_at=None)
    named = mine.annotate(title=KT("outline__title")).only("filename", "uploaded_at")
    context = {"form": form, "unfinished": named[:MOST_LISTED]}
    return render(request, "rubrics/intake_upload.html", context, status=status)


@require_GET
@requires(P.RUBRIC_MANAGE)
def intake_template(request):
    return _download(template.write(None), "评分表导入模板.xlsx", XLSX)


@require_GET
def intake_detail(request, pk):
    kept = fetch(INTAKES, request.user, P.RUBRIC_MANAGE, pk=pk)
    if kept.version_id:
        return redirect("rubrics:version_detail", kept.version_id)
    return _page(request, kept, read(kept.outline))


@require_POST
def intake_correct(request, pk):
    kept = fetch(INTAKES, request.user, P.RUBRIC_MANAGE, pk=pk)
    if refused := _correct(request, kept):
        return refused
    messages.success(request, "修改已保存。")
    return redirect("rubrics:intake_detail", kept.pk)


@require_POST
def intake_store(request, pk):
    """The corrections are kept even where the draft is refused."""
    kept = fetch(INTAKES, request.user, P.RUBRIC_MANAGE, pk=pk)
    if refused := _correct(request, kept):
        return refused
    try:
        version = intake.store_draft(kept, by=request.user)
    except (Refused, StaleState) as error:
        outline = read(kept.outline)
        messages.warning(request, f"修改已保存。{getattr(error, 'message', str(error))}")
        return _page(request, kept, outline, errors=missing(outline), status=422)
    messages.success(request, f"已存成草稿，第 {version.number} 版。核对后就可以发布。")
    return redirect("rubrics:version_check", version.pk)


@require_GET
@requires(P.RUBRIC_VIEW)
def version_xlsx(request, pk):
    version = fetch(Version.objects.with_tree(), request.user, P.RUBRIC_VIEW, pk=pk)
    data = template.write(outline_of(version), tuple(version.accepted_mismatches))
    return _download(data, f"{version.title}-第{version.number}版.xlsx", XLSX)


@require_GET
@requires(P.RUBRIC_VIEW)
def version_json(request, pk):
    version = fetch(Version.objects.with_tree(), request.user, P.RUBRIC_VIEW, pk=pk)
    told = fixture.told(outline_of(version), version.accepted_mismatches)
    data = json.dumps(told, ensure_ascii=False, indent=2).encode()
    return _download(data, f"{version.rubric.code}.json", "application/json")


def _correct(request, kept):
    """Save what was typed, or the page again with every word of it."""
    typed = request.POST
    made = corrected(read(kept.outline), typed, set(Rubric.Target.values))
    settled = {int(n) for n in typed.getlist("settled") if n.isdecimal() and len(n) < 6}
    accepted = _accepted(typed)
    if not made.errors:
        try:
            intake.correct(
                kept,
                made.outline,
                by=request.user,
                revision=int(typed.get("revision", kept.revision)),
                settled=settled,
                accepted=accepted,
            )
        except (StaleState, ValueError):
            messages.warning(request, "这张表已在另一页上改过。下面是您刚填的，请核对后再保存。")
            kept.refresh_from_db()
        else:
            return None
    kept.settled, kept.accepted = sorted(settled), accepted  # as ticked, on this page only
    return _page(request, kept, made.outline, typed=typed, errors=made.errors, status=422)


def _accepted(typed):
    """The contradictions to be left as issued: one choice each."""
    chosen = [value for name, value in typed.items() if name.startswith("accepted-") and value]
    return [*typed.getlist("accepted"), *chosen]


def _page(request, kept, outline, *, typed=None, errors=None, status=200):
    context = page(kept, outline, typed or {}, errors or {})
    context["original"] = intake.original_of(kept, request.user)
    rubrics = Rubric.objects.visible_to(request.user)
    context["known"] = rubrics.filter(code=outline.code).first() if outline.code else None
    return render(request, "rubrics/intake_detail.html", context, status=status)


def _download(data, name, content_type):
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
