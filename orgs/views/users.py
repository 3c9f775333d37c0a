"""Accounts: a list, and what an administrator of the subtree does to them."""

from functools import lru_cache, partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu import edits
from chabaocu.errors import Refused, StaleState
from chabaocu.lists import Keyset
from orgs.access import fetch, requires
from orgs.actions import users as actions
from orgs.actions.taken import Taken
from orgs.forms.users import DisableForm, UserFilter, UserForm, narrowed
from orgs.lines import user_lines
from orgs.models import Organization, User
from orgs.roles import Permission as P

ORDER = ("organization__region__path", "organization_id", "pk")


@require_GET
@requires(P.USER_MANAGE)
def user_list(request):
    form, scope = UserFilter(request.GET), request.user.scope
    context = {
        "page": _keys(scope, form.wanted).page(request.GET, load=partial(user_lines, scope=scope)),
        "form": form,
        "unit": _unit(request, form),
    }
    return render(request, "orgs/user_list.html", context)


@lru_cache(maxsize=512)
def _keys(scope, wanted):
    return Keyset([narrowed(part, wanted) for part in User.objects.parts(scope)], ORDER)


def _unit(request, form):
    """The unit the list is narrowed to, if it is one of the person's."""
    pk = form.is_valid() and form.cleaned_data["unit"]
    return Organization.objects.visible_to(request.user).filter(pk=pk).first() if pk else None


@never_cache
@require_http_methods(["GET", "POST"])
@requires(P.USER_MANAGE)
def user_create(request):
    unit = request.GET.get("unit", "")
    initial = {"organization": int(unit) if unit.isdigit() else request.user.organization_id}
    if (
        not Organization.objects.visible_to(request.user)
        .filter(pk=initial["organization"])
        .exists()
    ):
        initial = {}
    form = UserForm(request.POST or None, user=request.user, initial=initial)
    if form.is_valid():
        try:
            user, password = actions.create_user(by=request.user, **form.cleaned_data)
        except Taken as taken:
            taken.tell(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _password_page(request, user, password, new=True)
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
def user_edit(request, pk):
    user = fetch(User, request.user, P.USER_MANAGE, pk=pk)
    seen = edits.shown(request, actions.fingerprint(user))
    form = UserForm(request.POST or None, user=request.user, instance=user)
    if form.is_valid():
        try:
            actions.change_user(user, by=request.user, seen=seen, **form.cleaned_data)
        except edits.ChangedError:
            return _late_page(request, form, pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存，对方下次操作时生效。")
            return redirect("orgs:user_list")
    return _form_page(request, form, fetch(User, request.user, pk=pk), seen=seen)


def _late_page(request, form, pk):
    """Somebody saved since the page was opened: both values, and what was typed."""
    user = fetch(User, request.user, P.USER_MANAGE, pk=pk)
    standing, print = UserForm(instance=user, user=request.user), actions.fingerprint(user)
    late = edits.late(user, form, standing, print=print, action="user.change")
    return _form_page(request, form, user, status=409, seen="", **late)


def _form_page(request, form, person, *, status=None, **more):
    context = {"form": form, "person": person, "disable_form": DisableForm()}
    context |= {"here": request.path} | more
    status = status or (422 if form.errors else 200)
    return render(request, "orgs/user_form.html", context, status=status)


@require_POST
def user_disable(request, pk):
    user = fetch(User, request.user, P.USER_MANAGE, pk=pk)
    form = DisableForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有停用：请写明停用理由。")
        return redirect("orgs:user_edit", user.pk)
    return _act(
        request, actions.disable_user, user, f"{user.name}的账号已停用。", **form.cleaned_data
    )


@require_POST
def user_enable(request, pk):
    user = fetch(User, request.user, P.USER_MANAGE, pk=pk)
    return _act(request, actions.enable_user, user, f"{user.name}的账号已启用。")


def _act(request, action, user, done, **fields):
    try:
        action(user, by=request.user, **fields)
    except (Refused, StaleState) as refusal:
        messages.error(request, getattr(refusal, "message", str(refusal)))
    else:
        messages.success(request, done)
    return redirect("orgs:user_edit", user.pk)


@never_cache
@require_POST
def user_reset_password(request, pk):
    """The new password stands on this answer only; it is stored nowhere."""
    user = fetch(User, request.user, P.USER_MANAGE, pk=pk)
    password = actions.reset_password(user, by=request.user)
    return _password_page(request, user, password, new=False)


def _password_page(request, user, password, *, new):
    context = {"person": user, "password": password, "new": new}
    return render(request, "orgs/user_password.html", context)
