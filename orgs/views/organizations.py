"""Units: a list, one unit, and what its manager does to it."""

from functools import lru_cache

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu import edits
from chabaocu.errors import Refused, StaleState
from chabaocu.lists import Keyset
from orgs.access import fetch, requires
from orgs.actions import organizations as actions
from orgs.actions.taken import Taken
from orgs.forms.fields import offer
from orgs.forms.organizations import CloseForm, OrganizationFilter, OrganizationForm, narrowed
from orgs.lines import unit_lines
from orgs.models import Organization, User
from orgs.roles import Permission as P

ORDER = ("region__path", "name_initials", "pk")
OFFERED = 20


@require_GET
@requires(P.ORG_VIEW)
def organization_list(request):
    form = OrganizationFilter(request.GET, scope=request.user.scope)
    page = _keys(request.user.scope, form.wanted).page(request.GET, load=unit_lines)
    context = {"page": page, "form": form, "may_manage": request.user.may(P.ORG_MANAGE)}
    return render(request, "orgs/organization_list.html", context)


@lru_cache(maxsize=512)
def _keys(scope, wanted):
    return Keyset([narrowed(part, wanted) for part in Organization.objects.parts(scope)], ORDER)


@require_GET
@requires(P.ORG_VIEW)
def unit_offers(request):
    """The units whose name begins to be typed, as options for a field."""
    text = next(iter(request.GET.values()), "")  # named as the field that asks
    units = Organization.objects.visible_to(request.user).active().search(text)
    offers = [offer(unit) for unit in units.order_by("name_initials", "pk")[:OFFERED]]
    return render(request, "orgs/_unit_offers.html", {"offers": offers})


@require_GET
def organization_detail(request, pk):
    units = Organization.objects.select_related("region__parent", "parent")
    unit = fetch(units, request.user, pk=pk)
    context = {
        "unit": unit,
        "may_manage": _permitted(request.user, unit, P.ORG_MANAGE),
        "may_manage_users": _permitted(request.user, unit, P.USER_MANAGE),
        "children": unit.children.visible_to(request.user).active().count(),
        "users": User.objects.visible_to(request.user).filter(organization=unit).count(),
    }
    return render(request, "orgs/organization_detail.html", context)


def _permitted(user, unit, permission):
    return Organization.objects.permitted(user, permission).filter(pk=unit.pk).exists()


@require_http_methods(["GET", "POST"])
@requires(P.ORG_MANAGE)
def organization_create(request):
    form = OrganizationForm(
        request.POST or None, user=request.user, initial={"region": _own_region(request)}
    )
    if form.is_valid():
        try:
            unit = actions.create_organization(by=request.user, **form.cleaned_data)
        except Taken as taken:
            taken.tell(form)
        else:
            messages.success(request, f"已登记{unit.name}。")
            return redirect("orgs:organization_detail", unit.pk)
    return _form_page(request, form, None)


def _own_region(request):
    return request.user.organization.region_id


@require_http_methods(["GET", "POST"])
def organization_edit(request, pk):
    unit = fetch(Organization, request.user, P.ORG_MANAGE, pk=pk)
    seen = edits.shown(request, actions.fingerprint(unit))
    form = OrganizationForm(request.POST or None, user=request.user, instance=unit)
    if form.is_valid():
        try:
            actions.change_organization(unit, by=request.user, seen=seen, **form.cleaned_data)
        except edits.ChangedError:
            return _late_page(request, form, pk)
        except Taken as taken:
            taken.tell(form)
        except Refused as refusal:
            form.add_error("parent", str(refusal))
        else:
            messages.success(request, "已保存。")
            return redirect("orgs:organization_detail", unit.pk)
    return _form_page(request, form, fetch(Organization, request.user, pk=pk), seen=seen)


def _late_page(request, form, pk):
    """Somebody saved since the page was opened: both values, and what was typed."""
    unit = fetch(Organization, request.user, P.ORG_MANAGE, pk=pk)
    standing, print = OrganizationForm(instance=unit, user=request.user), actions.fingerprint(unit)
    late = edits.late(unit, form, standing, print=print, action="organization.change")
    return _form_page(request, form, unit, status=409, seen="", **late)


def _form_page(request, form, unit, *, status=None, **more):
    context = {"form": form, "unit": unit, "here": request.path} | more
    template = "orgs/organization_form.html"
    return render(request, template, context, status=status or _status(form))


def _status(form):
    return 422 if form.errors else 200


@require_http_methods(["GET", "POST"])
def organization_close(request, pk):
    unit = fetch(Organization, request.user, P.ORG_MANAGE, pk=pk)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        try:
            today = timezone.localdate()
            actions.close_organization(unit, by=request.user, on=today, **form.cleaned_data)
        except (Refused, StaleState) as refusal:
            form.add_error(None, getattr(refusal, "message", str(refusal)))
        else:
            messages.success(request, f"{unit.name}已停用，原有资料都在。")
            return redirect("orgs:organization_detail", unit.pk)
    context = {"form": form, "unit": unit}
    return render(request, "orgs/organization_close.html", context, status=_status(form))


@require_POST
def organization_reopen(request, pk):
    unit = fetch(Organization, request.user, P.ORG_MANAGE, pk=pk)
    try:
        actions.reopen_organization(unit, by=request.user)
    except StaleState as stale:
        messages.warning(request, stale.message)
    return redirect("orgs:organization_detail", unit.pk)
