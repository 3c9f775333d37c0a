"""督导意见: send the letters of a round, read and answer one, close or return it."""

import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attachments.actions import nth_id
from chabaocu.errors import Refused, StaleState, told
from chabaocu.lists import bounded_counts, keyset_page
from chabaocu.lists import told as counted
from chabaocu.sent import key, keys
from feedback import actions
from feedback.escalation import RULE
from feedback.forms import TERM, AnswerForm, SendForm
from feedback.models import Letter, LetterEntry
from feedback.moves import MOVES, moves_for
from feedback.unsent import outdated, without_letter
from orgs.access import fetch, granted, requires
from orgs.models import Region
from orgs.roles import Permission as P
from orgs.scope import path_range
from plans.models import Plan, Visit

S = Letter.Status
STATES = {
    "awaited": "待答复",
    "late": "逾期未答复",
    "answered": "已答复，待审阅",
    "closed": "已办结",
    "all": "全部",
}
CHANGED = "刚有人改过这份答复，您写的还在下面，请对照后再存。"
NO_ID = "文件没有带上编号，请重新打开这一页再选文件。"
PATH = re.compile(r"([0-9]{3}){1,4}")
AT_ONCE = 500  # letters that one press sends
SHOWN = 20  # of the refusals that are told by name


@require_GET
@requires(P.RESULT_VIEW)
def letter_list(request: HttpRequest) -> HttpResponse:
    """The letters this person sees, by state, the newest first."""
    today, state = timezone.localdate(), request.GET.get("state", "awaited")
    state = state if state in STATES else "awaited"
    letters = Letter.objects.visible_to(request.user).live()
    plan, place = key(request.GET.get("plan")), request.GET.get("place", "")
    if plan:
        letters = letters.filter(plan=plan)
    if PATH.fullmatch(place):
        letters = letters.filter(path_range("place", place))
    counts = bounded_counts([letters.filter(_within(name, today)) for name in STATES])
    found = letters.filter(_within(state, today)).select_related("unit__region", "plan")
    context = {
        "page": keyset_page(found, request.GET, order=["-pk"]),
        "tabs": [(*one, counted(n)) for one, n in zip(STATES.items(), counts, strict=True)],
        "state": state,
        "here": urlencode({k: v for k, v in (("plan", plan), ("place", place)) if v}),
        "region": place and Region.objects.visible_to(request.user).filter(path=place).first(),
        "today": today,
        "rule": RULE,
    }
    return render(request, "feedback/letter_list.html", context)


@require_http_methods(["GET", "POST"])
def letter_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Which visits of a round wait for their letter; send them all, or those that were chosen."""
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    visits = _unsent(plan, request.user)
    form = SendForm(request.POST) if request.method == "POST" else SendForm.offered()
    ticked = visits
    if request.method == "POST":
        ticked = visits.filter(pk__in=keys(request.POST.getlist("visit")))
    if form.is_valid():
        day = form.cleaned_data["due_on"]
        sent, refused = actions.send_all(ticked, due_on=day, by=request.user)
        messages.success(request, f"已发出 {len(sent)} 份督导意见。")
        for why in refused[:SHOWN]:
            messages.warning(request, f"没有发出：{why}")
        return redirect("feedback:letter_send", plan.pk)
    letters = Letter.objects.permitted(request.user, P.VISIT_REVIEW).filter(plan=plan)
    stale = outdated(letters).select_related("unit").order_by("place", "pk")
    more = max(visits.count() - AT_ONCE, 0)
    shown = visits[:AT_ONCE]
    context = {
        "plan": plan,
        "visits": shown,
        "more": more,
        "ticked": ticked,
        "form": form,
        "outdated": stale,
    }
    status = 422 if form.errors else 200
    return render(request, "feedback/letter_send.html", context, status=status)


@require_GET
def letter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The problems with the unit's answers, and what this person may do."""
    letter = _letter(request, pk)
    return _page(request, letter, AnswerForm(letter))


@require_POST
def letter_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written so far."""
    return _written(request, pk, actions.save, "已存下，还没有报送。")


@require_POST
def letter_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the answer in."""

    def act(letter: Letter, said, *, by) -> None:
        actions.move(letter, "answer", by=by, said=said)

    return _written(request, pk, act, "已报送答复。")


@require_POST
def letter_move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Close, return or withdraw."""
    move = MOVES[name]
    letter = _letter(request, pk, move.permission)
    reason, day = request.POST.get("reason", ""), request.POST.get("due_on", "")
    try:
        _as_seen(request, letter)
        actions.move(letter, name, by=request.user, reason=reason, due_on=_day(day))
    except (Refused, StaleState) as refusal:
        letter.refresh_from_db()
        typed = {"error": told(refusal), "moved": name, "reason": reason, "day": day}
        status = 409 if isinstance(refusal, StaleState) else 422
        return _page(request, letter, AnswerForm(letter), status=status, **typed)
    messages.success(request, f"{move.label}：已办。")
    return redirect("feedback:letter_detail", letter.pk)


def _written(request: HttpRequest, pk: int, act, done: str) -> HttpResponse:
    """Save or hand in; whatever goes wrong, what was typed stays on the page."""
    letter = _letter(request, pk, P.SELF_CHECK)
    form, error, status = AnswerForm(letter, request.POST), "", 422
    if form.is_valid():
        try:
            _act(request, letter, lambda: act(letter, form.said, by=request.user))
        except StaleState:
            error, status = CHANGED, 409
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, done)
            return redirect("feedback:letter_detail", letter.pk)
    letter.refresh_from_db()
    return _page(request, letter, form, error=error, status=status)


@transaction.atomic
def _act(request: HttpRequest, letter: Letter, act) -> None:
    """The evidence and the answer, both or neither."""
    _as_seen(request, letter)
    first = _upload_id(request) if request.FILES else None
    for number, (entry, upload) in enumerate(_uploads(request, letter)):
        id = nth_id(first, number)
        actions.add_file(letter, upload, upload_id=id, by=request.user, entry=entry)
    actions.drop_files(letter, keys(request.POST.getlist("drop")), by=request.user)
    act()


def _uploads(request: HttpRequest, letter: Letter) -> list[tuple[LetterEntry | None, UploadedFile]]:
    """The files of the answer as a whole, and of each problem."""
    found = [(None, upload) for upload in request.FILES.getlist("files")]
    for entry in letter.entries.all() if request.FILES else ():
        found += [(entry, upload) for upload in request.FILES.getlist(f"{entry.pk}-files")]
    return found


def _upload_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("upload_id", ""))
    except ValueError as error:
        raise Refused(NO_ID) from error


def _page(
    request: HttpRequest, letter: Letter, form: AnswerForm, *, status: int = 200, **typed: Any
) -> HttpResponse:
    """The page of one letter; ``typed`` brings back what a refused form held, and why."""
    sides = granted(letter, request.user, P.VISIT_REVIEW, P.SELF_CHECK)
    moves, files = moves_for(letter, sides), actions.files_by_slot(letter)
    for entry, _ in form.rows:
        entry.proofs = files.get(entry.slot, [])
    context = {
        "letter": letter,
        "form": form,
        "writes": any(move.name == "answer" for move in moves),
        "moves": [move for move in moves if move.name != "answer"],
        "files": files.pop("", []),
        "is_outdated": bool(moves) and outdated(Letter.objects.filter(pk=letter.pk)).exists(),
        "late": letter.days_late(timezone.localdate()),
        "escalations": letter.escalations.filter(due_on=letter.due_on),
        "upload_id": uuid4(),
        "rule": RULE,
        "today": timezone.localdate(),
        "again": timezone.localdate() + TERM,
        **typed,
    }
    return render(request, "feedback/letter_detail.html", context, status=status)


def _letter(request: HttpRequest, pk: int, permission: P | None = None) -> Letter:
    whole = ("visit", "plan", "unit__region", "sent_by", "answered_by", "moved_by")
    return fetch(Letter.objects.select_related(*whole), request.user, permission, pk=pk)


def _as_seen(request: HttpRequest, letter: Letter) -> None:
    """Nobody acts on a letter other than the one on their page."""
    if request.POST.get("step", "") != str(letter.step):
        raise StaleState


def _unsent(plan: Plan, user: Any) -> QuerySet[Visit]:
    """Released visits with problems and without a letter."""
    visits = Visit.objects.permitted(user, P.VISIT_REVIEW).filter(plan=plan)
    return without_letter(visits).select_related("target", "region").order_by("place", "pk")


def _within(state: str, today: date) -> Q:
    awaited = Q(status__in=[S.SENT, S.RETURNED])
    return {
        "awaited": awaited,
        "late": awaited & Q(due_on__lt=today),
        "answered": Q(status=S.ANSWERED),
        "closed": Q(status=S.CLOSED),
    }.get(state, Q())


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
