"""What a unit's rules propose for a hazard, and why some are not rewarded: no clock, no query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.timezone import localtime

from hazards.models import Hazard
from orgs.roles import Role
from rewards.models import Rule

S = Hazard.Status
ARTICLE = "《山东省安全生产举报管理办法》第十六条"
ON_DUTY = frozenset({Role.SAFETY_OFFICER, Role.REGULATOR})
UNNAMED = "发现人没有留名，无法奖励；扫码匿名上报的，可以凭回执补留姓名。"
OFFICER = "发现人负有安全管理职责，按本单位规定不予奖励。"
ROUND = "排查任务中发现的，按本单位规定不予奖励。"
AGAIN = "重复上报或不予登记的，不奖励。"


@dataclass(frozen=True)
class Proposal:
    """The rule that applies, if any, and why nothing is paid, if so."""

    rule: Rule | None
    refusal: str = ""

    @property
    def amount(self) -> Decimal | None:
        """What the rule pays; None where there is no rule, or nothing to pay."""
        return self.rule.amount if self.rule and not self.refusal else None


def rule_on(rules: Iterable[Rule], grade: str, day: date) -> Rule | None:
    """The rule for a grade in force on a day: of several, the one that began last."""
    found = [
        rule
        for rule in rules
        if rule.grade == grade
        and rule.valid_from <= day
        and (rule.ended_on is None or day <= rule.ended_on)
    ]
    return max(found, key=lambda rule: (rule.valid_from, rule.pk), default=None)


def propose(hazard: Hazard, rules: Iterable[Rule]) -> Proposal:
    """By the rule of the day on which the hazard was reported."""
    rule = rule_on(rules, hazard.grade, localtime(hazard.reported_at).date())
    return Proposal(rule, _why_not(hazard, rule))


def name_of(hazard: Hazard) -> str:
    """Who is rewarded: the account that reported, or the name left with the report."""
    return str(hazard.reported_by) if hazard.reported_by else hazard.reporter_name


def _why_not(hazard: Hazard, rule: Rule | None) -> str:
    if hazard.duplicate_of_id or hazard.status == S.DISMISSED:
        return AGAIN
    if not name_of(hazard):
        return UNNAMED
    if rule and rule.excludes_officers and _is_on_duty(hazard):
        return f"{OFFICER}（{ARTICLE}）"
    if rule and rule.excludes_patrols and hazard.source == Hazard.Source.PATROL:
        return ROUND
    return ""


def _is_on_duty(hazard: Hazard) -> bool:
    """负有特定责任和义务的人: a safety officer, a regulator, or an inspector on a visit."""
    by = hazard.reported_by
    return hazard.source == Hazard.Source.FINDING or bool(by and by.role in ON_DUTY)
