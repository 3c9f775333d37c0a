"""The pages of a draw: the workbench, the projector, and one URL for each verb."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from chabaocu.errors import Refused, StaleState
from orgs.access import fetch
from orgs.models import User
from orgs.roles import Permission as P
from plans import draws
from plans.actions.visit import replace_visit
from plans.draw_forms import FreezeForm, SeedForm
from plans.draws import SeedOutcome
from plans.feasibility import Feasibility, feasibility
from plans.forms.base import ReasonForm
from plans.models import Draw, Pick, Plan, SeedEntry
from plans.notice import Notice, notice
from plans.proof import proof_of
from plans.qr import qr_svg
from plans.sampling import Repeats, Verdict, verdict
from plans.supplements import awaiting_supplement
from plans.unit_rules import UnitsRule, stored_rule

OUTCOMES = {
    SeedOutcome.WAITING: "已录入，不显示。请另一人用自己的账号独立录入。",
    SeedOutcome.AGREED: "两人录入一致，种子确定。",
    SeedOutcome.DIFFERENT: "",  # no success: the stage itself says it, as an alert
}
NAMED = 5
FEW = 4  # groups whose result is shown without being asked for
PICK = ("draw__plan__issuer__region", "region", "organization", "replaces__region")
COUNTY = ("county__region", "county__organization", "county__replaces__region")
Bound = dict[str, Any]  # a form that was refused, by what it is for


@dataclass
class Bench:
    """One stage on the workbench: what there is, and what this person may do next."""

    stage: str
    label: str
    draw: Draw | None
    notice: Notice | None = None
    entries: list[SeedEntry] = field(default_factory=list)
    waiting: SeedEntry | None = None
    cities: list[Feasibility] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    problem: str = ""
    can_relax: bool = False
    county: Pick | None = None  # of a supplementary draw

    @property
    def key(self) -> str:
        """What tells this section from the others, in ids and places of forms."""
        return f"county-{self.county.pk}" if self.county else self.stage

    @property
    def freeze_place(self) -> str:
        return f"freeze-{self.key}"

    @property
    def seed_place(self) -> str:
        return f"seed-{self.draw.pk}"

    @property
    def void_place(self) -> str:
        return f"void-{self.draw.pk}"

    @property
    def _found(self) -> list[Verdict]:
        return [one.verdict for one in self.cities] or self.verdicts

    @property
    def groups(self) -> int:
        """How many cities, counties or other groups are drawn from, each by itself."""
        return len(self._found)

    @property
    def feasible(self) -> bool:
        return bool(self._found) and all(one.ok for one in self._found)

    @property
    def lacking(self) -> str:
        """The groups that cannot be drawn by name; beyond five also their number."""
        names = [one.group.name for one in self._found if not one.ok]
        more = f"等 {len(names)} 处" if len(names) > NAMED else ""
        return "、".join(names[:NAMED]) + more

    @property
    def is_folded(self) -> bool:
        """Whether its result is long, so that the page shows it when it is asked for."""
        return bool(self.notice) and len(self.notice.rows) > FEW

    @property
    def differed(self) -> bool:
        return bool(self.entries) and not self.waiting and not self.draw.seed


@require_GET
def draw_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbench of a plan's draw, both stages and every run."""
    plan = fetch(Plan.objects.select_related("issuer__region"), request.user, P.DRAW_RUN, pk=pk)
    return _workbench(request, plan)


def _workbench(request: HttpRequest, plan: Plan, bound: Bound | None = None) -> HttpResponse:
    bound = bound or {}
    people = ("frozen_by", "drawn_by", "voided_by")
    runs = list(plan.draws.select_related(*people, *COUNTY).order_by("pk"))
    context = {
        "plan": plan,
        "runs": runs,
        "benches": _benches(plan, runs),
        "bound": bound,
        "freeze_form": FreezeForm(),
        "may_relax": P.PLAN_MANAGE in request.user.scope.permissions,
    }
    return render(request, "plans/draw_detail.html", context, status=422 if bound else 200)


def _benches(plan: Plan, runs: list[Draw]) -> list[Bench]:
    """The stages in order, then one for each county that came in by replacement."""
    standing = [draw for draw in runs if draw.status != Draw.Status.VOID]
    main = {draw.stage: draw for draw in standing if not draw.county}
    own = {draw.county: draw for draw in standing if draw.county}
    own |= dict.fromkeys(awaiting_supplement(plan))
    found = [
        Bench(stage, Draw.Stage(stage).label, main.get(stage)) for stage in _open_stages(plan, main)
    ]
    found += [
        Bench(Draw.Stage.ENTERPRISES, f"{county}企业补充抽取", draw, county=county)
        for county, draw in own.items()
    ]
    return [_filled(plan, bench, runs) for bench in found]


def _open_stages(plan: Plan, standing: dict[str, Draw]) -> list[str]:
    """Enterprises come after the counties stand; units drawn as such stand alone."""
    rule = stored_rule(plan.sampling)
    if isinstance(rule, UnitsRule):
        return list(rule.stages)
    counties = standing.get(Draw.Stage.COUNTIES)
    ready = counties is not None and counties.status == Draw.Status.DRAWN
    return [Draw.Stage.COUNTIES, Draw.Stage.ENTERPRISES] if ready else [Draw.Stage.COUNTIES]


def _filled(plan: Plan, bench: Bench, runs: list[Draw]) -> Bench:
    """Tell what was drawn, or what could be."""
    if bench.draw:
        bench.notice = notice(bench.draw, runs)
        bench.entries = list(bench.draw.seed_entries.select_related("by"))
        bench.waiting = bench.entries[-1] if len(bench.entries) % 2 else None
        return bench
    try:
        _look_ahead(plan, bench)
    except Refused as error:
        bench.problem = str(error)
    return bench


def _look_ahead(plan: Plan, bench: Bench) -> None:
    """能不能抽, before anything is frozen."""
    if bench.stage == Draw.Stage.COUNTIES:
        rule = draws.rule_of(plan)
        bench.cities = feasibility(plan, rule)
        in_principle = rule.counties.avoid_repeats == Repeats.IN_PRINCIPLE
        helps = any(one.repeats for one in bench.cities if not one.verdict.ok)
        bench.can_relax = in_principle and not plan.relaxed_reason and helps
        return
    rule, groups = draws.stage_groups(plan, bench.stage, bench.county)
    bench.verdicts = [verdict(group, rule.quota) for group in groups]


def _attempt(
    request: HttpRequest, plan: Plan, form: forms.Form, place: str, action: Callable[[], str]
) -> HttpResponse:
    """Do it and go back to the workbench; a refusal stands at the form, with what was typed."""
    if form.is_valid():
        try:
            if done := action():
                messages.success(request, done)
        except StaleState as error:
            messages.warning(request, error.message)
        except Refused as error:
            form.add_error(None, str(error))
    if form.errors:
        return _workbench(request, plan, {"place": place, "form": form})
    return redirect("plans:draw_detail", plan.pk)


@require_POST
def draw_freeze(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    plan = fetch(Plan.objects.select_related("issuer__region"), request.user, P.DRAW_RUN, pk=pk)
    return _freeze(request, plan, f"freeze-{stage}", stage=stage)


@require_POST
def draw_supplement(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the enterprises of one county that came in by replacement."""
    pick = fetch(Pick.objects.select_related(*PICK), request.user, P.DRAW_RUN, pk=pk)
    of = {"stage": Draw.Stage.ENTERPRISES, "county": pick}
    return _freeze(request, pick.draw.plan, f"freeze-county-{pick.pk}", **of)


def _freeze(request: HttpRequest, plan: Plan, place: str, **of: Any) -> HttpResponse:
    form = FreezeForm(request.POST)

    def action() -> str:
        draw = draws.freeze(plan, by=request.user, **of, **form.cleaned_data)
        return f"名单已冻结，哈希 {draw.list_hash[:8]}…。请公布哈希，然后产生种子。"

    return _attempt(request, plan, form, place, action)


@require_POST
def draw_relax(request: HttpRequest, pk: int) -> HttpResponse:
    plan = fetch(Plan.objects.select_related("issuer__region"), request.user, P.PLAN_MANAGE, pk=pk)
    form = ReasonForm(request.POST)

    def action() -> str:
        draws.relax(plan, by=request.user, **form.cleaned_data)
        return "已放开候选不够的市，理由将写入冻结名单和公告。"

    return _attempt(request, plan, form, "relax", action)


@require_POST
def draw_seed(request: HttpRequest, pk: int) -> HttpResponse:
    draw = _fetch_draw(request.user, pk, P.DRAW_RUN)
    form = SeedForm(request.POST, source=draw.seed_source)

    def action() -> str:
        return OUTCOMES[draws.enter_seed(draw, by=request.user, **form.cleaned_data)]

    return _attempt(request, draw.plan, form, f"seed-{draw.pk}", action)


@require_POST
def draw_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw, and show the result on the projector's page."""
    draw = _fetch_draw(request.user, pk, P.DRAW_RUN)
    try:
        draws.run(draw, by=request.user)
    except StaleState as error:
        messages.warning(request, error.message)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("plans:draw_detail", draw.plan_id)
    return redirect("plans:draw_ceremony", draw.pk)


@require_POST
def draw_void(request: HttpRequest, pk: int) -> HttpResponse:
    draw = _fetch_draw(request.user, pk, P.DRAW_RUN)
    form = ReasonForm(request.POST)

    def action() -> str:
        draws.void(draw, by=request.user, **form.cleaned_data)
        return f"第 {draw.run} 次运行已作废，记录保留。"

    return _attempt(request, draw.plan, form, f"void-{draw.pk}", action)


@require_POST
def pick_replace(request: HttpRequest, pk: int) -> HttpResponse:
    pick = fetch(Pick.objects.select_related(*PICK), request.user, P.DRAW_RUN, pk=pk)
    form = ReasonForm(request.POST)

    def action() -> str:
        chosen = replace_visit(pick, by=request.user, **form.cleaned_data)
        if not chosen:
            return f"{pick}：无可替换，理由已记录。"
        drawn_apart = chosen in awaiting_supplement(pick.draw.plan)
        more = "它的企业须补充抽取，见下。" if drawn_apart else ""
        return f"{pick} 已由候补 {chosen} 替换。{more}"

    return _attempt(request, pick.draw.plan, form, f"pick-{pick.pk}", action)


@require_GET
def draw_ceremony(request: HttpRequest, pk: int) -> HttpResponse:
    """The projector: the proof in the order it happened, and the result."""
    draw = _fetch_draw(request.user, pk)
    told = notice(draw)
    entries = list(draw.seed_entries.select_related("by")) if draw.seed else []
    context = {
        "draw": draw,
        "notice": told,
        "entries": entries[-2:],
        "entered": draw.seed_entries.count(),
        "voided": draw.plan.draws.filter(stage=draw.stage, status=Draw.Status.VOID).count(),
        "qr": qr_svg(told.url),
        "may_run": draw.status == Draw.Status.FROZEN and draw.seed and _may_run(request, draw),
        "host": request.get_host(),
    }
    return render(request, "plans/draw_ceremony.html", context)


def _may_run(request: HttpRequest, draw: Draw) -> bool:
    return Draw.objects.permitted(request.user, P.DRAW_RUN).filter(pk=draw.pk).exists()


@require_GET
def draw_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The 抽取公告 to print."""
    draw = _fetch_draw(request.user, pk)
    if draw.status != Draw.Status.DRAWN:
        messages.warning(request, "抽取以后才有公告；作废的抽取不发公告。")
        return redirect("plans:draw_ceremony", draw.pk)
    told = notice(draw)
    context = {"draw": draw, "notice": told, "qr": qr_svg(told.url)}
    return render(request, "plans/draw_notice.html", context)


@require_GET
def draw_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof file, for whoever wants to recompute the draw."""
    draw = _fetch_draw(request.user, pk)
    return proof_response(request, draw)


def proof_response(request: HttpRequest, draw: Draw) -> HttpResponse:
    """The proof as a download; before the draw there is nothing to prove."""
    if draw.result is None:
        messages.warning(request, "还没有抽取，没有证明文件。")
        return redirect(reverse("draw_public", args=[draw.code]))
    response = JsonResponse(proof_of(draw), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="draw-{draw.code}.json"'
    return response


def _fetch_draw(user: User, pk: int, permission: P | None = None) -> Draw:
    draws_ = Draw.objects.select_related("plan__issuer__region", *COUNTY)
    return fetch(draws_, user, permission, pk=pk)
