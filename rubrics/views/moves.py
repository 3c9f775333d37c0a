"""A version on its way: checked, accepted as issued, published, retired, cancelled, drafted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from chabaocu.errors import Refused, telling
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from rubrics import actions
from rubrics.differences import compare
from rubrics.forms import AcceptForm, ReasonForm, SeenForm
from rubrics.mismatches import by_level, mismatches, total_of
from rubrics.models import Version
from rubrics.outline import outline_of


@require_GET
@requires(P.RUBRIC_MANAGE)
def version_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands between a draft and its publication, level by level."""
    version = fetch(Version.objects.with_tree(), request.user, P.RUBRIC_MANAGE, pk=pk)
    if version.status != Version.Status.DRAFT:
        return redirect("rubrics:version_detail", pk)
    outline = outline_of(version)
    found = mismatches(outline)
    context = {
        "version": version,
        "levels": by_level(found),
        "acceptances": version.acceptances,
        "accepted": version.accepted_mismatches,
        "left": actions.unaccepted(version, outline),
        "found": found,
        "total": total_of(outline),
        "is_mine": version.changed_by_id == request.user.pk,
        "older": _older(request, version).first(),
    }
    return render(request, "rubrics/version_check.html", context)


@require_POST
@requires(P.RUBRIC_MANAGE)
def version_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave one contradiction as its issuer printed it."""
    version = fetch(Version, request.user, P.RUBRIC_MANAGE, pk=pk)
    form = AcceptForm(request.POST)
    with telling(request):
        said = _said(form)
        actions.accept(version, by=request.user, mismatch=said["mismatch"], why=said["reason"])
        messages.success(request, "已接受，照原件印发；说明随这一版保存。")
    return redirect("rubrics:version_check", pk)


@require_POST
@requires(P.RUBRIC_MANAGE)
def version_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the draft that the page showed."""
    version = fetch(Version, request.user, P.RUBRIC_MANAGE, pk=pk)
    form = SeenForm(request.POST)
    with telling(request):
        actions.publish(version, by=request.user, seen=_said(form)["seen"])
        messages.success(request, f"第{version.number}版已发布，从此不再改动。")
        return redirect("rubrics:version_detail", pk)
    return redirect("rubrics:version_check", pk)


@require_POST
@requires(P.RUBRIC_MANAGE)
def version_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """No new plan takes this version; the sheets filled in it stay."""
    version = fetch(Version, request.user, P.RUBRIC_MANAGE, pk=pk)
    form = ReasonForm(request.POST)
    with telling(request):
        actions.retire(version, by=request.user, reason=_said(form)["reason"])
        messages.success(request, f"第{version.number}版已停用；已填的表仍按这一版。")
    return redirect("rubrics:version_detail", pk)


@require_POST
@requires(P.RUBRIC_MANAGE)
def version_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    version = fetch(Version, request.user, P.RUBRIC_MANAGE, pk=pk)
    form = ReasonForm(request.POST)
    with telling(request):
        actions.cancel(version, by=request.user, reason=_said(form)["reason"])
        messages.success(request, f"第{version.number}版草稿已作废，版次不再使用。")
    return redirect("rubrics:version_detail", pk)


@require_POST
@requires(P.RUBRIC_MANAGE)
def version_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """新版次: a draft that begins as a copy of this version."""
    version = fetch(Version, request.user, P.RUBRIC_MANAGE, pk=pk)
    with telling(request):
        draft = actions.redraft(version, by=request.user)
        messages.success(request, f"已照第{version.number}版起草第{draft.number}版。")
        return redirect("rubrics:version_detail", draft.pk)
    return redirect("rubrics:version_detail", pk)


@require_GET
@requires(P.RUBRIC_VIEW)
def version_differences(request: HttpRequest, pk: int) -> HttpResponse:
    """This version beside an older one of the same table; the last before it, if none is named."""
    version = fetch(Version.objects.with_tree(), request.user, P.RUBRIC_VIEW, pk=pk)
    others = _older(request, version)
    named = request.GET.get("with", "")
    chosen = others.filter(pk=named) if named.isdecimal() else others
    older = chosen.with_tree().first()
    context = {"version": version, "older": older, "others": others}
    if older:
        context["found"] = compare(outline_of(older), outline_of(version))
        context["is_all"] = request.GET.get("all") == "1"
    return render(request, "rubrics/version_differences.html", context)


def _older(request: HttpRequest, version: Version):
    """The versions before this one that were issued, the newest first."""
    issued = (Version.Status.PUBLISHED, Version.Status.RETIRED)
    kin = Version.objects.visible_to(request.user).filter(rubric=version.rubric_id)
    return kin.filter(number__lt=version.number, status__in=issued).order_by("-number")


def _said(form) -> dict:
    """What the form says; what is wrong with it, as a refusal."""
    if not form.is_valid():
        raise Refused("；".join(m for errors in form.errors.values() for m in errors))
    return form.cleaned_data
