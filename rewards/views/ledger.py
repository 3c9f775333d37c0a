"""奖励台账, what still waits for a reward, and the mark that one was paid."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from chabaocu.asking import Asking
from chabaocu.lists import bounded_counts, keyset_page, told
from hazards.models import Hazard
from orgs.access import fetch, requires
from orgs.roles import Permission as P
from rewards import actions
from rewards.forms import PayForm
from rewards.ledger import ORDER, PAID, TABS, LedgerForm, chosen, load, total
from rewards.models import Reward, Rule
from rewards.proposals import name_of, propose

PAID_ALREADY = "刚有人登记了发放，请看台账。"


@require_GET
@requires(P.HAZARD_VIEW)
def reward_list(request: HttpRequest) -> HttpResponse:
    """The ledger under the filters of its address, the latest first."""
    form = LedgerForm(request.GET)
    seen = Reward.objects.permitted(request.user, P.HAZARD_VIEW)
    rows = chosen(seen, form.wanted)
    page = keyset_page(rows, request.GET, order=ORDER, load=lambda pks: load(pks, request.user))
    context = {
        "page": page,
        "form": form,
        "tabs": _tabs(seen, request.user),
        "tab": form.wanted.get("tab", "all"),
        "total": total(rows) if page.rows else None,
        "query": request.GET.urlencode(),
        "may_rule": request.user.may(P.HAZARD_SETUP) and request.user.organization.is_workplace,
    }
    return render(request, "rewards/reward_list.html", context)


@require_GET
@requires(P.HAZARD_REWARD)
def waiting_list(request: HttpRequest) -> HttpResponse:
    """What was struck off and not rewarded yet: what the rule proposes, or why nothing is paid."""
    page = keyset_page(_waiting(request.user), request.GET, order=ORDER, load=_loaded)
    rules = list(Rule.objects.permitted(request.user, P.HAZARD_REWARD))
    own = request.user.pk
    lines = [
        {
            "hazard": hazard,
            "finder": name_of(hazard),
            "proposal": propose(hazard, rules),
            "is_own": hazard.reported_by_id == own,
        }
        for hazard in page
    ]
    seen = Reward.objects.permitted(request.user, P.HAZARD_VIEW)
    context = {
        "page": page,
        "lines": lines,
        "tabs": _tabs(seen, request.user),
        "tab": "waiting",
        "has_rules": bool(rules),
    }
    return render(request, "rewards/waiting_list.html", context)


@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """It was handed over: who, when, by what receipt."""
    queryset = Reward.objects.select_related("hazard", "unit", "granted_by")
    reward = fetch(queryset, request.user, P.HAZARD_REWARD, pk=pk)
    asking = Asking(request, PayForm, late=PAID_ALREADY)
    if asking.does(partial(actions.pay, reward, by=request.user)):
        messages.success(request, f"{reward.hazard.number}：已登记发放 {reward.amount} 元。")
        return redirect("rewards:reward_list")
    return asking.page("rewards/pay.html", reward=reward)


def _waiting(user: Any) -> Any:
    own = Hazard.objects.permitted(user, P.HAZARD_REWARD)
    return own.filter(status=Hazard.Status.CLOSED, reward=None)


def _loaded(pks: list[int]) -> dict[int, Hazard]:
    rows = Hazard.objects.unscoped(reason="keys from a query in scope").filter(pk__in=pks)
    return {hazard.pk: hazard for hazard in rows.select_related("reported_by", "unit")}


def _tabs(seen: Any, user: Any) -> list[dict[str, str]]:
    """One tab each with its count, whatever else is chosen; 待奖励 for who can reward."""
    parts = {"waiting": _waiting(user)} if user.may(P.HAZARD_REWARD) else {}
    parts |= {tab: seen.filter(PAID[tab]) if tab in PAID else seen for tab in TABS}
    counts = bounded_counts(list(parts.values()))
    labels = {"waiting": "待奖励"} | TABS
    return [
        {"tab": tab, "label": labels[tab], "count": told(count)}
        for tab, count in zip(parts, counts, strict=True)
    ]
