"""Submit the papers, take them back to correct them, and read what became of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chabaocu.errors import telling
from orgs.roles import Permission
from scoring import actions, history, record_page, sheets
from scoring.forms import ReasonForm
from scoring.record_forms import facts_of, form_of
from scoring.views.papers import fetch_to_fill, fetch_to_read
from scoring.workflow import moves_for

P = Permission
UNPROCESSABLE = 422
HAND_IN = {"submit", "file"}


@require_safe
def submit(request, pk):
    """The last look before the papers are locked, or what is still missing."""
    visit = fetch_to_fill(request.user, pk, P.VISIT_SUBMIT)
    if (sheet := sheets.present(visit)) is None:
        raise Http404
    rows = record_page.sign_rows(visit, sheet, request.user)
    context = {
        "visit": visit,
        "sheet": sheet,
        "paper": form_of(visit),
        "facts": facts_of(visit, sheet),
        "signs": rows,
        "gaps": record_page.gaps_of(sheet, rows),
        "can_submit": HAND_IN & {move.name for move in moves_for(visit, request.user)},
    }
    return render(request, "scoring/submit.html", context)


@require_POST
def visit_submit(request, pk):
    visit = fetch_to_fill(request.user, pk, P.VISIT_SUBMIT)
    with telling(request):
        if visit.is_self:
            actions.file_check(visit, by=request.user)
            messages.success(request, "自查已报送并锁定。督导组开始填写以前可以撤回更正。")
        else:
            actions.submit(visit, by=request.user)
            messages.success(request, "已提交并锁定，等待审核。")
        return redirect("scoring:record", visit.pk)
    return redirect("scoring:submit", visit.pk)


@require_POST
def visit_recall(request, pk):
    visit = fetch_to_fill(request.user, pk, P.VISIT_SUBMIT)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "scoring/submit_recall.html",
            {"visit": visit, "form": form},
            status=UNPROCESSABLE,
        )
    with telling(request):
        again = actions.take_back if visit.is_self else actions.recall
        again(visit, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"已另存为第 {visit.revision} 稿，改好后重新签字、提交。")
    return redirect("scoring:record", visit.pk)


@require_safe
def visit_history(request, pk):
    """What happened to the papers: moves, drafts, and every save of one place."""
    visit = fetch_to_read(request.user, pk)
    slot = request.GET.get("slot", "")
    context = {
        "visit": visit,
        "paper": form_of(visit),
        "events": history.events(visit),
        "drafts": visit.sheets.order_by("-revision"),
        "slot": slot,
        "slots": history.slots(visit),
        "saves": history.saves(visit, slot),
        "page_size": history.PAGE,
    }
    return render(request, "scoring/submit_history.html", context)


@require_safe
def visit_revision(request, pk, revision):
    """An earlier draft as it was frozen."""
    visit = fetch_to_read(request.user, pk)
    sheet = get_object_or_404(visit.sheets, revision=revision, frozen_at__isnull=False)
    context = {
        "visit": visit,
        "sheet": sheet,
        "paper": form_of(visit),
        "frozen": sheet.frozen,
        "judged": history.judged(sheet.frozen),
        "texts": history.frozen_texts(sheet.frozen),
        "signatures": history.frozen_signatures(sheet.frozen),
    }
    return render(request, "scoring/submit_revision.html", context)
