"""One's own views and columns of the ledger."""

from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from chabaocu.errors import telling
from hazards import reading
from hazards.columns import COLUMNS, moved
from hazards.models import LedgerView
from orgs.access import fetch, requires
from orgs.roles import Permission as P

PAGING = ("after", "before")


class ViewForm(forms.Form):
    """A name for the filters of the page."""

    name = forms.CharField(label="名称", max_length=20)


@require_POST
@requires(P.HAZARD_VIEW)
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the page under a name."""
    query, form = canonical(request.POST.get("query", "")), ViewForm(request.POST)
    if not form.is_valid() or len(query) > LedgerView._meta.get_field("query").max_length:
        messages.error(request, "视图没有存上：请写一个名称，不超过 20 个字。")
    else:
        with telling(request):
            view = reading.keep_view(request.user, form.cleaned_data["name"], query)
            messages.success(request, f"已存为视图“{view.name}”。")
    return _back(query)


@require_POST
def view_default(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the ledger with this view, or no longer."""
    view = fetch(LedgerView, request.user, P.HAZARD_VIEW, pk=pk)
    reading.make_default(view)
    return _back(view.query)


@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a view."""
    view = fetch(LedgerView, request.user, P.HAZARD_VIEW, pk=pk)
    view.delete()
    messages.success(request, f"已删除视图“{view.name}”。")
    return _back(view.query)


@require_POST
@requires(P.HAZARD_VIEW)
def columns_save(request: HttpRequest) -> HttpResponse:
    """Show these columns, in this order; ``up`` and ``down`` move one, ``usual`` starts anew."""
    said = request.POST
    order = [name for name in said.getlist("order") if name in COLUMNS]
    order = moved(moved(order, said.get("up", ""), -1), said.get("down", ""), 1)
    chosen = [] if "usual" in said else [name for name in order if name in said.getlist("shown")]
    reading.keep_columns(request.user, chosen)
    return _back(canonical(said.get("query", "")), "columns")


def canonical(query: str) -> str:
    """The same filters always in the same words, without the page."""
    known = [(name, value) for name, value in parse_qsl(query) if name not in PAGING]
    return urlencode(sorted(known))


def current(data: QueryDict) -> str:
    """The filters of an address in the words a view keeps them."""
    return canonical(data.urlencode())


def _back(query: str, anchor: str = "") -> HttpResponse:
    shown = f"?{query or 'tab=open'}" + (f"#{anchor}" if anchor else "")
    return redirect(reverse("hazards:hazard_list") + shown)
