"""One hazard: where it stands, what was done, and what this person may do now."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu.errors import Refused, StaleState, telling
from hazards import actions, evidence
from hazards.advice import advice_on
from hazards.forms.moves import MoveForm
from hazards.guards import AFTER
from hazards.history import failed_on, finder, since, steps
from hazards.models import Hazard
from hazards.picture import picture
from hazards.similar import earlier
from hazards.urging import may_urge
from hazards.workflow import MOVES, SIX, Move, moves_for
from orgs.access import fetch
from orgs.roles import Permission as P

WHOLE = ("unit__region", "place", "reported_by", "responsible", "regulator", "committee")
WHOLE += ("accepted_by", "witnessed_by", "offered_by", "duplicate_of")
MOVED = "刚有人办了下一步，您填的还在，请看最新情况后再决定。"


@require_GET
def hazard_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole file of a hazard."""
    hazard = fetch(Hazard.objects.select_related(*WHOLE), request.user, P.HAZARD_VIEW, pk=pk)
    held = list(evidence.of(hazard))
    moves = moves_for(hazard, request.user)
    context = {
        "hazard": hazard,
        "finder": finder(hazard, request.user),
        "picture": picture(hazard, inspected=_inspected(hazard), failed_on=failed_on(hazard)),
        "steps": steps(hazard, request.user),
        "before": [file for file in held if file.slot == evidence.BEFORE],
        "after": [file for file in held if file.slot == AFTER],
        "count": len(held),
        "plan": _plan(hazard),
        "like": earlier(hazard) if any(move.name == "register" for move in moves) else (),
        "moves": [move for move in moves if not move.returning],
        "returning": [move for move in moves if move.returning],
        "may_urge": may_urge(hazard, request.user),
        **_clock(hazard),
        "upload_id": uuid4(),
        "may_add": _may_rectify(hazard, request.user),
    }
    return render(request, "hazards/hazard_detail.html", context)


@require_http_methods(["GET", "POST"])
def hazard_move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One move: its form, and making it."""
    move = MOVES[name]
    hazard = _movable(request, pk, move)
    data = request.POST if request.method == "POST" else None
    form = MoveForm(data, move=move, hazard=hazard, advice=advice_on(hazard, name))
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("step", "")
        if seen != str(hazard.step):
            return _form_page(request, hazard, move, form, error=MOVED, status=409)
        try:
            actions.move(hazard, name, by=request.user, **form.cleaned_data)
        except (Refused, StaleState) as error:
            message = str(error) or MOVED
            hazard.refresh_from_db()
            return _form_page(request, hazard, move, form, error=message, status=409)
        messages.success(request, f"{move.label}：已办。")
        return redirect(page_of(hazard, request.user))
    return _form_page(request, hazard, move, form, status=422 if form.errors else 200)


@require_POST
def photo_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture of the rectified place, before the acceptance is asked for."""
    hazard = fetch(Hazard, request.user, P.HAZARD_RECTIFY, pk=pk)
    with telling(request):
        if not (upload := request.FILES.get("file")):
            raise Refused("请先选择照片或文件。")
        if hazard.status != Hazard.Status.RECTIFYING:
            raise Refused("整改期间才能上传整改后的照片。")
        id = UUID(request.POST["upload_id"])
        evidence.add(hazard, upload, slot=AFTER, upload_id=id, by=request.user)
        messages.success(request, "已上传。")
    return redirect(page_of(hazard, request.user))


def page_of(hazard: Hazard, user: Any) -> str:
    """Where this person sees it: the whole file, or what becomes of it."""
    seen = Hazard.objects.permitted(user, P.HAZARD_VIEW).filter(pk=hazard.pk).exists()
    return reverse("hazards:hazard_detail" if seen else "hazards:follow", args=[hazard.pk])


def _movable(request: HttpRequest, pk: int, move: Move) -> Hazard:
    """The hazard, if this person is the one who makes this move on it."""
    hazard = fetch(Hazard.objects.select_related(*WHOLE), request.user, pk=pk)
    permitted = Hazard.objects.permitted(request.user, move.permission_on(hazard))
    if not permitted.filter(pk=hazard.pk).exists():
        raise PermissionDenied
    return hazard


def _form_page(
    request: HttpRequest, hazard: Hazard, move: Move, form: MoveForm, **more: Any
) -> HttpResponse:
    """The form; where the state no longer allows the move, what to know instead of it."""
    status, back = more.pop("status"), page_of(hazard, request.user)
    context = {"hazard": hazard, "move": move, "form": form, "back": back} | more
    if not move.is_open(hazard):
        context |= {"error": "", "typed": list(form.typed())}
        context["moves"] = moves_for(hazard, request.user)
        status = 409
    if status == 409:
        context["since"] = since(hazard, request.user, request.POST.get("step", ""))
    context["advice"] = advice_on(hazard, move.name)
    page = "hazard_move" if move.is_open(hazard) else "hazard_move_late"
    return render(request, f"hazards/{page}.html", context, status=status)


def _plan(hazard: Hazard) -> list[tuple[str, str]]:
    """责任、措施、资金、期限、应急预案、监控, as far as they are written."""
    said = [(Hazard._meta.get_field(name).verbose_name, getattr(hazard, name)) for name in SIX]
    return [(str(label), value) for label, value in said if value]


def _clock(hazard: Hazard) -> dict[str, Any]:
    """Days left, or days late, of an open hazard; both None where no day is set."""
    days = hazard.days_left(timezone.localdate())
    late = -days if days is not None and days < 0 else None
    return {"days": None if late else days, "late": late}


def _inspected(hazard: Hazard) -> bool:
    return hazard.events.filter(move__in=["inspect", "list"]).exists()


def _may_rectify(hazard: Hazard, user: Any) -> bool:
    if hazard.status != Hazard.Status.RECTIFYING:
        return False
    return Hazard.objects.permitted(user, P.HAZARD_RECTIFY).filter(pk=hazard.pk).exists()
