"""The ledger's selection: what would be done with it, and doing it, row by row."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from chabaocu.errors import telling
from chabaocu.sent import keys
from hazards import bulk, ledger
from hazards.bulk import DEEDS, MOST, Deed
from hazards.forms.filters import wanted_of
from hazards.models import Hazard
from hazards.urging import urge
from hazards.views.reading import canonical
from orgs.access import fetch, requires
from orgs.roles import Permission as P


class NoteForm(forms.Form):
    """One remark for all of them."""

    note = forms.CharField(
        label="说明",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "class": "form-control"}),
    )


@require_POST
@requires(P.HAZARD_VIEW)
def bulk_choose(request: HttpRequest, name: str) -> HttpResponse:
    """What would become of each selected row, before anything is done."""
    deed, query = _deed(name), canonical(request.POST.get("query", ""))
    pks, more = _selected(request, query)
    if not pks:
        messages.error(request, "请先在台账里选中隐患。")
        return redirect(_ledger(query))
    rows = bulk.rows_of(deed, request.user, pks)
    context = _sides(deed, rows, query) | {"more": more, "most": MOST, "form": NoteForm()}
    return render(request, "hazards/bulk_choose.html", context)


@require_POST
@requires(P.HAZARD_VIEW)
def bulk_do(request: HttpRequest, name: str) -> HttpResponse:
    """Do it, and tell of each row what became of it."""
    deed, query, form = (
        _deed(name),
        canonical(request.POST.get("query", "")),
        NoteForm(request.POST),
    )
    shown = _shown(request.POST.get("rows", ""))
    if not form.is_valid():
        rows = bulk.rows_of(deed, request.user, shown)
        context = _sides(deed, rows, query) | {"form": form}
        return render(request, "hazards/bulk_choose.html", context, status=422)
    note = form.cleaned_data["note"] if deed.takes_note else ""
    rows = bulk.do_all(deed, by=request.user, shown=shown, note=note)
    return render(request, "hazards/bulk_done.html", _sides(deed, rows, query))


@require_POST
def hazard_urge(request: HttpRequest, pk: int) -> HttpResponse:
    """催办 of one hazard, from its page."""
    hazard = fetch(Hazard.objects.select_related("unit"), request.user, P.HAZARD_VIEW, pk=pk)
    [row] = bulk.rows_of(DEEDS["urge"], request.user, [pk])
    with telling(request):
        if row.why:
            messages.error(request, row.why)
        else:
            messages.success(request, f"已催办：{urge(hazard, by=request.user).told}。")
    return redirect("hazards:hazard_detail", pk)


def _deed(name: str) -> Deed:
    if name not in DEEDS:
        raise Http404
    return DEEDS[name]


def _selected(request: HttpRequest, query: str) -> tuple[list[int], bool]:
    """The keys that were ticked, or all that the filters hold; whether there are more than MOST."""
    if "all" in request.POST:
        scope = request.user.scope
        rows = ledger.rows(scope, wanted_of(query, scope), timezone.localdate())
        pks = list(rows.values_list("pk", flat=True)[: MOST + 1])
    else:
        pks = keys(request.POST.getlist("pk"))
    return pks[:MOST], len(pks) > MOST


def _shown(said: str) -> dict[int, int]:
    """``12.3,14.1``: key and step of each row as the page showed it."""
    pairs = [keys(pair.split(".")) for pair in said.split(",")[:MOST]]
    return {pair[0]: pair[-1] for pair in pairs if pair}


def _sides(deed: Deed, rows: list[bulk.Row], query: str) -> dict[str, Any]:
    """What is done and what is not, for both pages."""
    done = [row for row in rows if not row.why]
    return {
        "deed": deed,
        "total": len(rows),
        "done": done,
        "left": [row for row in rows if row.why],
        "rows": ",".join(f"{row.hazard.pk}.{row.hazard.step}" for row in done),
        "query": query,
        "back": _ledger(query),
    }


def _ledger(query: str) -> str:
    return f"{reverse('hazards:hazard_list')}?{query or 'tab=open'}"
