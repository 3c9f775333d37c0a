"""The life of a plan: draft, published, closed or cancelled."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from orgs.models import Organization, User
from plans.cancelling import cancel_visit
from plans.completeness import gaps
from plans.drafts import PHASE, Seen
from plans.models import Phase, Plan, PlanRubric, Visit
from plans.source import ordinal
from plans.sources import source_of
from plans.targets import targets_of
from rubrics.models import Rubric, Version

S = Plan.Status
ENDED = {Visit.Status.CONFIRMED, Visit.Status.ARCHIVED, Visit.Status.CANCELLED}


@transaction.atomic
def create(
    issuer: Organization,
    *,
    by: User,
    year: int,
    round_number: int,
    starts_on: date,
    visits_end_on: date,
    template: str = "",
) -> Plan:
    """A draft, empty or with an issued plan's wording, phases and rule; one a round and year."""
    source, texts = source_of(template), {}
    if template:
        texts = source.wording(year, round_number, starts_on, visits_end_on)
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                issuer=issuer,
                created_by=by,
                template=source.key if template else "",
                title=source.title(year, round_number),
                year=year,
                round_number=round_number,
                starts_on=starts_on,
                visits_end_on=visits_end_on,
                **texts,
            )
    except IntegrityError as error:
        raise Refused(_taken(year, round_number)) from error
    _add_phases(plan)
    for version in _latest_versions(plan, by):
        PlanRubric.objects.create(plan=plan, target=version.rubric.target, version=version)
    record("plan.create", plan, by=by, stream=plan.stream, after={"template": template})
    return plan


def _taken(year: int, round_number: int) -> str:
    return f"本单位{year}年{ordinal(round_number)}督导已有方案。请改年度或次数，或打开已有的方案。"


def _add_phases(plan: Plan) -> None:
    """The phases of the template; without one, a single 督导."""
    stretches = source_of(plan.template).phases(plan.starts_on, plan.visits_end_on)
    for order, one in enumerate(stretches, 1):
        Phase.objects.create(plan=plan, order=order, **asdict(one))


def _latest_versions(plan: Plan, by: User) -> Iterable[Version]:
    """The newest table for each kind of target of the plan, one's own before all others."""
    targets = [target for target, _ in targets_of(plan)]
    usable = Version.objects.visible_to(by).usable_by(by.scope).select_related("rubric")
    usable = usable.filter(rubric__target__in=targets).order_by("published_at", "pk")
    own = [v for v in usable if v.rubric.organization_id == by.organization_id]
    return {v.rubric.target: v for v in [*usable, *own]}.values()


@transaction.atomic
def save_draft(plan: Plan, *, by: User, seen: Seen | None = None, **changes: Any) -> None:
    """Store what one step says; only a draft can be changed.

    ``seen`` is what the page showed: raises StepChangedError if the step says otherwise by now.
    None takes the place of whatever stands.
    """
    before = _draft_values(plan, seen, *changes)
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed:
        return
    try:
        with transaction.atomic():
            Plan.objects.filter(pk=plan.pk).update(**changed)
    except IntegrityError as error:
        raise Refused(_taken(changes["year"], changes["round_number"])) from error
    old = {name: before[name] for name in changed}
    record("plan.edit", plan, by=by, stream=plan.stream, before=old, after=changed)
    plan.refresh_from_db()


def _draft_values(plan: Plan, seen: Seen | None, *names: str) -> dict[str, Any]:
    """The stored values, with the draft held until the end of the transaction."""
    draft = Plan.objects.select_for_update().filter(pk=plan.pk, status=S.DRAFT)
    values = draft.values("pk", *names).first()
    if values is None:
        raise StaleState
    if seen:
        seen.check(plan)
    return values


@transaction.atomic
def save_rubrics(
    plan: Plan, *, by: User, versions: Mapping[str, Version | None], seen: Seen | None = None
) -> None:
    """Which published version scores which kind of target."""
    _draft_values(plan, seen)
    before = {one.get_target_display(): str(one.version) for one in plan.rubrics.all()}
    for target, version in versions.items():
        _check_version(target, version)
        if version is None:
            plan.rubrics.filter(target=target).delete()
        else:
            plan.rubrics.update_or_create(target=target, defaults={"version": version})
    chosen = {target: str(version) for target, version in versions.items() if version}
    after = {Rubric.Target(target).label: words for target, words in chosen.items()}
    if before != after:
        record("plan.rubrics", plan, by=by, stream=plan.stream, before=before, after=after)


def _check_version(target: str, version: Version | None) -> None:
    if version is None:
        return
    if version.status != Version.Status.PUBLISHED or version.rubric.target != target:
        label = Rubric.Target(target).label
        raise Refused(f"《{version.title}》不是已发布的“{label}”评分表，请另选。")


@transaction.atomic
def save_phases(
    plan: Plan, *, by: User, phases: Iterable[Mapping[str, Any]], seen: Seen | None = None
) -> None:
    """The stretches of the plan, in the order of their dates."""
    _draft_values(plan, seen)
    before = list(plan.phases.values(*PHASE))
    after = sorted(
        ({name: row[name] for name in PHASE} for row in phases),
        key=lambda row: (row["ends_on"], row["starts_on"]),  # 督促指导 begins before 自查自纠
    )
    if before == after:
        return
    plan.phases.all().delete()
    for order, row in enumerate(after, 1):
        Phase.objects.create(plan=plan, order=order, **row)
    changes = {"before": {"phases": before}, "after": {"phases": after}}
    record("plan.phases", plan, by=by, stream=plan.stream, **changes)


@transaction.atomic
def publish(plan: Plan, *, by: User) -> None:
    """Make the plan valid; from here on its texts, rule, rubrics and phases stay as they are."""
    stamps = {"published_at": timezone.now(), "published_by": by}
    _move(plan, {S.DRAFT}, S.PUBLISHED, **stamps)
    if missing := gaps(plan):
        raise Refused("方案还不能发布：" + "；".join(gap.text for gap in missing) + "。")
    record("plan.publish", plan, by=by, stream=plan.stream, after={"status": S.PUBLISHED})


@transaction.atomic
def close(plan: Plan, *, by: User) -> None:
    """End the round, once every visit is confirmed or cancelled; 自查 keep nobody waiting."""
    _move(plan, {S.PUBLISHED}, S.CLOSED)
    if waiting := plan.visits.by_teams().exclude(status__in=ENDED).count():
        raise Refused(f"还有 {waiting} 次督导没有确认，处理完才能结束本轮。")
    record("plan.close", plan, by=by, stream=plan.stream, after={"status": S.CLOSED})


@transaction.atomic
def cancel(plan: Plan, *, by: User, reason: str) -> None:
    """Give the plan up, with a reason; refused once papers of a visit exist."""
    _move(plan, {S.DRAFT, S.PUBLISHED}, S.CANCELLED, cancelled_reason=reason)
    if not reason.strip():
        raise Refused("请写明取消方案的理由。")
    started = plan.visits.exclude(status__in=[Visit.Status.PLANNED, Visit.Status.CANCELLED])
    if started.exists():
        raise Refused("已有督导开始填写，方案不能取消；不再进行的督导请逐次取消。")
    _cancel_visits(plan, by, reason)
    record(
        "plan.cancel", plan, by=by, stream=plan.stream, after={"status": S.CANCELLED}, reason=reason
    )


def _cancel_visits(plan: Plan, by: User, reason: str) -> None:
    for visit in plan.visits.filter(status=Visit.Status.PLANNED).select_related("target"):
        cancel_visit(visit, by=by, reason=reason)


def _move(plan: Plan, sources: set[str], target: str, **changes: Any) -> None:
    """Compare-and-set of the status, first statement of its transaction."""
    rows = Plan.objects.filter(pk=plan.pk, status__in=sources)
    if not rows.update(status=target, **changes):
        raise StaleState
    plan.refresh_from_db()
