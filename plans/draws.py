"""What people do with a draw: freeze, enter the seed, run, void; plans.replacing replaces.

Every action first takes hold of its row by a compare-and-set update, so that of several people
who press at once one goes through and the others get StaleState.
"""

import json
import secrets
from collections.abc import Sequence
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from orgs.models import User
from plans import draw as algorithm
from plans.cancelling import cancel_visit
from plans.frozen import StageRule, frozen_text
from plans.models import Draw, Pick, Plan, SeedEntry, Visit
from plans.pools import county_groups, enterprise_groups
from plans.sampling import Group, Repeats, Verdict, verdict
from plans.seeds import same_digits
from plans.supplements import awaiting_supplement, without_supplement
from plans.unit_pools import unit_groups
from plans.unit_rules import Rule, UnitRule, UnitsRule, read_rule

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
S = Draw.Status


class NotFeasible(Refused):
    """Some groups cannot meet the rule; ``verdicts`` says which, and what is missing."""

    def __init__(self, verdicts: Sequence[Verdict]) -> None:
        self.verdicts = verdicts
        super().__init__("抽不了，没有冻结任何名单。" + "".join(one.sentence for one in verdicts))


def rule_of(plan: Plan) -> Rule:
    """The plan's rule; Refused when it has none."""
    try:
        return read_rule(plan.sampling)
    except ValueError as error:
        raise Refused(str(error)) from error


def stage_groups(
    plan: Plan, stage: str, county: Pick | None = None
) -> tuple[StageRule, list[Group]]:
    """The rule and the pools of one stage, or of one ``county`` that came in, as they are now."""
    rule = rule_of(plan)
    if stage not in rule.stages:
        raise Refused(f"按本方案的规则不{Draw.Stage(stage).label}。")
    if isinstance(rule, UnitsRule):
        return rule.of(stage), unit_groups(plan, rule.of(stage))
    if stage == Draw.Stage.COUNTIES:
        released = bool(plan.relaxed_reason)
        return rule.counties, county_groups(plan, rule.counties, released=released)
    counties = [county.region] if county else without_supplement(plan)
    return rule.enterprises, enterprise_groups(counties, rule.enterprises)


@transaction.atomic
def relax(plan: Plan, *, by: User, reason: str) -> None:
    """Release 原则上不再重复 where a city's pool is too small; never after the list is frozen."""
    if not Plan.objects.filter(pk=plan.pk, status=Plan.Status.PUBLISHED, relaxed_reason="").update(
        relaxed_reason=reason
    ):
        raise StaleState
    rule = getattr(rule_of(plan), "counties", None)
    if rule is None or rule.avoid_repeats != Repeats.IN_PRINCIPLE:
        raise Refused("规则不是“原则上不再重复”，不能放开。")
    if _standing(plan, Draw.Stage.COUNTIES).exists():
        raise Refused("候选名单已经冻结，不能再放开。")
    if all(verdict(group, rule.quota).ok for group in county_groups(plan, rule, released=False)):
        raise Refused("各市候选都够，不需要放开。")
    record("draw.relax", plan, by=by, stream=plan.stream, reason=reason)
    plan.refresh_from_db()


@transaction.atomic
def freeze(
    plan: Plan,
    *,
    by: User,
    stage: str,
    seed_source: str,
    seed_source_detail: str,
    county: Pick | None = None,
) -> Draw:
    """Freeze the candidates of a stage with their hash, before there is a seed.

    The source of the seed is declared here; ``county`` names one that came in by replacement
    after its stage was drawn. Raises NotFeasible when a group cannot meet the rule.
    """
    hold(plan)
    _check_standing(plan, stage, county)
    rule, groups = stage_groups(plan, stage, county)
    _check_feasible(groups, rule)
    draw = Draw(
        plan=plan,
        stage=stage,
        county=county,
        run=plan.draws.filter(stage=stage).count() + 1,
        status=S.FROZEN,
        frozen_by=by,
        seed_source=seed_source,
        seed_source_detail=seed_source_detail,
        algorithm=algorithm.ALGORITHM,
        code=_new_code(),
    )
    draw.frozen_list = frozen_text(draw, rule, groups)
    draw.list_hash = algorithm.list_hash(draw.frozen_list)
    draw.save(force_insert=True)
    note("draw.freeze", draw, by, after={"list_hash": draw.list_hash, "run": draw.run})
    return draw


def _check_standing(plan: Plan, stage: str, county: Pick | None) -> None:
    """One standing draw a stage and county that came in; enterprises after the counties."""
    if _standing(plan, stage).filter(county=county).exists():
        raise StaleState
    if stage == Draw.Stage.ENTERPRISES and not _drawn(plan, Draw.Stage.COUNTIES).exists():
        raise Refused("先抽县（市、区），再抽企业。")
    if county and county not in awaiting_supplement(plan):
        raise Refused("这个县（市、区）不需要补充抽取企业。")


def _check_feasible(groups: Sequence[Group], rule: StageRule) -> None:
    if not groups:
        what = f"没有可抽的{rule.label}" if isinstance(rule, UnitRule) else "没有可抽的市、县"
        raise Refused(f"发文单位所在区划下{what}。")
    verdicts = [verdict(group, rule.quota) for group in groups]
    if infeasible := [one for one in verdicts if not one.ok]:
        raise NotFeasible(infeasible)


class SeedOutcome(StrEnum):
    """What came of one person's entry."""

    WAITING = "waiting"  # for a second person
    AGREED = "agreed"
    DIFFERENT = "different"  # both entries are kept, both people enter again


@transaction.atomic
def enter_seed(draw: Draw, *, by: User, digits: str) -> SeedOutcome:
    """Keep one person's entry; two equal entries by two people become the seed.

    A published random number needs one entry, since anybody can compare it with its source.
    """
    unseeded = Draw.objects.filter(pk=draw.pk, status=S.FROZEN, seed="")
    if not unseeded.update(status=S.FROZEN):
        raise StaleState
    first = waiting_entry(draw)
    if first and first.by_id == by.pk:
        raise Refused("您已经录入，请另一人独立录入。")
    SeedEntry.objects.create(draw=draw, by=by, digits=digits)
    note("draw.seed_entry", draw, by)  # never the digits: the second person must not learn them
    if draw.seed_source != Draw.SeedSource.BEACON:
        if first is None:
            return SeedOutcome.WAITING
        if not same_digits(first.digits, digits):
            note("draw.seed_differ", draw, by)
            return SeedOutcome.DIFFERENT
    unseeded.update(seed=digits)
    draw.refresh_from_db()
    note("draw.seed", draw, by, after={"seed": digits})
    return SeedOutcome.AGREED


def waiting_entry(draw: Draw) -> SeedEntry | None:
    """The entry that waits for a second person; entries go in pairs."""
    entries = list(draw.seed_entries.all())
    return entries[-1] if len(entries) % 2 else None


@transaction.atomic
def run(draw: Draw, *, by: User) -> Draw:
    """Draw from the frozen list and the seed, and store every candidate's rank."""
    _claim(draw, by)
    draw.refresh_from_db()
    if algorithm.list_hash(draw.frozen_list) != draw.list_hash:
        raise Refused("冻结的名单与它的哈希不符，不能抽取。请作废后重新冻结。")
    groups, quota = algorithm.read_groups(json.loads(draw.frozen_list))
    rankings = algorithm.draw(groups, quota, hash_=draw.list_hash, seed=draw.seed)
    Pick.objects.bulk_create(_picks(draw, rankings), batch_size=500)
    draw.result = {"groups": [one.to_json() for one in rankings], "replacements": []}
    draw.save(update_fields=["result"])
    drawn = {one.group.name: [unit.name for unit in one.drawn] for one in rankings}
    note("draw.run", draw, by, after={"seed": draw.seed, "drawn": drawn})
    return draw


def _claim(draw: Draw, by: User) -> None:
    ready = Draw.objects.filter(pk=draw.pk, status=S.FROZEN, seed__gt="")
    if not ready.update(status=S.DRAWN, drawn_at=timezone.now(), drawn_by=by):
        if Draw.objects.filter(pk=draw.pk, status=S.FROZEN).exists():
            raise Refused("种子还没有两人一致地录入。")
        raise StaleState


def _picks(draw: Draw, rankings: Sequence[algorithm.Ranking]) -> list[Pick]:
    field = "region_id" if draw.stage == Draw.Stage.COUNTIES else "organization_id"
    return [
        Pick(draw=draw, group_id=one.group.id, rank=number, status=status, **{field: unit.id})
        for one in rankings
        for number, (unit, status) in enumerate(
            [(unit, Pick.Status.DRAWN) for unit in one.drawn]
            + [(unit, Pick.Status.RESERVE) for unit in one.reserves],
            start=1,
        )
    ]


@transaction.atomic
def void(draw: Draw, *, by: User, reason: str) -> None:
    """Void a run, with a reason; it is kept, and a new one gets the next number."""
    hold(draw.plan)
    changes = {"voided_at": timezone.now(), "voided_by": by, "void_reason": reason}
    standing = Draw.objects.filter(pk=draw.pk, status__in=[S.FROZEN, S.DRAWN])
    if not standing.update(status=S.VOID, **changes):
        raise StaleState
    if draw.stage == Draw.Stage.COUNTIES and _standing(draw.plan, "enterprises").exists():
        raise Refused("企业名单已按这次结果冻结或抽取，请先作废企业抽取。")
    for pick in draw.picks.filter(visit__isnull=False).select_related("visit"):
        end_visit(pick, by, f"抽取作废：{reason}")
    note("draw.void", draw, by, reason=reason)
    draw.refresh_from_db()


def end_visit(pick: Pick, by: User, reason: str) -> None:
    """Cancel the visit of a pick; papers that were handed in stand in the way."""
    visits = Visit.objects.unscoped(reason="the visit of a pick one may replace").filter(pick=pick)
    for visit in visits.exclude(status=Visit.Status.CANCELLED):
        if not visit.is_editable:
            raise Refused(f"{visit}的督导材料已提交，不能替换或作废。")
        cancel_visit(visit, by=by, reason=reason)


def hold(plan: Plan) -> None:
    """Let one action at a time work on the draws of a plan."""
    published = Plan.objects.filter(pk=plan.pk, status=Plan.Status.PUBLISHED)
    if not published.update(status=Plan.Status.PUBLISHED):
        raise Refused("方案发布以后、结束以前才能抽取。")


def _standing(plan: Plan, stage: str):
    return plan.draws.filter(stage=stage).exclude(status=S.VOID)


def _drawn(plan: Plan, stage: str):
    return plan.draws.filter(stage=stage, status=S.DRAWN)


def _new_code() -> str:
    letters = [secrets.choice(CODE_ALPHABET) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def note(action: str, draw: Draw, by: User, *, reason: str = "", after: dict | None = None) -> None:
    """Keep the event in the audit chain of the plan."""
    record(action, draw, by=by, stream=draw.plan.stream, after=after, reason=reason)
