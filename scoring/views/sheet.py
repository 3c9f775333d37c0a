"""附件1/2 on a phone and at a desk: the page, its saves, its files."""

from hashlib import sha256
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from attachments.models import Attachment
from chabaocu import fragments
from chabaocu.errors import Refused, StaleState
from orgs.access import fetch
from orgs.roles import TEAM_PERMISSIONS
from orgs.roles import Permission as P
from plans.models import Visit
from rubrics.evaluate import InvalidInput
from scoring import (
    comments,
    entries,
    evidence,
    figures,
    guards,
    history,
    layout,
    markup,
    presence,
    self_check,
    sheets,
    statements,
)
from scoring.anchors import point_anchor
from scoring.answers import save_point, save_points
from scoring.models import Answer, Mark, Scoresheet
from scoring.saves import NOT_STARTED, check_open
from scoring.statements import HEAD
from scoring.views.papers import fetch_draft, fetch_to_read
from scoring.views.sheet_save import refused, words_of

BROKEN = "文件在路上损坏了，会自动再传。"


@require_POST
def start(request, pk):
    visit = fetch(Visit, request.user, P.VISIT_FILL, pk=pk)
    try:
        sheets.start(visit, by=request.user)
    except StaleState as stale:
        messages.error(request, stale.message)
    return redirect("scoring:sheet", pk)


@require_GET
def sheet(request, pk):
    reader = request.user
    if reader.is_active and (draft := statements.readable(reader.scope).first(visit=pk)):
        return _page(request, draft)
    visit = fetch_to_read(request.user, pk)
    may_start = _may_fill(request.user, visit) and visit.status == Visit.Status.PLANNED
    return render(request, "scoring/sheet_start.html", {"visit": visit, "may_start": may_start})


@require_POST
def save_all(request, pk):
    """The whole form at once, for a browser without our script; untouched points stay as they are.

    What cannot be saved comes back in its field with what is wrong; the rest is saved.
    """
    visit = fetch(Visit, request.user, P.VISIT_FILL, pk=pk)
    drafts = Scoresheet.objects.select_related(*HEAD)
    draft = drafts.filter(visit=visit, revision=visit.revision).first()
    if draft is None:
        messages.error(request, NOT_STARTED)
        return redirect("scoring:sheet", pk)
    sent, typed = {}, {}
    for answer in Answer.objects.filter(sheet=draft).select_related("criterion"):
        entry, value = _sent_by_form(request, answer)
        if entry is None:
            continue
        try:
            sent[answer.criterion.code] = _minted(request, answer.criterion.code, entry), value
        except ValueError:
            typed[answer.criterion.code] = layout.Typed(value, entry, entries.UNREADABLE)
    points = [(code, one) for code, (one, _) in sent.items()]
    saved = 0
    for (code, one), reply in zip(points, save_points(draft, points, by=request.user), strict=True):
        if error := _fault(reply):
            typed[code] = layout.Typed(sent[code][1], one.entry, error)
        else:
            saved += 1
    if typed:
        messages.error(request, f"有 {len(typed)} 处没有存上，见标红的地方；其余已保存。")
        return _page(request, draft, typed=typed, status=422)
    messages.success(request, f"已保存 {saved} 处改动。" if saved else "没有改动。")
    return redirect("scoring:sheet", pk)


@require_POST
def point_save(request, pk, code):
    """The save protocol for one scoring point; see scoring.saves."""
    draft = fetch_draft(request.user, pk)
    try:
        sent = _sent(request, draft, code)
        reply = save_point(draft, code, sent.entry, by=request.user, id=sent.id, base=sent.base)
    except Answer.DoesNotExist:
        raise Http404 from None
    except (entries.UnreadableError, InvalidInput, Refused, StaleState) as error:
        return refused(error)
    return JsonResponse(reply.body, status=reply.status)


@require_GET
def point(request, pk, code):
    """One point as the page shows it, to take a colleague's change into an open page."""
    draft = fetch(Scoresheet.objects.select_related(*HEAD), request.user, pk=pk)
    view = layout.present_sheet(draft, request.user)
    found = next((p for p in view.points if p.code == code), None)
    if found is None:
        raise Http404
    context = _shown(request, draft, view.members) | {"remarks": comments.to_answer(draft)}
    return HttpResponse(markup.drawn(draft.version, [found], context)[code])


@require_GET
def point_log(request, pk, code):
    """修改记录 of one point: into the open page, or as a page of its own."""
    draft = fetch(Scoresheet.objects.select_related(*HEAD), request.user, pk=pk)
    context = {
        "draft": draft,
        "criterion": _criterion(draft, code),
        "log": history.point_log(draft.visit, code),
        "back": _back(draft, code),
    }
    if request.htmx:
        return HttpResponse(fragments.render("scoring/_point_log.jinja", context))
    return render(request, "scoring/point_log.html", context)


@require_GET
def changes(request, pk):
    """What an open page asks every few seconds: nothing new, or which points changed."""
    draft = fetch(Scoresheet.objects.select_related("visit", "version"), request.user, pk=pk)
    told = {
        "edits": draft.edits,
        "editable": draft.visit.is_editable and not draft.frozen_at,
        "filling": presence.others(draft, request.user),
    }
    if request.GET.get("since") != str(draft.edits):
        found = figures.figures_of(draft)
        versions = Answer.objects.filter(sheet=draft).values_list("criterion__code", "version")
        items = sorted({row.item for row in found.rows})
        told |= figures.told(found) | {
            "versions": dict(versions),
            "items": [figures.item_figures(item, found.rows) for item in items],
        }
    return JsonResponse(told)


@require_GET
def checks(request, pk):
    """What this member may know of the unit's own 自查: of the points they have marked."""
    draft = fetch(
        Scoresheet.objects.select_related("visit__team"), request.user, P.VISIT_FILL, pk=pk
    )
    return JsonResponse({"checks": self_check.told_to(draft, request.user)})


@require_POST
def here(request, pk):
    """The page tells which point its person is at."""
    draft = fetch_draft(request.user, pk)
    presence.note(draft, request.POST.get("slot", "")[:40], by=request.user)
    return JsonResponse({})


@require_GET
def point_files(request, pk, code):
    """The files of one point, with a plain form to add one."""
    draft = fetch(Scoresheet.objects.select_related(*HEAD), request.user, pk=pk)
    return _files_page(request, draft, code)


@require_POST
def file_add(request, pk, code):
    """Take one file in; the page mints ``upload_id``, so that it comes in once.

    The answer names the hash of what arrived: the page lets its own copy go if that is its hash.
    """
    draft = fetch(Scoresheet.objects.select_related(*HEAD), request.user, P.VISIT_FILL, pk=pk)
    try:
        check_open(draft)
        _criterion(draft, code)
        upload, received = _uploaded(request)
        if request.POST.get("sha256", received) != received:
            return JsonResponse({"error": "broken", "message": BROKEN}, status=422)
        id = UUID(request.POST.get("upload_id", ""))
        made = evidence.add(draft, upload, slot=code, upload_id=id, by=request.user)
    except (Refused, ValueError) as error:
        message = str(error) if isinstance(error, Refused) else entries.UNREADABLE
        if _wants_json(request):
            return JsonResponse({"error": "refused", "message": message}, status=400)
        return _files_page(request, draft, code, error=message, status=400)
    if _wants_json(request):
        return JsonResponse({"pk": made.pk, "name": made.name, "sha256": received})
    return redirect("scoring:point_files", pk, code)


@require_POST
def file_remove(request, pk, file_pk):
    """Take a file away: its uploader or the 组长, while the papers can be filled."""
    draft = fetch_draft(request.user, pk)
    held = Attachment.objects.live().filter(holder_type="visit", holder_id=draft.visit_id)
    found = fetch(held, request.user, pk=file_pk)
    try:
        check_open(draft)
        if found.uploaded_by_id != request.user.pk and not _may_settle(request.user, draft):
            raise Refused("只有上传的人和组长可以移除。")
        evidence.remove(draft, found, by=request.user)
    except (Refused, StaleState) as error:
        messages.error(request, getattr(error, "message", str(error)))
    return redirect("scoring:point_files", pk, found.slot)


def _may_fill(user, visit):
    return Visit.objects.permitted(user, P.VISIT_FILL).filter(pk=visit.pk).exists()


def _may_settle(user, draft):
    return Visit.objects.permitted(user, P.VISIT_SETTLE).filter(pk=draft.visit_id).exists()


def _criterion(draft, code):
    answer = Answer.objects.select_related("criterion").filter(sheet=draft, criterion__code=code)
    found = answer.first()
    if found is None:
        raise Http404
    return found.criterion


def _sent(request, draft, code):
    if request.content_type == "application/json":
        return entries.from_json(request.body)
    kind = _criterion(draft, code).kind
    try:
        id, base = UUID(request.POST["id"]), int(request.POST["base"])
    except (KeyError, ValueError) as error:
        raise entries.UnreadableError(entries.UNREADABLE) from error
    return entries.Sent(id, base, entries.from_form(kind, request.POST))


def _sent_by_form(request, answer):
    """The entry a plain form sends for one point, or None where it was left untouched."""
    code, kind = answer.criterion.code, answer.criterion.kind
    if f"{code}.was" not in request.POST:
        return None, ""
    value = request.POST.get(f"{code}.value", "")
    if mark := _adopted(request, answer):
        return entries.Entry(mark.inputs, mark.not_applicable, mark.reason, mark.note), value
    entry = entries.from_form(kind, request.POST, f"{code}.")
    return (None if entry.digest == request.POST[f"{code}.was"] else entry), value


def _adopted(request, answer):
    """The colleague's mark whose button 用…的 was pressed, if it is one of this point."""
    code, _, user = request.POST.get("adopt", "").rpartition(":")
    if code != answer.criterion.code or not user.isdecimal():
        return None
    marks = Mark.objects.filter(sheet=answer.sheet_id, criterion=answer.criterion_id)
    return marks.filter(user=int(user)).first()


def _minted(request, code, entry):
    """One point of the plain form as a save: the same form sent again is the same save."""
    base = int(request.POST.get(f"{code}.base", ""))
    id = uuid5(UUID(request.POST.get("form", "")), f"{code} {entry.digest} {base}")
    return entries.Sent(id, base, entry)


def _fault(reply):
    """What is wrong with one save of the plain form, in words, or nothing."""
    if isinstance(reply, Exception):
        return words_of(reply)[1]["message"]
    if reply.status == 200:
        return ""
    theirs = reply.body.get("theirs")
    if not theirs:
        return reply.body["message"]
    shown = theirs["judged"] or f"{theirs['points']} 分"
    shown = "不适用" if theirs["not_applicable"] else shown
    return f"{theirs['name']} {theirs['at']} 填的是 {shown}，与您的不同。再保存一次就记下您的。"


def _page(request, draft, *, typed=None, status=200):
    view = layout.present_sheet(draft, request.user, typed=typed)
    context = _shown(request, draft, view.members) | {
        "view": view,
        "visit": draft.visit,
        "mates": [member.name for member in view.members if member.user_id != request.user.pk],
        "form_id": uuid4(),
        "common_reasons": layout.COMMON_REASONS,
        "remarks": comments.to_answer(draft),
    }
    context["drawn"] = markup.drawn(draft.version, view.points, context)
    return render(request, "scoring/sheet.html", context, status=status)


def _shown(request, draft, members=None):
    """What every point of the page needs to know beside itself."""
    if members is None:
        members = layout.members_of(draft)
    role = next((m.role for m in members if m.user_id == request.user.pk), None)
    grants = self_check.grants_of(draft.visit, request.user)
    grants |= TEAM_PERMISSIONS.get(role, frozenset())
    is_late = draft.visit.is_editable and guards.begun(draft.visit)
    editable = draft.visit.is_editable and not draft.frozen_at and not is_late
    return {
        "draft": draft,
        "editable": editable and P.VISIT_FILL in grants,
        "may_settle": P.VISIT_SETTLE in grants,
        "is_late": is_late,
        # One address a point, four times on each: reversed once, not two hundred times.
        "points_url": reverse("scoring:point", args=[draft.pk, "0"]).removesuffix("0/"),
        "record_url": reverse("scoring:record", args=[draft.visit_id]),
        "review_url": reverse("scoring:visit_review", args=[draft.visit_id]),
    }


def _files_page(request, draft, code, *, error="", status=200):
    held = Attachment.objects.live().filter(holder_type="visit", holder_id=draft.visit_id)
    context = _shown(request, draft) | {
        "criterion": _criterion(draft, code),
        "files": held.filter(slot=code).select_related("uploaded_by"),
        "upload_id": uuid4(),
        "error": error,
        "back": _back(draft, code),
    }
    return render(request, "scoring/sheet_files.html", context, status=status)


def _back(draft, code):
    return f"{reverse('scoring:sheet', args=[draft.visit_id])}#{point_anchor(code)}"


def _uploaded(request):
    """The file sent, and the hash of its bytes as they arrived."""
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("没有选择文件，请先拍照或选择文件。")
    received = sha256()
    for chunk in upload.chunks():
        received.update(chunk)
    upload.seek(0)
    return upload, received.hexdigest()


def _wants_json(request):
    return "application/json" in request.headers.get("Accept", "")
