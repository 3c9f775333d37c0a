"""问题台账: the problems of a round, and one entry's responsibility, measures and term."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from chabaocu import edits
from chabaocu.errors import Refused, StaleState, told
from chabaocu.lists import bounded_counts, keyset_page
from chabaocu.lists import told as counted
from orgs.access import fetch
from orgs.roles import Permission as P
from plans.forms.base import DateInput, PlainHelper
from plans.models import Plan
from scoring import ledger
from scoring.models import Finding


class RemedyForm(forms.ModelForm):
    """整改责任、措施、时限, and when it was done."""

    class Meta:
        model = Finding
        fields = ledger.REMEDY
        widgets = {
            "measures": forms.Textarea({"rows": 4}),
            "due_on": DateInput,
            "fixed_on": DateInput,
        }
        help_texts = {"responsible": "单位或部门，和责任人。", "fixed_on": "整改好以后再填。"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = PlainHelper(self)


@require_GET
def problem_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The ledger of a round, by state."""
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=pk)
    today, chosen = timezone.localdate(), request.GET.get("state", "")
    rows = ledger.problems(plan, request.user)
    numbers = bounded_counts([rows.filter(ledger.within(key, today)) for key in ledger.STATES])
    page = keyset_page(rows.filter(ledger.within(chosen, today)), request.GET, order=ledger.ORDER)
    context = {
        "plan": plan,
        "page": page,
        "entries": [ledger.Entry.of(row) for row in page],
        "tabs": [
            (key, label, counted(number))
            for (key, label), number in zip(ledger.STATES.items(), numbers, strict=True)
        ],
        "chosen": chosen if chosen in ledger.STATES else "",
    }
    return render(request, "scoring/problem_list.html", context)


@require_http_methods(["GET", "POST"])
def problem_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Who mends one problem, how, and by when."""
    found = fetch(Finding.objects.select_related("sheet__visit__plan"), request.user, pk=pk)
    plan = fetch(Plan, request.user, P.PLAN_MANAGE, pk=found.sheet.visit.plan_id)
    finding = get_object_or_404(ledger.problems(plan, request.user), pk=pk)
    seen, late = edits.shown(request, ledger.fingerprint(finding)), {}
    form = RemedyForm(request.POST or None, instance=finding)
    if request.method == "POST" and form.is_valid():
        try:
            ledger.save_remedy(finding, by=request.user, seen=seen, **form.cleaned_data)
            messages.success(request, "台账已保存。")
            return redirect("scoring:problem_list", plan.pk)
        except edits.ChangedError:
            finding.refresh_from_db()
            standing, print = RemedyForm(instance=finding), ledger.fingerprint(finding)
            late = edits.late(finding, form, standing, print=print, action=ledger.CHANGED)
        except (Refused, StaleState) as error:
            form.add_error(None, told(error))
    context = {"plan": plan, "finding": finding, "form": form, "seen": seen, "here": request.path}
    return render(request, "scoring/problem_edit.html", context | late, status=409 if late else 200)
