"""The steps of a draft: each its own page and form, saved by an ordinary POST."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chabaocu import edits
from chabaocu.errors import Refused, StaleState, telling, told
from orgs.access import fetch
from orgs.roles import Permission as P
from plans import actions
from plans.completeness import gaps, notes
from plans.drafts import PHASE, Seen, StepChangedError, fingerprint
from plans.feasibility import plan_feasibility, unit_feasibility
from plans.forms.plan import BasisForm, PhaseFormSet, RubricsForm, RuleForm
from plans.forms.units import UnitsRuleForm
from plans.models import Plan
from plans.outlook import outlook, rule_sentence
from plans.papers import tables_of
from plans.sources import SOURCES, source_of
from plans.steps import STEPS, following, preceding, step_url, steps
from plans.unit_rules import UnitsRule, stored_rule
from plans.views.stale import stale_context

CONFLICT, UNPROCESSABLE = 409, 422


def step_context(plan, key, **more):
    """What the head and the foot of every step need."""
    missing = gaps(plan)
    return {
        "plan": plan,
        "steps": steps(plan, key, missing),
        "missing": missing,
        "previous": None if key == "basis" else step_url(plan, preceding(key)),
        "next_label": STEPS[following(key)],
        "source": plan.source,
    } | more


def _save_step(request, plan, key, make_form, save, **more):
    """Save a valid form and go where its button says; keep what was typed otherwise.

    ``make_form(data)`` is the form of the step; ``save(form, seen)`` stores a valid one. The page
    carries what it ``seen``; the button that keeps one's own carries what it goes ``over``.
    """
    shown = edits.shown(request, fingerprint(plan, key))
    form = make_form(request.POST or None)
    more |= {"seen": shown, "here": step_url(plan, key)}
    if request.method == "POST" and form.is_valid():
        try:
            save(form, Seen(key, shown))
        except StepChangedError as error:
            plan.refresh_from_db()
            more |= {"refused": str(error)} | stale_context(plan, key, form, make_form(None))
        except (Refused, StaleState) as error:
            more["refused"] = told(error)
        else:
            return _saved(request, plan, key)
    if request.htmx:
        status = CONFLICT if "now" in more else UNPROCESSABLE
        return render(request, "plans/_plan_unsaved.html", {"form": form} | more, status=status)
    context = step_context(plan, key, form=form, outlook=outlook(plan), **more)
    return render(request, f"plans/plan_{key}.html", context)


def _saved(request, plan, key):
    if request.htmx:
        context = {"plan": plan, "saved_at": timezone.localtime(), "missing": gaps(plan)}
        context["seen"] = fingerprint(_fresh(plan), key)
        if key == "rule":
            context |= _feasible(plan) | {"outlook": outlook(plan)}
        return render(request, "plans/_plan_saved.html", context)
    go = request.POST.get("go", "")
    if go in STEPS:
        return redirect(step_url(plan, go))
    if go == "stay":
        messages.success(request, "草稿已保存。")
        return redirect(step_url(plan, key))
    return redirect(step_url(plan, following(key)))


def _fresh(plan):
    """The plan as it is stored now; a form may have written into the one at hand."""
    plan.refresh_from_db()
    return plan


def _draft(request, pk):
    return fetch(Plan.objects.select_related("issuer"), request.user, P.PLAN_MANAGE, pk=pk)


@require_http_methods(["GET", "POST"])
def plan_basis(request, pk):
    plan = _draft(request, pk)
    if not plan.is_draft:
        return redirect("plans:plan_detail", pk)

    def make_form(data):
        return BasisForm(data, instance=_draft(request, pk))

    def save(form, seen):
        actions.save_draft(plan, by=request.user, seen=seen, **form.cleaned_data)

    return _save_step(request, plan, "basis", make_form, save)


@require_http_methods(["GET", "POST"])
def plan_rubrics(request, pk):
    plan = _draft(request, pk)
    if not plan.is_draft:
        return redirect("plans:plan_detail", pk)

    def make_form(data):
        return RubricsForm(data, plan=plan, user=request.user)

    def save(form, seen):
        actions.save_rubrics(plan, by=request.user, versions=form.cleaned_data, seen=seen)

    return _save_step(request, plan, "rubrics", make_form, save)


@require_http_methods(["GET", "POST"])
def plan_rule(request, pk):
    plan = _draft(request, pk)
    if not plan.is_draft:
        return redirect("plans:plan_detail", pk)

    of_units = isinstance(stored_rule(plan.sampling), UnitsRule)

    def make_form(data):
        return (UnitsRuleForm if of_units else RuleForm)(data, sampling=plan.sampling)

    def save(form, seen):
        actions.save_draft(plan, by=request.user, seen=seen, sampling=form.sampling)

    return _save_step(request, plan, "rule", make_form, save, **_feasible(plan))


def _feasible(plan):
    """能不能抽 under the stored rule, group by group, and whether it is the template's rule."""
    found = plan_feasibility(plan)
    ok = sum(one.verdict.ok for one in found)
    return {
        "cities": found,
        "feasible": ok,
        "infeasible": len(found) - ok,
        "kinds": unit_feasibility(plan),
        "source": plan.source,
        "sources": SOURCES.values(),
        "as_source": plan.sampling == plan.source.sampling,
    }


@require_http_methods(["GET", "POST"])
def plan_phases(request, pk):
    plan = _draft(request, pk)
    if not plan.is_draft:
        return redirect("plans:plan_detail", pk)

    def make_form(data):
        rows = list(plan.phases.values(*PHASE))
        return PhaseFormSet(data, initial=rows, prefix="phase")

    def save(form, seen):
        actions.save_phases(plan, by=request.user, phases=_kept(form), seen=seen)

    return _save_step(request, plan, "phases", make_form, save)


def _kept(formset):
    rows = (form.cleaned_data for form in formset.forms)
    return [row for row in rows if row.get("name") and not row.get("DELETE")]


@require_GET
def plan_check(request, pk):
    """Everything once more, what is missing with links to it, and the button."""
    plan = _draft(request, pk)
    if not plan.is_draft:
        return redirect("plans:plan_detail", pk)
    context = step_context(plan, "check", notes=notes(plan), outlook=outlook(plan))
    context["rule_sentence"] = rule_sentence(plan)
    context["rubrics"] = tables_of(plan, request.user)
    return render(request, "plans/plan_check.html", context)


@require_POST
def plan_use_source_rule(request, pk):
    """Put the rule of an issued plan in the place of what is there."""
    plan = _draft(request, pk)
    source = source_of(request.POST.get("source", plan.template))
    seen = Seen("rule", edits.shown(request, ""))
    with telling(request):
        actions.save_draft(plan, by=request.user, seen=seen, sampling=dict(source.sampling))
        messages.success(request, f"已套用《{source.name}》的抽取规则。")
    return redirect("plans:plan_rule", pk)
