"""What people do with patrols: record one, take one back; say how often and who."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from hazards import actions as hazards
from hazards import evidence
from hazards.models import Hazard, Place
from orgs.models import Organization, User
from patrols import missed
from patrols.models import Duty, Found, Patrol, Policy
from patrols.sources import LABELS, demand, is_enough

ONE_DAY = timedelta(days=1)
AT_ONCE = timedelta(minutes=2)
LONGEST_KEPT = timedelta(days=7)
USED = "这次排查的编号已经用过，请重新打开这一页。"
CLOSED = "“{}”已停用，不用排查。"
TOO_LATE = "这次排查记于 {:%Y-%m-%d}，过了 7 天才送到，不能补记；请再去查一次。"
TOO_RARE = "{}：{}。不能少于{}。"
PAST = "新的规定从今天或以后算起，已经过去的日子不会变成漏查。"


@dataclass(frozen=True)
class Finding:
    """One hazard as the person on patrol says it."""

    kind: str
    text: str
    where: str = ""
    photos: Sequence[UploadedFile] = field(default_factory=tuple)


@transaction.atomic
def keep(
    place: Place,
    *,
    by: User,
    patrol_id: UUID,
    findings: Sequence[Finding] = (),
    done_at: datetime | None = None,
) -> Patrol:
    """Keep a patrol, exactly once per ``patrol_id``; each finding becomes a hazard.

    The patrol and all its hazards with their photos are kept together, or nothing is. The same id
    again returns the patrol it made; for another place or person it is refused. It counts for
    the day of ``done_at``, the time a phone without a network kept with it, at most a week ago,
    and says when it arrived; otherwise it is of now.
    """
    patrol, is_new = _once(place, by, patrol_id, len(findings), **_times(done_at))
    if not is_new:
        if (patrol.place_id, patrol.by_id) != (place.pk, by.pk):
            raise Refused(USED)
        return patrol
    if place.closed_at and place.closed_at <= patrol.done_at:
        raise Refused(CLOSED.format(place))
    if patrol.sent_at and patrol.sent_at - patrol.done_at > LONGEST_KEPT:
        raise Refused(TOO_LATE.format(patrol.done_on))
    for number, finding in enumerate(findings):
        _report(patrol, finding, number)
    told = {"name": place.name, "on": patrol.done_on, "found": patrol.found}
    missed.made_up(patrol)
    record("patrol.record", patrol, by=by, stream=patrol.stream, after=told)
    return patrol


@transaction.atomic
def cancel(patrol: Patrol, *, by: User, reason: str) -> None:
    """Take a patrol back, with a reason; the hazards it found stay, they have their own way out."""
    if not reason.strip():
        raise Refused("请写明作废的理由。")
    missed.look_again(patrol)
    now = timezone.now()
    seen = Patrol.objects.filter(pk=patrol.pk, cancelled_at=None)
    if not seen.update(cancelled_at=now, cancelled_by=by, reason=reason.strip()):
        raise StaleState
    record("patrol.cancel", patrol, by=by, stream=patrol.stream, reason=reason.strip())
    patrol.refresh_from_db()


@transaction.atomic
def set_policy(
    unit: Organization,
    *,
    by: User,
    level: str,
    every: str,
    rest_days: bool = False,
    starts_on: date | None = None,
    seen: Policy | None = None,
) -> Policy:
    """How often a level is patrolled from a day on; ``seen`` is the policy it follows.

    At least as often as the sources ask. Raises StaleState where somebody else said it first.
    """
    today = timezone.localdate()
    starts_on = starts_on or today
    asked = demand(unit, level)
    if not is_enough(every, asked):
        raise Refused(TOO_RARE.format(asked.article, asked.wording, LABELS[asked.every]))
    if starts_on < today:
        raise Refused(PAST)
    if seen:
        _end(seen, by, on=starts_on - ONE_DAY, reason="改为新的规定")
    made = _follow(
        unit=unit, level=level, every=every, rest_days=rest_days, starts_on=starts_on, set_by=by
    )
    record("patrol.policy", made, by=by, stream=made.stream, after=_told(made))
    return made


@transaction.atomic
def stop_policy(policy: Policy, *, by: User, reason: str) -> None:
    """From tomorrow on nothing is due by this policy; the reason is kept."""
    if not reason.strip():
        raise Refused("请写明停止的理由。")
    _end(policy, by, on=timezone.localdate(), reason=reason.strip())
    record("patrol.policy_stop", policy, by=by, stream=policy.stream, reason=reason.strip())


@transaction.atomic
def assign(place: Place, *, by: User, person: User | None) -> Duty | None:
    """Whose duty a place is from now on; None where it is nobody's in particular."""
    standing = Duty.objects.standing().filter(place=place)
    before = standing.select_related("person").first()
    if before and person and before.person_id == person.pk:
        return before
    if person and person.organization_id != place.unit_id:
        raise Refused("排查人须是本单位的人员。")
    standing.update(ended_at=timezone.now(), ended_by=by)
    made = _give(place, by, person) if person else None
    told = {"before": {"user": before and str(before.person)}, "after": {"user": str(person or "")}}
    record("patrol.duty", place, by=by, stream=f"patrols-{place.unit_id}", **told)
    return made


def _times(done_at: datetime | None) -> dict[str, Any]:
    """A phone's time, where it is past: what goes out at once is of our own clock."""
    now = timezone.now()
    if done_at is None or now - done_at < AT_ONCE:
        return {}
    return {"done_at": done_at, "done_on": timezone.localdate(done_at), "sent_at": now}


def _once(place: Place, by: User, patrol_id: UUID, found: int, **times: Any) -> tuple[Patrol, bool]:
    """The patrol of this id, and whether it was made just now; the database keeps it single."""
    fields = {"place": place, "unit_id": place.unit_id, "by": by, "found": found} | times
    return Patrol.objects.get_or_create(patrol_id=patrol_id, defaults=fields)


def _report(patrol: Patrol, finding: Finding, number: int) -> Hazard:
    """One finding as a hazard of the unit, with ids that follow from the patrol's."""
    hazard = hazards.report(
        patrol.unit,
        by=patrol.by,
        report_id=_id_of(patrol, f"{number}"),
        place=patrol.place,
        where=finding.where.strip() or str(patrol.place),
        text=finding.text,
        kind=finding.kind,
        source=Hazard.Source.PATROL,
    )
    for n, photo in enumerate(finding.photos):
        id = _id_of(patrol, f"{number}-{n}")
        evidence.add(hazard, photo, slot=evidence.BEFORE, upload_id=id, by=patrol.by)
    Found.objects.create(patrol=patrol, hazard=hazard)
    return hazard


def _id_of(patrol: Patrol, part: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"patrol-{patrol.patrol_id}-{part}")


def _end(policy: Policy, by: User, *, on: date, reason: str) -> None:
    rows = Policy.objects.filter(pk=policy.pk, ends_on=None)
    if not rows.update(ends_on=on, ended_by=by, ended_at=timezone.now(), reason=reason):
        raise StaleState


def _follow(**fields: Any) -> Policy:
    """The policy that stands now, unless somebody else said one at the same moment."""
    try:
        with transaction.atomic():
            return Policy.objects.create(**fields)
    except IntegrityError as error:
        raise StaleState from error


def _give(place: Place, by: User, person: User) -> Duty:
    try:
        with transaction.atomic():
            return Duty.objects.create(
                unit_id=place.unit_id, place=place, person=person, given_by=by
            )
    except IntegrityError as error:
        raise StaleState from error


def _told(policy: Policy) -> Mapping[str, Any]:
    return {
        "level": policy.get_level_display(),
        "every": policy.get_every_display(),
        "rest_days": policy.rest_days,
        "starts_on": policy.starts_on,
    }
