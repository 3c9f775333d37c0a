"""督导工作记录表: texts, problems, and what is still missing."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chabaocu.errors import Refused, StaleState, telling
from orgs.access import fetch
from orgs.roles import Permission
from scoring import findings, guards, record_page, sheets
from scoring.forms import FindingForm, TextForm
from scoring.models import Finding, RecordText
from scoring.record_forms import facts_of, form_of
from scoring.text_saves import InvalidTextError, save_text
from scoring.texts import COMPOSERS, live_findings
from scoring.views.papers import fetch_to_fill, fetch_to_read, may
from scoring.workflow import moves_for

P = Permission
LOCKED, UNPROCESSABLE, CONFLICT = 423, 422, 409
NEW = "new"


@require_safe
def record(request, pk):
    visit = fetch_to_read(request.user, pk)
    return _page(request, visit)


@require_POST
def text_save(request, pk, field):
    visit = fetch_to_fill(request.user, pk)
    return _save(request, visit, field, _text_form(request))


@require_POST
def text_compose(request, pk, field):
    """Put the entries into a text, after what is already written there."""
    visit = fetch_to_fill(request.user, pk)
    form = _text_form(request)
    gathers = {box.field: box.gathers for box in form_of(visit).boxes}.get(field)
    if not gathers:
        raise Http404
    typed = form.cleaned_data["text"].rstrip()
    made = COMPOSERS[gathers](live_findings(_sheet(visit)))
    if made and made not in typed:
        form.cleaned_data["text"] = f"{typed}\n{made}" if typed else made
    return _save(request, visit, field, form)


@require_POST
def finding_add(request, pk):
    visit = fetch_to_fill(request.user, pk)
    form = FindingForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            findings.add(
                _sheet(visit),
                by=request.user,
                text=said["text"],
                advice=said["advice"],
                code=said["code"],
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect(_at(visit, "problems"))
    return _page(request, visit, status=UNPROCESSABLE, refused=form, opened=NEW)


@require_POST
def finding_edit(request, pk):
    finding, visit = _finding(request, pk)
    form = FindingForm(request.POST, prefix=f"f{pk}")
    if form.is_valid():
        said = form.cleaned_data
        try:
            findings.edit(
                finding,
                by=request.user,
                text=said["text"],
                advice=said["advice"],
                seen=said["seen"],
            )
        except (Refused, StaleState) as error:
            form = _with_present(form, finding, error)
        else:
            return redirect(_at(visit, f"finding-{pk}"))
    return _page(request, visit, status=UNPROCESSABLE, refused=form, opened=pk)


@require_POST
def finding_up(request, pk):
    finding, visit = _finding(request, pk)
    with telling(request):
        findings.move_up(finding, by=request.user)
    return redirect(_at(visit, "problems"))


@require_POST
def finding_withdraw(request, pk):
    finding, visit = _finding(request, pk)
    with telling(request):
        findings.withdraw(finding, by=request.user)
        messages.success(request, "已撤回这一条，历史中仍可查到。")
    return redirect(_at(visit, "problems"))


def _page(request, visit, *, status=200, typed=None, refused=None, opened=None):
    sheet = sheets.present(visit)
    if sheet is None:
        return render(request, "scoring/record_unstarted.html", {"visit": visit}, status=status)
    rows = record_page.sign_rows(visit, sheet, request.user)
    found = record_page.entries(sheet, refused, opened if opened != NEW else None)
    gaps = [] if sheet.frozen_at else record_page.gaps_of(sheet, rows)
    moves = {move.name for move in moves_for(visit, request.user)}
    paper = form_of(visit)
    steps = visit.questions + paper.steps
    can_edit = visit.is_editable and may(request.user, visit, P.VISIT_FILL)
    can_edit = can_edit and not guards.begun(visit)
    context = {
        "visit": visit,
        "sheet": sheet,
        "paper": paper,
        "facts": facts_of(visit, sheet),
        "boxes": record_page.boxes(sheet, typed or {}),
        "entries": found,
        "lost": [point for point in findings.lost_points(sheet) if not point.taken],
        "add_form": refused if opened == NEW else FindingForm(),
        "is_adding": opened == NEW,
        "refused": refused,
        "advised": sum(bool(entry.finding.advice) for entry in found),
        "signs": rows,
        "gaps": gaps,
        "steps": steps,
        "done": max(steps - len(gaps), 0),
        "can_edit": can_edit,
        "can_submit": moves & {"submit", "file"},
        "can_recall": moves & {"recall", "take_back"} and not guards.begun(visit),
        "log": _log(sheet),
    }
    return render(request, "scoring/record.html", context, status=status)


def _log(sheet):
    """The last accepted saves of texts, newest first, for the side of the desk page."""
    labels = dict(RecordText.Field.choices)
    saves = sheet.saves.filter(slot__startswith="text:", status=200).select_related("user")
    return [
        {"at": save.at, "who": save.user, "what": labels.get(save.slot.partition(":")[2], "")}
        for save in saves.order_by("-at")[:5]
    ]


def _save(request, visit, field, form):
    """Save, and answer in JSON to the page's script, as a page to a plain form."""
    said = form.cleaned_data
    try:
        reply = save_text(
            _sheet(visit), field, said["text"], by=request.user, id=said["id"], base=said["base"]
        )
    except RecordText.DoesNotExist:
        raise Http404 from None
    except InvalidTextError as error:
        return _refused(request, visit, field, said, str(error), UNPROCESSABLE)
    except Refused as error:
        return _refused(request, visit, field, said, str(error), LOCKED)
    if _wants_json(request):
        return JsonResponse(reply.body, status=reply.status)
    if reply.status == CONFLICT:
        shown = {"text": said["text"], "conflict": reply.body}
        return _page(request, visit, status=CONFLICT, typed={field: shown})
    return redirect(_at(visit, f"box-{field}"))


def _refused(request, visit, field, said, message, status):
    if _wants_json(request):
        return JsonResponse({"error": "refused", "message": message}, status=status)
    typed = {field: {"text": said["text"], "error": message}}
    return _page(request, visit, status=status, typed=typed)


def _text_form(request):
    """The page's own fields; only a hand-made request has them wrong."""
    form = TextForm(request.POST)
    if not form.is_valid():
        raise Http404
    return form


def _wants_json(request):
    return request.headers.get("Accept", "").startswith("application/json")


def _sheet(visit):
    if (sheet := sheets.present(visit)) is None:
        raise Http404
    sheet.visit = visit
    return sheet


def _finding(request, pk):
    """An entry of the present draft, for who may fill it."""
    finding = fetch(Finding.objects.select_related("sheet"), request.user, pk=pk)
    visit = fetch_to_fill(request.user, finding.sheet.visit_id)
    finding.sheet.visit = visit
    return finding, visit


def _with_present(form, finding, error):
    """What was typed, with what the entry says now beside it; saving again overwrites that."""
    finding.refresh_from_db()
    data = form.data.copy()
    data[form.add_prefix("seen")] = findings.fingerprint(finding)
    again = FindingForm(data, prefix=form.prefix)
    again.add_error(
        None, f"{error or StaleState.message}　现在是：{finding.text}　{finding.advice}"
    )
    return again


def _at(visit, anchor):
    return f"{reverse('scoring:record', args=[visit.pk])}#{anchor}"
