"""督导资料 of a round: what is in, what is missing, what is late; hand in, return; 典型经验."""

from collections import Counter
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu.errors import Refused, StaleState, told
from chabaocu.lists import keyset_page
from materials import actions
from materials.forms import DescribeForm, ExperienceFilter, MaterialForm
from materials.models import SEPARATOR, Material
from materials.moves import MOVES, moves_for
from materials.table import leads, of_row, table, team_at, units_of
from orgs.access import fetch, granted, requires
from orgs.models import User
from orgs.roles import Permission as P
from plans.models import Plan

SHOWS = {
    "": ("全部", lambda row: True),
    "missing": ("有缺的", lambda row: row.missing),
    "late": ("逾期的", lambda row: row.late_days),
}
SIDES = (P.VISIT_REVIEW, P.VISIT_FILL)  # who takes pieces in, and who hands them in
TOO_LONG = "摘要最多 1000 字，标签最多 80 字，请写短些再存。"
ACCEPT = ".docx,.xlsx,.pptx,.pdf,image/*"


@require_GET
def material_list(request: HttpRequest, pk: int) -> HttpResponse:
    """A row for each city and county of the round."""
    plan = _plan(request, pk)
    every = table(plan, request.user, timezone.localdate())
    show = request.GET.get("show", "")
    show = show if show in SHOWS else ""
    context = {
        "plan": plan,
        "rows": [row for row in every if SHOWS[show][1](row)],
        "kinds": Material.Kind.choices,
        "show": show,
        "shows": [(key, label, len([*filter(of, every)])) for key, (label, of) in SHOWS.items()],
        "sums": _sums(every),
        "leads": leads(plan, request.user),
    }
    return render(request, "materials/material_list.html", context)


@require_GET
def material_pieces(request: HttpRequest, pk: int) -> HttpResponse:
    """The pieces of a round one by one, of one place and kind where asked."""
    plan = _plan(request, pk)
    found = Material.objects.visible_to(request.user).filter(plan=plan)
    kind, place = request.GET.get("kind", ""), request.GET.get("place", "")
    if kind in Material.Kind.values:
        found = found.filter(kind=kind)
    if place.isdecimal():
        found = found.filter(of_row(place))
    found = found.select_related("unit__region", "filed_by")
    context = {"plan": plan, "page": keyset_page(found, request.GET, order=["-pk"])}
    return render(request, "materials/material_pieces.html", context)


@require_http_methods(["GET", "POST"])
def material_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a piece in: what it is, whose it is, its files."""
    plan = _plan(request, pk)
    units, error = units_of(plan, request.user), ""
    data = request.POST if request.method == "POST" else None
    form = MaterialForm(data, units=units, initial=_offered(request, units))
    if form.is_valid():
        try:
            made = _hand_in(request, plan, form)
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, f"已报送：{made.title}。")
            return redirect("materials:material_list", plan.pk)
    context = {"plan": plan, "form": form, "error": error, "accept": ACCEPT}
    status = 422 if form.errors or error else 200
    return render(request, "materials/material_add.html", context, status=status)


@require_GET
def material_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece: its files, how it stands, what this person may do."""
    return _page(request, _material(request, pk))


@require_POST
def material_move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One move of the table."""
    material, move = _material(request, pk), MOVES[name]
    if not move.permissions & granted(material, request.user, *SIDES):
        raise PermissionDenied
    uploads, reason = request.FILES.getlist("files"), request.POST.get("reason", "")
    try:
        actions.move(material, name, by=request.user, reason=reason, uploads=uploads)
    except (Refused, StaleState) as refusal:
        return _page(request, _material(request, pk), refusal, moved=name, reason=reason)
    messages.success(request, f"{move.label}：已办。")
    return redirect("materials:material_detail", material.pk)


@require_POST
def material_describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Write 摘要 and 标签 anew; whoever hands pieces in or takes them in may."""
    material, form = _material(request, pk), DescribeForm(request.POST)
    if not granted(material, request.user, *SIDES):
        raise PermissionDenied
    try:
        _describe(material, form, by=request.user)
    except (Refused, StaleState) as refusal:
        material = _material(request, pk)
        return _page(request, material, refusal, describe=DescribeForm.of(material, form.data))
    messages.success(request, "摘要和标签已改。")
    return redirect("materials:material_detail", material.pk)


@require_GET
@requires(P.BOARD_VIEW)
def experience_list(request: HttpRequest) -> HttpResponse:
    """典型经验材料 of all rounds, by words and tags."""
    every = Material.objects.visible_to(request.user).experiences()
    form = ExperienceFilter(request.GET)
    found = form.of(every).select_related("unit__region", "plan")
    context = {
        "page": keyset_page(found, request.GET, order=["-pk"]),
        "form": form,
        "tags": _tags(every),
        "tag": request.GET.get("tag", ""),
        "is_plain": not request.GET.get("q") and not request.GET.get("tag"),
    }
    return render(request, "materials/experience_list.html", context)


def _plan(request: HttpRequest, pk: int) -> Plan:
    """The round, for who takes its pieces in or hands them in; for others there is no such page."""
    plan = fetch(Plan.objects.select_related("issuer"), request.user, P.PLAN_VIEW, pk=pk)
    if leads(plan, request.user):
        return plan
    if not plan.teams.filter(members__user=request.user).exists():
        raise PermissionDenied
    return plan


def _material(request: HttpRequest, pk: int) -> Material:
    whole = ("plan", "unit__region", "team", "filed_by", "moved_by")
    return fetch(Material.objects.select_related(*whole), request.user, pk=pk)


def _page(
    request: HttpRequest, material: Material, refusal: Exception | None = None, **typed: Any
) -> HttpResponse:
    """The page of one piece; ``typed`` brings back what was refused, to be sent again."""
    sides = granted(material, request.user, *SIDES)
    writes = sides and material.status != Material.Status.WITHDRAWN
    context = {
        "material": material,
        "files": actions.files_of(material),
        "moves": moves_for(material, sides),
        "leads": leads(material.plan, request.user),
        "describe": DescribeForm.of(material) if writes else None,
        "accept": ACCEPT,
        "error": told(refusal) if refusal else "",
        **typed,
    }
    status = 409 if isinstance(refusal, StaleState) else 422 if refusal else 200
    return render(request, "materials/material_detail.html", context, status=status)


def _describe(material: Material, form: DescribeForm, *, by: User) -> None:
    if not form.is_valid():
        raise Refused(TOO_LONG)
    if form.is_late(material):
        raise StaleState
    said = {name: form.cleaned_data[name] for name in ("summary", "tags")}
    actions.describe(material, by=by, **said)


def _hand_in(request: HttpRequest, plan: Plan, form: MaterialForm) -> Material:
    unit = form.cleaned_data["unit"]
    return actions.hand_in(
        plan,
        unit,
        team=team_at(plan, unit, request.user),
        material_id=form.cleaned_data["material_id"],
        uploads=request.FILES.getlist("files"),
        by=request.user,
        **form.said,
    )


def _offered(request: HttpRequest, units) -> dict[str, Any]:
    """The cell of the table that was clicked, as the form's beginning."""
    place = request.GET.get("place", "")
    unit = units.filter(region__path=place, kind="union").first() if place else None
    return {"material_id": uuid4(), "kind": request.GET.get("kind", ""), "unit": unit}


def _sums(rows: list) -> dict[str, int]:
    wanted, missing = sum(row.wanted for row in rows), sum(row.missing for row in rows)
    late = sum(row.missing for row in rows if row.late_days)
    return {"wanted": wanted, "held": wanted - missing, "missing": missing, "late": late}


def _tags(found) -> list[tuple[str, int]]:
    """The tags in use, the most used first."""
    every = found.values_list("tags", flat=True)
    counts = Counter(tag for tags in every for tag in tags.split(SEPARATOR))
    counts.pop("", None)
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:20]
