"""What people do about rewards beside granting: rule, pay, and leave a name afterwards."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.record import record
from chabaocu.errors import Refused, StaleState
from hazards.models import Hazard
from orgs.models import Organization, User
from rewards.models import Reward, Rule

ONE_DAY = timedelta(days=1)
SAME_DAY = "从这一天起已经有这一级别的规定，请先停止它。"
PAST = "规定从今天或以后算起；以前报的隐患按以前的规定。"


@transaction.atomic
def set_rule(
    unit: Organization,
    *,
    by: User,
    grade: str,
    amount: Decimal,
    excludes_officers: bool = False,
    excludes_patrols: bool = False,
    valid_from: date | None = None,
) -> Rule:
    """What the unit pays for hazards of a grade reported from a day on; earlier ones stay."""
    today = timezone.localdate()
    valid_from = valid_from or today
    if valid_from < today:
        raise Refused(PAST)
    fields = {"excludes_officers": excludes_officers, "excludes_patrols": excludes_patrols}
    fields |= {"grade": grade, "amount": amount, "valid_from": valid_from}
    try:
        with transaction.atomic():
            rule = Rule.objects.create(unit=unit, set_by=by, **fields)
    except IntegrityError as error:
        raise Refused(SAME_DAY) from error
    record("reward.rule", rule, by=by, stream=rule.stream, after=fields)
    return rule


@transaction.atomic
def end_rule(rule: Rule, *, by: User, reason: str) -> None:
    """For hazards reported from tomorrow on it counts no longer; one still to come never does."""
    if not reason.strip():
        raise Refused("请写明停止的理由。")
    last = max(timezone.localdate(), rule.valid_from - ONE_DAY)
    seen = Rule.objects.filter(pk=rule.pk, ended_on=None)
    if not seen.update(ended_on=last, ended_by=by, reason=reason.strip()):
        raise StaleState
    record("reward.rule_end", rule, by=by, stream=rule.stream, reason=reason.strip())


@transaction.atomic
def pay(reward: Reward, *, by: User, receipt: str) -> None:
    """It was handed over: once, with what proves it, and not to oneself."""
    if not receipt.strip():
        raise Refused("请写明领取凭据，如签收单编号、转账流水号。")
    if reward.recipient_id == by.pk:
        raise Refused("不能给自己发放，请由其他人办理。")
    now = timezone.now()
    seen = Reward.objects.filter(pk=reward.pk, paid_at=None)
    if not seen.update(paid_at=now, paid_by=by, receipt=receipt.strip()):
        raise StaleState
    told = {"amount": reward.amount, "receipt": receipt.strip()}
    record("reward.pay", reward, by=by, stream=reward.stream, after=told)
    reward.refresh_from_db()


@transaction.atomic
def claim(hazard: Hazard, *, name: str) -> None:
    """Who reported without a name leaves it, so that a reward can be paid; once, then it stands.

    The record tells of the hazard, never of the person.
    """
    if not name.strip():
        raise Refused("请写姓名。")
    nameless = Hazard.objects.filter(pk=hazard.pk, reported_by=None, reporter_name="")
    nameless = nameless.exclude(status=Hazard.Status.DISMISSED)
    if not nameless.update(reporter_name=name.strip()):
        raise StaleState
    record("reward.claim", hazard, by=None, stream=hazard.stream)
    hazard.refresh_from_db()
