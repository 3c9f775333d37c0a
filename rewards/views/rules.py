"""A unit's own rules of reward."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from chabaocu.asking import Asking
from hazards.models import Hazard
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from rewards import actions
from rewards.forms import EndForm, RuleForm
from rewards.models import Rule
from rewards.proposals import rule_on

ENDED = "这条规定已经停止了。"


@require_GET
@requires(P.HAZARD_SETUP)
def rule_list(request: HttpRequest) -> HttpResponse:
    """What is paid today for each grade, and every rule there was."""
    unit, today = _workplace(request), timezone.localdate()
    rules = list(Rule.objects.permitted(request.user, P.HAZARD_SETUP).select_related("set_by"))
    context = {
        "unit": unit,
        "today": [(grade, rule_on(rules, grade, today)) for grade in Hazard.Grade],
        "rules": rules,
    }
    return render(request, "rewards/rule_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.HAZARD_SETUP)
def rule_new(request: HttpRequest) -> HttpResponse:
    """Say what is paid from a day on."""
    unit = _workplace(request)
    asking = Asking(request, RuleForm)
    if asking.does(partial(actions.set_rule, unit, by=request.user)):
        messages.success(request, f"已定：{asking.done}。")
        return redirect("rewards:rule_list")
    return asking.page("rewards/rule_new.html")


@require_http_methods(["GET", "POST"])
def rule_end(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule counts no longer, with a reason."""
    rule = fetch(Rule, request.user, P.HAZARD_SETUP, pk=pk)
    asking = Asking(request, EndForm, late=ENDED)
    if asking.does(partial(actions.end_rule, rule, by=request.user)):
        messages.success(request, f"{rule}：明天起不再适用。")
        return redirect("rewards:rule_list")
    return asking.page("rewards/rule_end.html", rule=rule)


def _workplace(request: HttpRequest) -> Any:
    if not request.user.organization.is_workplace:
        raise PermissionDenied
    return request.user.organization
